import { describe, expect, it } from 'vitest';
import { lightMeasures } from '../../../src/main/liveness/light-measures.ts';

describe('lightMeasures', () => {
  it('names every finite number and leaves out what is not known', () => {
    const measures = lightMeasures({
      state: 'measured',
      rho: 0.98,
      ratioRho: null,
      chromaRho: 0.98,
      lagMs: 128,
      searchedLagMs: [0, 560],
      gain: [0.1, 0.2, 0.3],
      regionResponse: { forehead: 0, 'left-cheek': 0, 'right-cheek': 0, nose: 0, chin: 0 },
      falseAccept: null,
      relief: null,
      motion: 0.02,
      faceless: 0,
      frames: 75,
      framesPerSecond: 30,
      longestGapMs: Number.POSITIVE_INFINITY,
      faceLuminance: 0.2,
      saturated: 0,
    });
    expect(measures).toEqual({
      codeCorrelation: 0.98,
      codeCorrelationOfColour: 0.98,
      lagMs: 128,
      gainRed: 0.1,
      gainGreen: 0.2,
      gainBlue: 0.3,
      motion: 0.02,
      faceless: 0,
      frames: 75,
      framesPerSecond: 30,
      faceLuminance: 0.2,
      saturated: 0,
    });
  });

  it('is empty when nothing was measured', () => {
    expect(lightMeasures({ state: 'unmeasured', reason: 'capture.no-face', detail: '' })).toEqual({});
  });
});
