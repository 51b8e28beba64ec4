import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { ACTIONS, PROGRESS_HINTS } from '../../../../src/shared/domain/challenge.ts';
import { QUALITY_REASONS } from '../../../../src/shared/domain/face-quality.ts';
import { VERIFIER_IDS } from '../../../../src/shared/domain/verification.ts';
import { PHONE_SCRIPT } from '../../../../src/verifier/pages/phone-script.ts';
import { PHONE_STYLE } from '../../../../src/verifier/pages/phone-style.ts';
import { answererNames, phoneNotice, phoneNoticeText } from '../../../../src/verifier/pages/phone-texts.ts';
import { phoneWords } from '../../../../src/verifier/pages/phone-words.ts';

/** Only said when a voice is listened to, or covered by another hint. */
const UNSAID = new Set(['louder', 'low-resolution']);
/** Their place is taken by the vendor's own page, by the kiosk itself or by this verifier. */
const NOBODY_BEHIND = new Set(['local', 'countersign']);

describe.each(['zh-CN', 'en'] as const)('the page on a phone in %s', (language) => {
  it('has a word for everything that the verifier may say', () => {
    const { hints, actions, ends } = phoneWords(language);
    const said = [...QUALITY_REASONS, ...PROGRESS_HINTS].filter((hint) => !UNSAID.has(hint));
    expect(said.filter((hint) => (hints[hint] ?? '') === '')).toEqual([]);
    expect(ACTIONS.filter((action) => (actions[action] ?? '') === '')).toEqual([]);
    for (const { title, text } of Object.values(ends)) expect(title.length * text.length).toBeGreaterThan(0);
  });

  it('names whom a picture goes to, and says what has to be said', () => {
    for (const verifier of VERIFIER_IDS.filter((id) => !NOBODY_BEHIND.has(id))) {
      const name = answererNames([verifier])[language];
      expect(name).not.toBe(verifier);
      expect(phoneNoticeText(language, name)).toContain(name);
    }
    const { lines } = phoneNotice(language, 'X');
    expect(lines).toHaveLength(5);
    for (const line of lines) expect(line).toMatch(/^[^:：]{2,20}[:：]/);
  });
});

describe('its files', () => {
  it('are a script that parses and makes no markup, and a style that loads nothing', () => {
    expect(() => new Script(PHONE_SCRIPT)).not.toThrow();
    expect(PHONE_SCRIPT).not.toMatch(/innerHTML|outerHTML|document\.write|eval\(|localStorage|sessionStorage/);
    expect(PHONE_STYLE).not.toMatch(/@import|url\(/);
    expect(PHONE_SCRIPT.length + PHONE_STYLE.length).toBeLessThan(16_000);
  });
});
