import { describe, expect, it } from 'vitest';
import { explanationOf } from '../../../src/cli/liveness-explanation.ts';
import type { LivenessEvidence } from '../../../src/shared/domain/liveness.ts';

const clip = {
  spoofMedian: 0.8,
  spoofFrames: 12,
  continuityMin: 0.9,
  faceLost: false,
  severalFaces: true,
} as const;

const measured: LivenessEvidence['light'] = {
  state: 'measured',
  rho: 0.984,
  ratioRho: null,
  chromaRho: 0.984,
  lagMs: 128,
  searchedLagMs: [0, 560],
  gain: [0.1, 0.2, 0.3],
  regionResponse: { forehead: 0, 'left-cheek': 0, 'right-cheek': 0, nose: 0, chin: 0 },
  falseAccept: 5e-5,
  relief: {
    score: 0.97,
    normalsShare: 0.8,
    normalCorrelation: 0.4,
    sideResponse: -0.5,
    noise: 0.03,
    glint: 1.2,
    points: 264,
    frames: 75,
  },
  motion: 0.02,
  faceless: 0,
  frames: 75,
  framesPerSecond: 30,
  longestGapMs: 35,
  faceLuminance: 0.2,
  saturated: 0,
};

describe('explanationOf', () => {
  it('reads a light challenge’s evidence out', () => {
    const text = explanationOf({
      kind: 'light',
      verdict: 'undecided',
      reasons: [],
      evidence: { light: measured, ...clip },
    });
    expect(text.join('\n')).toMatchInlineSnapshot(`
      "Sequence: agreement 0.984 (limit 0.92); over the background not measured, of the colour alone 0.984.
        Another sequence reaches the limit with a probability of at most 0.00005.
      Lag: 128 ms from the screen to the camera, searched from 0 to 560 ms.
      Strength: the face changes by 0.1, 0.2, 0.3 (red, green, blue) from black to full screen light.
      Relief: score 0.97 (limit 0.5) from 264 points in 75 frames, noise 0.03 (limit 0.25, to refute 0.12).
        The way the points face explains 80 % of what a smooth sheet leaves; correlation with facing the screen 0.4; temples and jaw answer -0.5 beside the whole.
        The eyes answer 1.2 beside the whole face.
      Frames: 75 at 30 a second, longest gap 35 ms; mean luminance 0.2, 0 % at the sensor's limit.
      Motion: at most 2 % of the face's width.
      Texture: median live score 0.8 of 12 pictures (limit 0.1).
      Same face: least similarity within the clip 0.9 (limit 0.4).
      There were several faces."
    `);
  });

  it('says why nothing was measured', () => {
    const light = { state: 'unmeasured', reason: 'capture.no-face', detail: 'no face in 20 frames' } as const;
    const lines = explanationOf({ kind: 'light', verdict: 'undecided', reasons: [], evidence: { light, ...clip } });
    expect(lines[0]).toBe('The light was not measured: no face in 20 frames (capture.no-face).');
    expect(explanationOf({ kind: 'silent', verdict: 'undecided', reasons: [], evidence: light })).toEqual([
      'Not measured: no face in 20 frames (capture.no-face).',
    ]);
  });

  it('reads other challenges’ findings and numbers out', () => {
    const evidence = {
      state: 'measured',
      kind: 'action',
      refuted: ['liveness.wrong-action'],
      missing: [],
      measures: { reactionMs: 512.34 },
    } as const;
    expect(explanationOf({ kind: 'action', verdict: 'spoof', reasons: ['liveness.wrong-action'], evidence })).toEqual([
      'Refuted by: liveness.wrong-action; still not known: nothing.',
      '  reactionMs: 512',
    ]);
  });
});
