import { describe, expect, it } from 'vitest';
import { schemeRefusals } from '../../../src/cli/scheme-refusals.ts';
import { presetScheme } from '../../../src/shared/domain/scheme-presets.ts';
import { SERVICE_REFUSALS } from '../../../src/shared/domain/service-refusal.ts';
import { serviceRefusalText, SERVICE_REFUSAL_TEXTS } from '../../../src/shared/service-refusal-texts.ts';

describe('why a verifier does not serve', () => {
  it.each(['zh-CN', 'en'] as const)('has a sentence in %s for each code and none besides', (language) => {
    expect(Object.keys(SERVICE_REFUSAL_TEXTS[language]).toSorted()).toEqual([...SERVICE_REFUSALS].toSorted());
  });

  it('names what it is about, in both languages', () => {
    const why = { code: 'not-collected', check: 'phone', material: 'identity' } as const;
    expect(serviceRefusalText(why, 'en')).toBe('phone needs identity, which is not collected');
    expect(serviceRefusalText(why, 'zh-CN')).toBe('phone 需要 identity，而此方案不采集');
  });

  it('is told of a scheme by kind of verifier, with nothing left blank', () => {
    const refusals = schemeRefusals(presetScheme('RPManual')!);
    const uni = refusals.find(({ verifier }) => verifier === 'uni');
    expect(uni?.code).toBe('visitors-app-only');
    expect(uni?.text['zh-CN']).toMatch(/手机上的应用/);
    const texts = refusals.flatMap(({ text }) => Object.values(text));
    expect(texts.filter((text) => /[{}]/.test(text))).toEqual([]);
  });

  it('refuses nothing where nobody is asked', () => {
    expect(schemeRefusals({ ...presetScheme('RPManual')!, check: null })).toEqual([]);
  });
});
