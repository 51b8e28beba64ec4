import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideFramed, type CaptureFindings } from '../../../src/main/liveness/framed-decision.ts';
import type { FramedEvidence } from '../../../src/shared/domain/liveness.ts';

const passed: FramedEvidence = { state: 'measured', kind: 'action', refuted: [], missing: [], measures: {} };
const genuine: CaptureFindings = { spoofMedian: 0.9, spoofFrames: 12, continuityMin: 0.7, severalFaces: false };

describe('the decision on a challenge that was judged while it ran', () => {
  it('is live only when nothing is refuted and nothing unknown', () => {
    expect(decideFramed(passed, genuine)).toEqual({ verdict: 'live', reasons: [] });
  });

  it.each([
    ['an unmeasured challenge', { state: 'unmeasured', reason: 'capture.no-face', detail: '' }, genuine, 'undecided'],
    ['several faces', passed, { ...genuine, severalFaces: true }, 'undecided'],
    ['an unscored clip', passed, { ...genuine, spoofMedian: null }, 'undecided'],
    ['too few scored frames', passed, { ...genuine, spoofFrames: 3 }, 'undecided'],
    ['an unknown continuity', passed, { ...genuine, continuityMin: null }, 'undecided'],
    ['a score that is no number', passed, { ...genuine, spoofMedian: Number.NaN }, 'undecided'],
    ['something missing', { ...passed, missing: ['capture.action-not-done'] }, genuine, 'undecided'],
    ['a low spoof score', passed, { ...genuine, spoofMedian: 0.01 }, 'spoof'],
    ['another face', passed, { ...genuine, continuityMin: 0.1 }, 'spoof'],
    ['a refuted challenge', { ...passed, refuted: ['liveness.wrong-action'] }, genuine, 'spoof'],
  ] as const)('is not live with %s', (_name, evidence, capture, verdict) => {
    const decided = decideFramed(evidence, capture);
    expect(decided.verdict).toBe(verdict);
    expect(decided.reasons.length).toBeGreaterThan(0);
  });

  it('is never live for any mixture with a fault in it', () => {
    const maybe = fc.option(fc.double(), { nil: null });
    fc.assert(
      fc.property(maybe, fc.nat(20), maybe, fc.boolean(), (spoofMedian, spoofFrames, continuityMin, severalFaces) => {
        const { verdict } = decideFramed(passed, { spoofMedian, spoofFrames, continuityMin, severalFaces });
        const sound =
          spoofMedian !== null &&
          spoofMedian >= 0.1 &&
          spoofFrames >= 8 &&
          (continuityMin ?? -1) >= 0.4 &&
          !severalFaces;
        expect(verdict === 'live').toBe(sound && Number.isFinite(spoofMedian) && Number.isFinite(continuityMin));
      }),
    );
  });
});
