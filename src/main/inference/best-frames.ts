/** How many pictures of one capture can be had at most; Tencent's LivenessRecognition gives up to ten. */
export const MAX_BEST_FRAMES = 10;
/** Two pictures nearer than this show the same moment. */
export const BEST_FRAMES_APART_MS = 200;
/** Neutral pictures that are kept to choose from: half a minute's, of less quality first to go. */
const MAX_CANDIDATES = 64;

/** What decides between two pictures. */
export interface RatedFrame {
  /** 0–100. */
  readonly quality: number;
  /** Decides between frames of the same quality. */
  readonly sharpness: number;
}

interface Candidate extends RatedFrame {
  readonly jpeg: Uint8Array;
  readonly capturedAtMs: number;
}

/** A picture as it arrived, with its quality 0–100. */
export interface BestFrame {
  readonly jpeg: Uint8Array;
  readonly quality: number;
  readonly capturedAtMs: number;
}

/** The pictures of a capture that are worth keeping. */
export interface BestFrames {
  /** Copies the picture; the caller may zero its own. */
  add(frame: Candidate): void;
  /** Up to `count` of the best, the best first, no two within `BEST_FRAMES_APART_MS`. */
  select(count: number): readonly BestFrame[];
  /** Zeroes and drops them all. */
  wipe(): void;
}

/** The frame of the higher quality first, of equals the sharper, of these the earlier. */
export function bestFirst(a: RatedFrame, b: RatedFrame): number {
  return b.quality - a.quality || b.sharpness - a.sharpness;
}

/**
 * Keeps at most 64 pictures; the worst is zeroed and dropped when a better one comes. `select` gives the kept bytes,
 * which `wipe` zeroes: who needs them longer copies them.
 */
export function createBestFrames(): BestFrames {
  const kept: Candidate[] = [];
  return {
    add: ({ jpeg, quality, sharpness, capturedAtMs }) => {
      // Not `slice`, which shares the bytes where the frame came as a Node buffer.
      kept.push({ jpeg: new Uint8Array(jpeg), quality, sharpness, capturedAtMs });
      kept.sort(bestFirst);
      for (const { jpeg: dropped } of kept.splice(MAX_CANDIDATES)) dropped.fill(0);
    },
    select: (count) => {
      const chosen: Candidate[] = [];
      for (const frame of kept) {
        if (chosen.length >= count) break;
        const isNew = chosen.every(
          (other) => Math.abs(other.capturedAtMs - frame.capturedAtMs) >= BEST_FRAMES_APART_MS,
        );
        if (isNew) chosen.push(frame);
      }
      return chosen.map(({ jpeg, quality, capturedAtMs }) => ({ jpeg, quality, capturedAtMs }));
    },
    wipe: () => {
      for (const { jpeg } of kept) jpeg.fill(0);
      kept.length = 0;
    },
  };
}
