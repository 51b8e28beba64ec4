import type { CameraChallengePlan, CameraChallengeReport } from '../../shared/domain/camera-challenge.ts';
import { exposureControlOf, nearestExposure, type ExposureControl, type ExposureTrack } from './exposure-control.ts';

/** A small raw picture: sRGB, three bytes a pixel, row by row. */
export interface RawPicture {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The camera's frames; a `FrameSampler` is one. */
export interface RawFrames {
  onFrame(callback: (time: { readonly capturedAtMs: number }) => void): () => void;
  grabCrop(box: typeof PICTURE_BOX, maxSide: number): RawPicture | null;
}

export interface CameraChallengeOptions {
  readonly track: ExposureTrack;
  readonly sampler: RawFrames;
  readonly plan: CameraChallengePlan;
  readonly signal: AbortSignal;
  /** Gets a small raw picture of every frame: main measures the brightness itself. */
  readonly send: (frame: RawPicture & { readonly capturedAtMs: number }) => void;
  /** `performance.now`; another one in tests. */
  readonly nowMs?: () => number;
}

/** Most of the picture without its edges, small: what counts is how bright it is. */
const PICTURE_BOX = { x: 0.25, y: 0.15, width: 0.5, height: 0.7 };
const PICTURE_SIDE = 48;
/** Cameras round to steps of their own; where down can't be taken this far, up is. */
const LEAST_CHANGE = 0.85;

/** Counts frames and sends each of them. */
function createFrameCounter({ sampler, send, signal }: CameraChallengeOptions) {
  let waiting: { left: number; resolve: (reached: boolean) => void } | null = null;
  const finish = (reached: boolean): void => {
    waiting?.resolve(reached);
    waiting = null;
  };
  const onAbort = (): void => finish(false);
  signal.addEventListener('abort', onAbort);
  const stop = sampler.onFrame(({ capturedAtMs }) => {
    if (signal.aborted) return;
    const crop = sampler.grabCrop(PICTURE_BOX, PICTURE_SIDE);
    if (crop) send({ rgb: crop.rgb, width: crop.width, height: crop.height, capturedAtMs });
    if (waiting && (waiting.left -= 1) <= 0) finish(true);
  });
  return {
    /** False when aborted. */
    after: (frames: number): Promise<boolean> =>
      signal.aborted ? Promise.resolve(false) : new Promise((resolve) => (waiting = { left: frames, resolve })),
    stop: (): void => {
      signal.removeEventListener('abort', onAbort);
      finish(false);
      stop();
    },
  };
}

/** Darker where there is room for it, else brighter. */
function steppedExposure(control: ExposureControl, before: number, factor: number): number | null {
  const down = nearestExposure(control, before * factor);
  if (down / before <= LEAST_CHANGE) return down;
  const up = nearestExposure(control, before / factor);
  return before / up <= LEAST_CHANGE ? up : null;
}

async function step(control: ExposureControl, options: CameraChallengeOptions): Promise<CameraChallengeReport> {
  const { plan, nowMs = () => performance.now() } = options;
  const { nonce } = plan;
  const refused = (detail: string): CameraChallengeReport => ({ outcome: 'refused', nonce, detail });
  const current = control.current();
  const before = current === null ? null : await control.hold(nearestExposure(control, current));
  if (before === null) return refused('the exposure can not be held');
  const target = steppedExposure(control, before, plan.factor);
  if (target === null) return refused('the exposure has no room for a step');
  const frames = createFrameCounter(options);
  try {
    if (!(await frames.after(plan.framesBefore))) return { outcome: 'aborted', nonce };
    const steppedAtMs = nowMs();
    const held = await control.hold(target);
    if (held === null) return refused('the exposure can not be changed');
    if (!(await frames.after(plan.framesHeld))) return { outcome: 'aborted', nonce };
    const returnedAtMs = nowMs();
    await control.hold(before);
    if (!(await frames.after(plan.framesAfter))) return { outcome: 'aborted', nonce };
    return {
      outcome: 'stepped',
      nonce,
      step: { steppedAtMs, returnedAtMs, exposureBefore: before, exposureHeld: held },
    };
  } finally {
    frames.stop();
  }
}

/**
 * Changes the camera's exposure for a moment as `plan` says and sends every frame meanwhile. The exposure is given
 * back however it ends. Never says whether the picture followed: main judges that from the frames.
 */
export async function runCameraChallenge(options: CameraChallengeOptions): Promise<CameraChallengeReport> {
  const { nonce } = options.plan;
  const control = exposureControlOf(options.track);
  if (control === null) return { outcome: 'not-offered', nonce };
  if (options.signal.aborted) return { outcome: 'aborted', nonce };
  try {
    return await step(control, options);
  } finally {
    await control.release();
  }
}
