import { describe, expect, it } from 'vitest';
import { REASON_CODES, stateOf } from '../../../src/shared/reasons.ts';
import { settledReason, type Settling } from '../../../src/main/certification/settlement.ts';

const BOTH = [true, false] as const;
const ALL: readonly Settling[] = (['device', 'verifier'] as const).flatMap((decides) =>
  BOTH.flatMap((asks) =>
    BOTH.flatMap((transmit) =>
      BOTH.flatMap((online) =>
        BOTH.flatMap((onlyCaptures) =>
          BOTH.map((riskReview) => ({ decides, asks, transmit, online, onlyCaptures, riskReview })),
        ),
      ),
    ),
  ),
);
const plain: Settling = {
  decides: 'verifier',
  asks: true,
  transmit: true,
  online: true,
  onlyCaptures: false,
  riskReview: false,
};

describe('how a local finding is settled', () => {
  it.each([
    ['left to the verifier', 'verification.pending', {}, 'verification.pending'],
    ['left to the verifier, offline', 'verification.pending', { online: false }, 'verification.captured'],
    ['without consent to sending', 'verification.pending', { transmit: false }, 'authority.not-asked'],
    ['where nothing can be asked', 'verification.pending', { asks: false }, 'authority.not-asked'],
    ['a rule wants a clerk', 'verification.pending', { riskReview: true }, 'risk.review'],
    ['a match on the device', 'ok.matched', { decides: 'device' }, 'ok.matched'],
    ['a match without consent to sending', 'ok.matched', { decides: 'device', transmit: false }, 'ok.matched'],
    ['a match that a rule doubts', 'ok.matched', { decides: 'device', riskReview: true }, 'risk.review'],
    ['a match where the verifier decides', 'ok.matched', {}, 'verification.pending'],
    [
      'a match where nothing may be decided',
      'ok.matched',
      { decides: 'device', online: false, onlyCaptures: true },
      'verification.captured',
    ],
    [
      'a spoof where nothing may be decided',
      'liveness.spoof-suspected',
      { onlyCaptures: true },
      'liveness.spoof-suspected',
    ],
    ['an expired card', 'document.expired', {}, 'document.expired'],
    ['a failure that a rule doubts', 'face.low-similarity', { riskReview: true }, 'face.low-similarity'],
  ] as const)('%s', (_name, local, change, reason) => {
    expect(settledReason(local, { ...plain, ...change })).toBe(reason);
  });

  it('leaves every failure, error and doubt as it is, whatever else holds', () => {
    const fixed = REASON_CODES.filter((code) => stateOf(code) !== 'passed' && code !== 'verification.pending');
    expect(fixed.length).toBeGreaterThan(150);
    for (const code of fixed) for (const settling of ALL) expect(settledReason(code, settling)).toBe(code);
  });

  it('passes nothing but a pass of the device that nobody else has to decide', () => {
    for (const code of REASON_CODES) {
      for (const settling of ALL) {
        const settled = settledReason(code, settling);
        if (stateOf(settled) !== 'passed') continue;
        const { decides, onlyCaptures, riskReview } = settling;
        expect([settled, decides, onlyCaptures, riskReview]).toEqual([code, 'device', false, false]);
      }
    }
  });

  it('leaves to the verifier only what it is told of', () => {
    for (const settling of ALL) {
      for (const local of ['ok.matched', 'ok.live', 'verification.pending'] as const) {
        const settled = settledReason(local, settling);
        if (settled !== 'verification.pending' && settled !== 'verification.captured') continue;
        expect([settling.transmit, settling.riskReview]).toEqual([true, false]);
        if (settled === 'verification.pending') expect([settling.asks, settling.online]).toEqual([true, true]);
      }
    }
  });
});
