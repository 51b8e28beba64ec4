import { createHash } from 'node:crypto';
import type { CameraSign } from '../../shared/domain/camera-identity.ts';
import { measureTiming, type FrameTiming } from './frame-timing.ts';

export interface WatchedFrame {
  readonly rgb: Uint8Array;
  readonly capturedAtMs: number;
}

/** What the raw frames of one attempt have shown, counted by main itself. */
export interface FrameEvidence {
  readonly frames: number;
  /** Longest run of frames that equal their forerunner byte for byte. */
  readonly longestRun: number;
  readonly longestRunMs: number;
  /** Frames that equal an earlier one with a different one in between: a loop. */
  readonly returned: number;
  readonly timing: FrameTiming | null;
  readonly signs: readonly CameraSign[];
}

/** Keeps digests only, never a picture. One watch for one attempt. */
export interface FrameWatch {
  see(frame: WatchedFrame): void;
  evidence(): FrameEvidence;
}

/** More than an attempt sends; an attempt that sends more is still watched for runs. */
const MOST_DIGESTS = 5_000;
/** A picture with fewer levels than this between its darkest and brightest byte is a covered lens or a blank wall. */
const FLAT_RANGE = 24;
/** A driver that keeps its rate in the dark shows a frame twice or three times; never this many for this long. */
const RUN_FRAMES = 8;
const RUN_MS = 250;
/** One equal picture would be a wonder; three are a loop. */
const RETURNED_FRAMES = 3;

function isFlat(rgb: Uint8Array): boolean {
  let darkest = 255;
  let brightest = 0;
  for (const byte of rgb) {
    if (byte < darkest) darkest = byte;
    if (byte > brightest) brightest = byte;
    if (brightest - darkest >= FLAT_RANGE) return false;
  }
  return true;
}

/** Watches the raw frames of an attempt for what a sensor never does: the same picture twice, noise included. */
export function createFrameWatch(): FrameWatch {
  const seen = new Set<string>();
  const timesMs: number[] = [];
  let last: string | null = null;
  let run = 0;
  let runBeganMs = 0;
  let longestRun = 0;
  let longestRunMs = 0;
  let returned = 0;

  const repeat = (capturedAtMs: number): void => {
    run += 1;
    longestRun = Math.max(longestRun, run);
    longestRunMs = Math.max(longestRunMs, capturedAtMs - runBeganMs);
  };
  return {
    see: ({ rgb, capturedAtMs }) => {
      if (timesMs.length < MOST_DIGESTS) timesMs.push(capturedAtMs);
      if (isFlat(rgb)) {
        last = null;
        return;
      }
      const digest = createHash('sha256').update(rgb).digest('base64');
      if (digest === last) return repeat(capturedAtMs);
      if (seen.has(digest)) returned += 1;
      else if (seen.size < MOST_DIGESTS) seen.add(digest);
      last = digest;
      run = 0;
      runBeganMs = capturedAtMs;
    },
    evidence: () => {
      const timing = measureTiming(timesMs);
      const isLoop = returned >= RETURNED_FRAMES || (longestRun >= RUN_FRAMES && longestRunMs >= RUN_MS);
      const signs: CameraSign[] = isLoop ? ['repeated-frames'] : [];
      if (timing?.even === true) signs.push('even-timing');
      return { frames: timesMs.length, longestRun, longestRunMs, returned, timing, signs };
    },
  };
}
