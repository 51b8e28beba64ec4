import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCameraChallengeRun, drawCameraChallenge } from '../../../src/main/camera/camera-challenge.ts';
import { judgeExposureStep } from '../../../src/main/camera/exposure-step.ts';
import type { BrightnessSample, ExposureStep } from '../../../src/shared/domain/camera-challenge.ts';

const INTERVAL_MS = 33.3;
const STEP: ExposureStep = { steppedAtMs: 400, returnedAtMs: 533, exposureBefore: 200, exposureHeld: 140 };

interface Scene {
  /** Command to picture. */
  readonly delayMs: number;
  /** ln(brightness) over ln(exposure). */
  readonly response: number;
  readonly noise: number;
  readonly level?: number;
  readonly frames?: number;
  readonly walk?: number;
}

/** Deterministic noise in −1…1 that has no rhythm of the step. */
function noiseAt(i: number): number {
  const x = Math.sin(12.9898 * (i + 1)) * 43_758.5453;
  return 2 * (x - Math.floor(x)) - 1;
}

function samplesOf(scene: Scene, step = STEP): BrightnessSample[] {
  const change = Math.log(step.exposureHeld / step.exposureBefore) * scene.response;
  return Array.from({ length: scene.frames ?? 30 }, (_, i) => {
    const capturedAtMs = i * INTERVAL_MS;
    const held = capturedAtMs >= step.steppedAtMs + scene.delayMs && capturedAtMs < step.returnedAtMs + scene.delayMs;
    const walk = (scene.walk ?? 0) * Math.sin(i / 2);
    const value = Math.log(scene.level ?? 0.2) + (held ? change : 0) + scene.noise * noiseAt(i) + walk;
    return { capturedAtMs, luminance: Math.exp(value) };
  });
}

describe('the picture after a step of the exposure', () => {
  it('has followed: at once or within two frames, by the right ratio, on cameras with a gamma of their own', () => {
    for (const delayMs of [20, 60, 110, 180]) {
      for (const response of [0.6, 1, 1.5]) {
        const judged = judgeExposureStep(samplesOf({ delayMs, response, noise: 0.01 }), STEP);
        expect([delayMs, response, judged.state]).toEqual([delayMs, response, 'followed']);
        expect(Math.abs(judged.response! - response)).toBeLessThan(0.15);
        expect(Math.abs(judged.delayMs! - delayMs)).toBeLessThanOrEqual(INTERVAL_MS);
      }
    }
  });

  it('has not followed: nothing happened, the wrong way, far too much, or too late', () => {
    const state = (scene: Scene) => judgeExposureStep(samplesOf(scene), STEP).state;
    expect(state({ delayMs: 60, response: 0, noise: 0.01 })).toBe('not-followed');
    expect(state({ delayMs: 60, response: -1, noise: 0.01 })).toBe('not-followed');
    expect(state({ delayMs: 60, response: 3, noise: 0.01 })).toBe('not-followed');
    expect(state({ delayMs: 330, response: 1, noise: 0.01 })).toBe('not-followed');
    // A terminal that is calibrated to be quick gives an injector less time.
    const late = samplesOf({ delayMs: 190, response: 1, noise: 0.01 });
    expect(judgeExposureStep(late, STEP).state).toBe('followed');
    expect(judgeExposureStep(late, STEP, { lagMs: 80 }).state).toBe('not-followed');
  });

  it('is unmeasurable when too dark, too bright, too short, too restless, or the step is too small', () => {
    const good = { delayMs: 60, response: 1, noise: 0.01 };
    const state = (scene: Scene, step = STEP) => judgeExposureStep(samplesOf(scene, step), step).state;
    expect(state({ ...good, level: 0.004 })).toBe('unmeasurable');
    expect(state({ ...good, level: 0.99, response: 0 })).toBe('unmeasurable');
    expect(state({ ...good, frames: 8 })).toBe('unmeasurable');
    expect(state({ ...good, response: 0, walk: 0.6 })).toBe('unmeasurable');
    expect(state(good, { ...STEP, exposureHeld: 190 })).toBe('unmeasurable');
    expect(state(good, { ...STEP, returnedAtMs: STEP.steppedAtMs })).toBe('unmeasurable');
    expect(judgeExposureStep([], STEP).state).toBe('unmeasurable');
  });

  it('never counts as followed when the picture does not change, whatever the noise', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), { minLength: 12, maxLength: 60 }),
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        (noise, level) => {
          const samples = noise.map((value, i) => ({
            capturedAtMs: i * INTERVAL_MS,
            luminance: level * Math.exp(value / 10),
          }));
          return judgeExposureStep(samples, STEP).state !== 'followed';
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a drawn camera challenge', () => {
  const plan = drawCameraChallenge((size) => new Uint8Array(size).fill(7));
  const grey = (byte: number) => new Uint8Array(30 * 20 * 3).fill(byte);

  it('has its moment, length and size from the random source', () => {
    expect(plan).toEqual({
      nonce: '07'.repeat(16),
      framesBefore: 15,
      factor: 0.6,
      framesHeld: 6,
      framesAfter: 8,
    });
    const other = drawCameraChallenge((size) => new Uint8Array(size).fill(200));
    expect(other).not.toEqual(plan);
  });

  /** Frames of a camera whose picture is `byte` bright, `held` while the step holds. */
  function play(byte: number, held: number) {
    const run = createCameraChallengeRun(plan);
    const steppedAtMs = plan.framesBefore * INTERVAL_MS;
    const returnedAtMs = steppedAtMs + plan.framesHeld * INTERVAL_MS;
    const frames = plan.framesBefore + plan.framesHeld + plan.framesAfter;
    for (let i = 0; i < frames; i += 1) {
      const capturedAtMs = i * INTERVAL_MS;
      const isHeld = capturedAtMs >= steppedAtMs + 40 && capturedAtMs < returnedAtMs + 40;
      run.see({ rgb: grey((isHeld ? held : byte) + (i % 2)), capturedAtMs });
    }
    const step = { steppedAtMs, returnedAtMs, exposureBefore: 100, exposureHeld: 60 };
    return { run, step };
  }

  it('is passed by a camera that follows and refuses one that does not, from the pictures alone', () => {
    const following = play(140, 110);
    const { nonce } = plan;
    expect(following.run.judge({ outcome: 'stepped', nonce, step: following.step })).toMatchObject({
      outcome: 'followed',
      refusal: null,
    });
    const deaf = play(140, 140);
    expect(deaf.run.judge({ outcome: 'stepped', nonce, step: deaf.step })).toMatchObject({
      outcome: 'not-followed',
      refusal: { code: 'camera.not-following' },
    });
  });

  it('is not passed by a report that does not fit it, and refuses nobody for it', () => {
    const { run, step } = play(140, 110);
    const outcome = (report: Parameters<typeof run.judge>[0]) => {
      const judged = run.judge(report);
      return [judged.outcome, judged.refusal];
    };
    const { nonce } = plan;
    expect(outcome({ outcome: 'stepped', nonce: 'other', step })).toEqual(['unmeasurable', null]);
    expect(outcome({ outcome: 'stepped', nonce, step: { ...step, exposureHeld: 99 } })).toEqual(['unmeasurable', null]);
    expect(outcome({ outcome: 'refused', nonce, detail: 'x' })).toEqual(['unmeasurable', null]);
    expect(outcome({ outcome: 'aborted', nonce })).toEqual(['unmeasurable', null]);
    expect(outcome({ outcome: 'not-offered', nonce })).toEqual(['not-offered', null]);
  });
});
