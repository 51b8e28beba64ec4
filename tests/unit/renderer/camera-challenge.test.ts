import { describe, expect, it } from 'vitest';
import { runCameraChallenge } from '../../../src/renderer/camera/camera-challenge.ts';
import { fingerprintOf } from '../../../src/renderer/camera/camera-fingerprint.ts';
import type { ExposureTrack } from '../../../src/renderer/camera/exposure-control.ts';
import type { CameraChallengePlan } from '../../../src/shared/domain/camera-challenge.ts';

const PLAN: CameraChallengePlan = {
  nonce: 'ab'.repeat(16),
  framesBefore: 8,
  factor: 0.7,
  framesHeld: 3,
  framesAfter: 8,
};

interface Fake {
  readonly track: ExposureTrack;
  readonly applied: object[];
  exposure: number;
}

function fakeTrack(capabilities: object, refuse: (constraint: object) => boolean = () => false): Fake {
  const fake: Fake = {
    exposure: 200,
    applied: [],
    track: {
      getCapabilities: () => capabilities,
      getSettings: () => ({ exposureMode: 'continuous', exposureTime: fake.exposure }),
      applyConstraints: async ({ advanced: [constraint] }) => {
        fake.applied.push(constraint!);
        if (refuse(constraint!)) throw new Error('OverconstrainedError');
        if ('exposureTime' in constraint!) fake.exposure = Number(constraint.exposureTime);
      },
    },
  };
  return fake;
}

const UVC = { exposureMode: ['manual', 'continuous'], exposureTime: { min: 3, max: 2047, step: 1 } };

/** Runs the challenge over frames of a manual clock. */
async function run(fake: Fake, signal = new AbortController().signal) {
  let nowMs = 1_000;
  const listeners = new Set<(time: { capturedAtMs: number }) => void>();
  const sent: number[] = [];
  const done = runCameraChallenge({
    track: fake.track,
    plan: PLAN,
    signal,
    nowMs: () => nowMs,
    send: ({ rgb }) => sent.push(rgb[0]!),
    sampler: {
      onFrame: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      grabCrop: () => ({ rgb: Uint8Array.of(fake.exposure), width: 1, height: 1 }),
    },
  });
  let ended = false;
  void done.finally(() => (ended = true));
  for (let frame = 0; frame < 60 && !ended; frame += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    nowMs += 33;
    for (const listener of listeners) listener({ capturedAtMs: nowMs });
  }
  return { report: await done, sent, watching: listeners.size > 0 };
}

describe('the camera challenge in the page', () => {
  it('holds the exposure, steps it, goes back and gives it back, sending every frame', async () => {
    const fake = fakeTrack(UVC);
    const { report, sent, watching } = await run(fake);
    expect(report).toMatchObject({
      outcome: 'stepped',
      nonce: PLAN.nonce,
      step: { exposureBefore: 200, exposureHeld: 140 },
    });
    expect(report.outcome === 'stepped' && report.step.returnedAtMs - report.step.steppedAtMs).toBe(3 * 33);
    expect(sent).toEqual([...Array<number>(8).fill(200), ...Array<number>(3).fill(140), ...Array<number>(8).fill(200)]);
    expect(fake.applied).toEqual([
      { exposureMode: 'manual', exposureTime: 200 },
      { exposureMode: 'manual', exposureTime: 140 },
      { exposureMode: 'manual', exposureTime: 200 },
      { exposureMode: 'continuous' },
    ]);
    expect(watching).toBe(false);
  });

  it('goes up where there is no room below', async () => {
    const fake = fakeTrack({ ...UVC, exposureTime: { min: 190, max: 2047, step: 1 } });
    expect((await run(fake)).report).toMatchObject({ step: { exposureBefore: 200, exposureHeld: 286 } });
  });

  it('is not offered by a camera without manual exposure, and leaves such a camera alone', async () => {
    const bare = [{}, { exposureMode: ['continuous'], exposureTime: UVC.exposureTime }, { exposureMode: ['manual'] }];
    for (const capabilities of bare) {
      const fake = fakeTrack(capabilities);
      expect((await run(fake)).report).toEqual({ outcome: 'not-offered', nonce: PLAN.nonce });
      expect(fake.applied).toEqual([]);
    }
  });

  it('says so when the camera refuses', async () => {
    const fake = fakeTrack(UVC, (constraint) => 'exposureTime' in constraint);
    expect((await run(fake)).report).toMatchObject({ outcome: 'refused' });
    const narrow = fakeTrack({ ...UVC, exposureTime: { min: 195, max: 205, step: 1 } });
    expect((await run(narrow)).report).toMatchObject({ outcome: 'refused' });
  });

  it('gives the exposure back when it is aborted midway', async () => {
    const stop = new AbortController();
    const fake = fakeTrack(UVC);
    const track: ExposureTrack = {
      ...fake.track,
      applyConstraints: async (constraints) => {
        await fake.track.applyConstraints(constraints);
        if (fake.exposure === 140) stop.abort();
      },
    };
    const { report, watching } = await run({ ...fake, track }, stop.signal);
    expect(report).toEqual({ outcome: 'aborted', nonce: PLAN.nonce });
    expect(fake.applied.at(-1)).toEqual({ exposureMode: 'continuous' });
    expect(watching).toBe(false);
  });
});

describe('the fingerprint of a camera', () => {
  it('is what its track says, without guesses', () => {
    const track = {
      getCapabilities: () => ({
        ...UVC,
        width: { min: 1, max: 1280 },
        whiteBalanceMode: ['none'],
        brightness: { min: 5, max: 5 },
      }),
      getSettings: () => ({ width: 640, height: 480, frameRate: 30 }),
    };
    expect(fingerprintOf(track)).toEqual({
      width: { min: 1, max: 1280, step: null },
      height: null,
      framesPerSecond: null,
      exposureTime: { min: 3, max: 2047, step: 1 },
      colourTemperature: null,
      controls: ['exposureMode', 'exposureTime'],
      settings: { width: 640, height: 480, framesPerSecond: 30 },
    });
  });
});
