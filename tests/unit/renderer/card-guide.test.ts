import { describe, expect, it } from 'vitest';
import { translator } from '../../../src/renderer/i18n/translation.ts';
import { cardGuide, cardInstruction } from '../../../src/renderer/kiosk/card-guide.ts';
import { fixtureView } from '../../../src/renderer/kiosk/gallery/fixtures.ts';
import { REASON_FIXTURES } from '../../../src/renderer/kiosk/gallery/reason-fixtures.ts';
import { spokenText } from '../../../src/renderer/kiosk/speech/spoken-text.ts';
import { stepsDone } from '../../../src/renderer/kiosk/steps-done.ts';
import { reasonText } from '../../../src/shared/reason-texts.ts';
import { REASON_CODES } from '../../../src/shared/reasons.ts';

const LANGUAGES = ['zh-CN', 'en'] as const;
const GUIDES = ['lay', 'again', 'one', 'stay', 'reading'] as const;

describe('the guidance to lay a card', () => {
  it('follows from what went wrong, and ends once a card is found', () => {
    const after = (problem: Parameters<typeof cardGuide>[0]['problem']) => cardGuide({ phase: 'searching', problem });
    expect([
      after(null),
      after('card.left-on-reader'),
      after('card.pulled'),
      after('card.select-failed'),
      after('card.read-failed'),
      after('card.malformed'),
      cardGuide({ phase: 'found', problem: null }),
      cardGuide({ phase: 'reading', problem: 'card.pulled' }),
    ]).toEqual(['lay', 'again', 'stay', 'one', 'again', 'again', 'reading', 'reading']);
  });

  it('is one short instruction, different for every drawing', () => {
    for (const language of LANGUAGES) {
      const said = GUIDES.map((guide) => cardInstruction(guide, translator(language)));
      expect(new Set(said).size).toBe(GUIDES.length);
      expect(said.filter((text) => [...text].length > (language === 'en' ? 40 : 12))).toEqual([]);
    }
  });

  it('is said aloud after what went wrong', () => {
    const view = fixtureView('card:card.pulled', { language: 'en', elder: false, demo: false });
    expect(spokenText(view, null, translator('en')).now).toBe(
      'The card was lifted too early. Lay it down again and leave it there.',
    );
  });
});

describe('the reasons of cards, readers and decoders', () => {
  it('each have their screens in the gallery', () => {
    const parts = REASON_CODES.filter((code) => /^(card|reader|decoder)\./.test(code));
    expect(parts.filter((code) => !REASON_FIXTURES.includes(`result:${code}`))).toEqual([]);
    expect(parts.filter((code) => code.startsWith('reader.')).length).toBe(
      REASON_FIXTURES.filter((name) => name.startsWith('maintenance:')).length,
    );
  });

  it('use no technical word to a person', () => {
    const jargon =
      /port|baud|driver|frame|module|service|program|decod|library|status|USB|端口|波特|驱动|数据|模块|服务|程序|解码|状态|芯片数据/i;
    const told = REASON_CODES.filter((code) => /^(card|reader|decoder)\./.test(code)).flatMap((code) =>
      LANGUAGES.map((language) => reasonText(code, language, 'person')),
    );
    expect(told.length).toBeGreaterThan(60);
    expect(told.filter((text) => jargon.test(text))).toEqual([]);
  });

  it('leave the card as the step that a person is at', () => {
    const step = (name: (typeof REASON_FIXTURES)[number]): number | null =>
      stepsDone(fixtureView(name, { language: 'en', elder: false, demo: false }));
    expect([
      step('result:card.read-failed'),
      step('result:reader.missing'),
      step('result:document.photo-not-decoded'),
      step('maintenance:reader.missing'),
    ]).toEqual([0, 0, 2, null]);
  });
});
