import { describe, expect, it } from 'vitest';
import type { LightMeasurement, LivenessEvidence } from '../../../src/shared/domain/liveness.ts';
import { CALIBRATED_LAG_WINDOW_MS, DEFAULT_LIMITS, judgeLiveness } from '../../../src/main/liveness/judge.ts';

const light: LightMeasurement = {
  rho: 0.98,
  ratioRho: 0.98,
  chromaRho: 0.97,
  lagMs: 130,
  searchedLagMs: [0, 560],
  gain: [0.3, 0.3, 0.3],
  regionResponse: { forehead: 0, 'left-cheek': 0, 'right-cheek': 0, nose: 0.1, chin: -0.1 },
  falseAccept: 1e-5,
  frames: 95,
  framesPerSecond: 30,
  longestGapMs: 40,
  faceLuminance: 0.2,
  saturated: 0,
};

function evidence(more: Partial<LivenessEvidence> = {}, changed: Partial<LightMeasurement> = {}): LivenessEvidence {
  return {
    light: { state: 'measured', ...light, ...changed },
    spoofMedian: 0.8,
    spoofFrames: 8,
    continuityMin: 0.8,
    faceLost: false,
    severalFaces: false,
    ...more,
  };
}

describe('judgeLiveness', () => {
  it('calls complete and good evidence live', () => {
    expect(judgeLiveness(evidence())).toEqual({ verdict: 'live', reasons: [], evidence: evidence() });
  });

  it.each([
    ['another sequence', evidence({}, { rho: 0.89 }), 'liveness.code-mismatch'],
    ['a late answer', evidence({}, { lagMs: 320 }), 'liveness.late-response'],
    ['another face', evidence({ continuityMin: 0.2 }), 'liveness.face-swapped'],
    ['a spoof by its looks', evidence({ spoofMedian: 0.05 }), 'liveness.spoof-suspected'],
  ] as const)('calls %s a spoof', (_name, given, reason) => {
    expect(judgeLiveness(given)).toEqual({ verdict: 'spoof', reasons: [reason], evidence: given });
  });

  it.each([
    [
      'light that was not measured',
      evidence({ light: { state: 'unmeasured', reason: 'challenge.incomplete', detail: '' } }),
      'challenge.incomplete',
    ],
    ['no spoof score', evidence({ spoofMedian: null }), 'capture.too-few-frames'],
    ['a spoof score of too few frames', evidence({ spoofFrames: 7 }), 'capture.too-few-frames'],
    ['a spoof score that is no number', evidence({ spoofMedian: Number.NaN }), 'capture.too-few-frames'],
    ['no continuity', evidence({ continuityMin: null }), 'capture.too-few-frames'],
    ['continuity that is no number', evidence({ continuityMin: Number.NaN }), 'capture.too-few-frames'],
    ['agreement that is no number', evidence({}, { rho: Number.NaN }), 'request.invalid'],
    ['a face that left', evidence({ faceLost: true }), 'capture.face-left'],
    ['two faces', evidence({ severalFaces: true }), 'capture.several-faces'],
    ['a slow camera', evidence({}, { framesPerSecond: 14 }), 'camera.too-slow'],
    ['a gap', evidence({}, { longestGapMs: 201 }), 'capture.too-few-frames'],
    ['a saturated face', evidence({}, { saturated: 0.4 }), 'capture.too-bright'],
    ['a black picture', evidence({}, { faceLuminance: 0.001 }), 'capture.too-dark'],
    ['an answer too weak to trust', evidence({}, { gain: [0.01, 0.01, 0.01] }), 'capture.too-bright'],
  ] as const)('leaves %s undecided', (_name, given, reason) => {
    expect(judgeLiveness(given)).toEqual({ verdict: 'undecided', reasons: [reason], evidence: given });
  });

  it('refutes before it misses something', () => {
    expect(judgeLiveness(evidence({ spoofMedian: null }, { rho: 0.3 })).verdict).toBe('spoof');
  });

  it('accepts a calibrated lag within its window only', () => {
    const limits = { ...DEFAULT_LIMITS, lagCentreMs: 120, lagWindowMs: CALIBRATED_LAG_WINDOW_MS };
    expect(judgeLiveness(evidence({}, { lagMs: 165 }), limits).verdict).toBe('live');
    expect(judgeLiveness(evidence({}, { lagMs: 168 }), limits).reasons).toEqual(['liveness.late-response']);
    expect(judgeLiveness(evidence({}, { lagMs: 72 }), limits).reasons).toEqual(['liveness.late-response']);
  });
});
