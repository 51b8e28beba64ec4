import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { issueDigitsChallenge, mayFollow } from '../../../src/main/liveness/digits-challenge.ts';
import { editDistance, requireRecognition, withRecognition } from '../../../src/main/liveness/digits-recognition.ts';
import { digitsChallengeSchema } from '../../../src/shared/domain/challenge.ts';
import type { FramedEvidence } from '../../../src/shared/domain/liveness.ts';
import { seededBytes } from './synthetic-light.ts';

const passed: FramedEvidence = { state: 'measured', kind: 'digits', refuted: [], missing: [], measures: { digits: 4 } };

const allCodes = Array.from({ length: 10_000 }, (_, i) => String(i).padStart(4, '0'));
const possible = allCodes.filter((code) =>
  [...code].every((digit, i) => i === 0 || mayFollow(Number(code[i - 1]), Number(digit))),
);

describe('issuing digits', () => {
  it('draws valid challenges without digits that are easily confused next to each other', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 4, max: 8 }), (seed, count) => {
        const challenge = issueDigitsChallenge({ randomBytes: seededBytes(seed), language: 'zh-CN', count });
        expect(digitsChallengeSchema.safeParse(challenge).success).toBe(true);
        const digits = [...challenge.digits].map(Number);
        expect(digits.length).toBe(count);
        for (let i = 1; i < count; i++) {
          expect([digits[i - 1], 'before', digits[i], mayFollow(digits[i - 1]!, digits[i]!)]).toContain(true);
          const step = challenge.revealMs[i]! - challenge.revealMs[i - 1]!;
          expect(step).toBeGreaterThanOrEqual(700);
          expect(step).toBeLessThanOrEqual(1_300);
        }
        expect(challenge.revealMs[0]).toBeGreaterThanOrEqual(500);
      }),
    );
  });

  it('uses every first digit and the whole range of steps', () => {
    const drawn = Array.from({ length: 400 }, (_, i) =>
      issueDigitsChallenge({ randomBytes: seededBytes(i), language: 'en' }),
    );
    expect(new Set(drawn.map(({ digits }) => digits[0])).size).toBe(10);
    expect(new Set(drawn.map(({ nonce }) => nonce)).size).toBe(400);
    const steps = drawn.flatMap(({ revealMs }) => revealMs.slice(1).map((at, i) => at - revealMs[i]!));
    expect(Math.min(...steps)).toBeLessThan(710);
    expect(Math.max(...steps)).toBeGreaterThan(1_290);
  });

  it('leaves 5,964 codes', () => {
    expect(possible.length).toBe(5_964);
  });
});

describe('guessing', () => {
  const digits = [...'0123456789'];
  const choicesAfter = (digit: string): number =>
    digits.filter((next) => mayFollow(Number(digit), Number(next))).length;
  const chance = new Map(
    possible.map((code) => [code, [...code.slice(0, 3)].reduce((share, digit) => share / choicesAfter(digit), 0.1)]),
  );

  /** The four-digit strings that one digit replaced, dropped or added makes out of `said`. */
  function acceptedFor(said: string): ReadonlySet<string> {
    const cut = (i: number, dropped: number, digit: string): string =>
      said.slice(0, i) + digit + said.slice(i + dropped);
    const places = Array.from({ length: said.length + 1 }, (_, i) => i);
    const made = places.flatMap((i) => [cut(i, 1, ''), ...digits.flatMap((d) => [cut(i, 1, d), cut(i, 0, d)])]);
    return new Set([said, ...made].filter((code) => code.length === 4));
  }

  it('lets 37 of 10,000 strings pass for any one that is said', () => {
    expect(acceptedFor('0351').size).toBe(37);
    for (const code of acceptedFor('0351')) expect(editDistance(code, '0351')).toBeLessThanOrEqual(1);
  });

  it('lets the best guess of three, four or five digits pass with 0.6 %', () => {
    expect([...chance.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    const best = [3, 4].map((length) =>
      Math.max(
        ...Array.from({ length: 10 ** length }, (_, i) =>
          [...acceptedFor(String(i).padStart(length, '0'))].reduce((sum, code) => sum + (chance.get(code) ?? 0), 0),
        ),
      ),
    );
    expect(Math.max(...best)).toBeLessThan(0.0062);
    expect(Math.max(...best)).toBeGreaterThan(0.0037);
  });
});

describe('what a recogniser heard', () => {
  const judged = (heard: string) => withRecognition(passed, '0351', heard);

  it.each([
    ['0351', 4],
    ['0251', 3],
    ['051', 3],
    ['03151', 4],
  ])('takes %s for the right digits', (heard, right) => {
    const evidence = judged(heard);
    expect(evidence).toMatchObject({ refuted: [], missing: [], measures: { digits: 4, recognised: right } });
    expect(requireRecognition(evidence)).toEqual(evidence);
  });

  it.each(['1530', '0399', '9351204', '0123456789'])('refutes %s', (heard) => {
    expect(judged(heard)).toMatchObject({ refuted: ['liveness.wrong-digits'], missing: [] });
  });

  it.each(['', '0', '03', '31'])('does not call %j wrong but missing', (heard) => {
    expect(judged(heard)).toMatchObject({ refuted: [], missing: ['capture.no-speech'] });
  });

  it('is unknown where no recogniser took part', () => {
    expect(requireRecognition(passed)).toEqual({ ...passed, missing: ['speech.unavailable'] });
    expect(passed.state === 'measured' && passed.measures['recognised']).toBeUndefined();
  });

  it('does not heal what is refuted or unmeasured', () => {
    const refuted: FramedEvidence = { ...passed, refuted: ['liveness.not-in-sync'] };
    expect(withRecognition(refuted, '0351', '0351')).toMatchObject({ refuted: ['liveness.not-in-sync'] });
    const unmeasured: FramedEvidence = { state: 'unmeasured', reason: 'capture.no-speech', detail: '' };
    expect(withRecognition(unmeasured, '0351', '0351')).toEqual(unmeasured);
    expect(requireRecognition(unmeasured)).toEqual(unmeasured);
  });
});
