import { describe, expect, it } from 'vitest';
import { allowsMode, digitLivenessOffer, type DigitLivenessParts } from '../../../src/shared/domain/digit-liveness.ts';
import { LIVENESS_MODE_IDS } from '../../../src/shared/domain/liveness-mode.ts';
import { failure } from '../../../src/shared/reasons.ts';

const why = failure('speech.unavailable', 'no model folder');
const parts = (change: Partial<DigitLivenessParts> = {}): DigitLivenessParts => ({
  recogniser: { state: 'ready', languages: ['zh-CN'] },
  verifierRecognisesSpeech: false,
  voiceDetector: true,
  language: 'zh-CN',
  ...change,
});

describe('what reading digits can be used for', () => {
  it.each([
    ['a recogniser of that language', {}, { use: 'alone', limit: null, why: null }],
    [
      'a verifier that recognises',
      { verifierRecognisesSpeech: true, recogniser: { state: 'off', why } },
      { use: 'alone', limit: null, why: null },
    ],
    ['no recogniser', { recogniser: { state: 'off', why } }, { use: 'additional', limit: 'no-recogniser', why }],
    [
      'a recogniser that starts',
      { recogniser: { state: 'starting' } },
      { use: 'additional', limit: 'recogniser-starting', why: null },
    ],
    ['a recogniser of another language', { language: 'en' }, { use: 'additional', limit: 'other-language', why: null }],
    [
      'no voice detector, whoever recognises',
      { voiceDetector: false, verifierRecognisesSpeech: true },
      { use: 'unavailable', limit: 'no-voice-detector', why: null },
    ],
  ] as const)('with %s', (_, change, offer) => {
    expect(digitLivenessOffer(parts(change))).toEqual(offer);
  });
});

describe('the modes of a scene', () => {
  const withDigits = (use: 'alone' | 'additional' | 'unavailable') =>
    LIVENESS_MODE_IDS.filter((mode) => mode.includes('digits') && allowsMode({ use, limit: null, why: null }, mode));

  it('may be digits alone only where somebody recognises them', () => {
    expect(withDigits('alone')).toEqual(['light-digits', 'digits']);
    expect(withDigits('additional')).toEqual(['light-digits']);
    expect(withDigits('unavailable')).toEqual([]);
  });

  it('are free where they have no digits', () => {
    const others = LIVENESS_MODE_IDS.filter((mode) => !mode.includes('digits'));
    expect(others.length).toBeGreaterThan(3);
    for (const mode of others) expect(allowsMode({ use: 'unavailable', limit: null, why: null }, mode)).toBe(true);
  });
});
