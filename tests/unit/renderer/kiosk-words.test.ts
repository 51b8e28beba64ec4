import { describe, expect, it } from 'vitest';
import { kioskEn } from '../../../src/renderer/i18n/kiosk-words-en.ts';
import { kioskZhCn } from '../../../src/renderer/i18n/kiosk-words-zh-cn.ts';
import { translator } from '../../../src/renderer/i18n/translation.ts';
import { ACTIONS, PROGRESS_HINTS } from '../../../src/shared/domain/challenge.ts';
import { POSITION_HINTS } from '../../../src/shared/ipc/kiosk-guidance.ts';
import { nextStepText, reasonText, type Audience, type Language } from '../../../src/shared/reason-texts.ts';
import { NEXT_STEPS, REASON_CODES } from '../../../src/shared/reasons.ts';

describe('the words of the kiosk', () => {
  it('has a short hint for every position', () => {
    expect(Object.keys(kioskZhCn.hints).sort()).toEqual([...POSITION_HINTS].sort());
    expect(Object.values(kioskZhCn.hints).filter((hint) => [...hint].length > 12)).toEqual([]);
    expect(Object.values(kioskEn.hints).filter((hint) => hint.length > 24)).toEqual([]);
  });

  it('has a short prompt for every action and a short remark for everything that stops the counting', () => {
    const { actions, hints } = kioskZhCn.challenge;
    expect([Object.keys(actions).sort(), Object.keys(hints).sort()]).toEqual([
      [...ACTIONS].sort(),
      [...PROGRESS_HINTS].sort(),
    ]);
    const zh = [...Object.values(actions), ...Object.values(hints)];
    const en = [...Object.values(kioskEn.challenge.actions), ...Object.values(kioskEn.challenge.hints)];
    expect(zh.filter((prompt) => [...prompt].length > 12)).toEqual([]);
    expect(en.filter((prompt) => prompt.length > 24)).toEqual([]);
  });

  it('fills in numbers and names', () => {
    expect(translator('zh-CN')('idle.lead', { count: 9 })).toBe('9 秒后将清除本次信息，返回首页。');
    expect(translator('en')('idle.lead', { count: 1 })).toContain('In 1 second ');
    expect(translator('en')('position.greeting', { name: 'A*** <B>' })).toBe('A*** <B>, look here');
  });
});

describe('the texts of reasons', () => {
  const languages: readonly Language[] = ['zh-CN', 'en'];
  const audiences: readonly Audience[] = ['person', 'clerk'];

  it('says every reason to everybody', () => {
    const empty = REASON_CODES.filter((code) =>
      languages.some((language) => audiences.some((audience) => reasonText(code, language, audience) === '')),
    );
    expect(empty).toEqual([]);
  });

  it('keeps what a person reads to one line of Chinese', () => {
    expect(REASON_CODES.filter((code) => [...reasonText(code, 'zh-CN', 'person')].length > 34)).toEqual([]);
    expect(NEXT_STEPS.filter((step) => [...nextStepText(step, 'zh-CN', 'person')].length > 34)).toEqual([]);
  });

  it('tells a person what to do next, except where nothing is to be done', () => {
    expect(NEXT_STEPS.filter((step) => nextStepText(step, 'zh-CN', 'person') === '')).toEqual(['none']);
    expect(NEXT_STEPS.filter((step) => nextStepText(step, 'en', 'person') === '')).toEqual(['none']);
  });
});
