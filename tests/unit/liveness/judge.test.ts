import { describe, expect, it } from 'vitest';
import type { LightMeasurement, LivenessEvidence } from '../../../src/shared/domain/liveness.ts';
import { DEFAULT_LIMITS, judgeLiveness, limitsFor } from '../../../src/main/liveness/judge.ts';
import { PLAIN_COLOUR_MATRIX } from '../../../src/main/liveness/stimulus.ts';

const light = {
  rho: 0.98,
  ratioRho: 0.98,
  chromaRho: 0.97,
  lagMs: 130,
  searchedLagMs: [0, 560],
  gain: [0.3, 0.3, 0.3],
  regionResponse: { forehead: 0, 'left-cheek': 0, 'right-cheek': 0, nose: 0.1, chin: -0.1 },
  falseAccept: 1e-5,
  relief: {
    score: 0.99,
    normalsShare: 0.6,
    normalCorrelation: 0.7,
    sideResponse: -0.3,
    noise: 0.03,
    glint: 0.2,
    points: 250,
    frames: 70,
  },
  motion: 0.02,
  faceless: 0,
  frames: 95,
  framesPerSecond: 30,
  longestGapMs: 40,
  faceLuminance: 0.2,
  saturated: 0,
} satisfies LightMeasurement;

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
    ['a flat answer', evidence({}, { relief: { ...light.relief, score: 0.05 } }), 'liveness.flat-response'],
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
    ['a face that moved away', evidence({}, { motion: 0.5 }), 'capture.face-left'],
    ['a face that the mesh lost', evidence({}, { faceless: 0.4 }), 'capture.face-left'],
    ['no mesh', evidence({}, { relief: null }), 'capture.too-few-frames'],
    [
      'a flat answer in too much noise',
      evidence({}, { relief: { ...light.relief, score: 0.05, noise: 0.2 } }),
      'capture.too-bright',
    ],
    ['a relief in too much noise', evidence({}, { relief: { ...light.relief, noise: 0.3 } }), 'capture.too-bright'],
    ['a relief that is no number', evidence({}, { relief: { ...light.relief, score: Number.NaN } }), 'request.invalid'],
    ['a slow camera', evidence({}, { framesPerSecond: 14 }), 'camera.too-slow'],
    ['a gap', evidence({}, { longestGapMs: 201 }), 'capture.too-few-frames'],
    ['a saturated face', evidence({}, { saturated: 0.4 }), 'capture.too-bright'],
    ['a black picture', evidence({}, { faceLuminance: 0.001 }), 'capture.too-dark'],
    ['an answer too weak to trust', evidence({}, { gain: [0.01, 0.01, 0.01] }), 'capture.too-bright'],
  ] as const)('leaves %s undecided', (_name, given, reason) => {
    expect(judgeLiveness(given)).toEqual({ verdict: 'undecided', reasons: [reason], evidence: given });
  });

  it('takes a relief that shows through some noise', () => {
    expect(judgeLiveness(evidence({}, { relief: { ...light.relief, noise: 0.2 } })).verdict).toBe('live');
  });

  it('refutes before it misses something', () => {
    expect(judgeLiveness(evidence({ spoofMedian: null }, { rho: 0.3 })).verdict).toBe('spoof');
  });

  it('does not speak of a relief in the light of another challenge, or in hardly any', () => {
    const relief = { ...light.relief, score: 0.01 };
    expect(judgeLiveness(evidence({}, { rho: 0.3, relief })).reasons).toEqual(['liveness.code-mismatch']);
    const weak = judgeLiveness(evidence({}, { gain: [0.01, 0.01, 0.01], relief }));
    expect(weak).toMatchObject({ verdict: 'undecided', reasons: ['capture.too-bright'] });
  });

  it('goes by a calibration', () => {
    const limits = limitsFor({
      version: 1,
      calibratedAtMs: 1_760_000_000_000,
      camera: { label: 'camera', identity: null, width: 640, height: 480 },
      screen: { width: 1_920, height: 1_080 },
      lagMs: 120,
      lagSpreadMs: 8,
      colourMatrix: PLAIN_COLOUR_MATRIX,
      gain: [0.3, 0.3, 0.3],
      framesPerSecond: 30,
      exposure: null,
    });
    expect(limits).toEqual({
      ...DEFAULT_LIMITS,
      lagCentreMs: 120,
      lagWindowMs: 45,
      minGain: expect.closeTo(0.0448, 3) as number,
    });
    expect(judgeLiveness(evidence({}, { lagMs: 165 }), limits).verdict).toBe('live');
    expect(judgeLiveness(evidence({}, { lagMs: 168 }), limits).reasons).toEqual(['liveness.late-response']);
    expect(judgeLiveness(evidence({}, { lagMs: 72 }), limits).reasons).toEqual(['liveness.late-response']);
    expect(judgeLiveness(evidence({}, { gain: [0.04, 0.04, 0.04], lagMs: 120 }), limits).verdict).toBe('undecided');
    expect(limitsFor(null)).toEqual(DEFAULT_LIMITS);
  });
});
