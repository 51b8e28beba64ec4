import type { ChallengeProgress } from './challenge.ts';
import type { FramedEvidence, PixelBox } from './liveness.ts';

/** One picture of a framed challenge, reduced to what a judge needs; no pixels. */
export interface MeshFrame {
  /** Milliseconds on the renderer's monotonic clock; always later than the frame before. */
  readonly capturedAtMs: number;
  /** Size of the picture; the same for all frames of a challenge. */
  readonly width: number;
  readonly height: number;
  /** Faces about as near as the main one, itself included; counted twice a second and held in between. */
  readonly faces: number;
  /** The canonical face mesh's 468 points as `x, y, z` in pixels of the picture, smaller z nearer; null: no face. */
  readonly mesh: Float32Array | null;
  /** The mesh model's probability of a face, 0–1. */
  readonly presence: number;
  /** Around the mesh; null without one. */
  readonly box: PixelBox | null;
  /** False where the face was looked for anew: it may be another one. */
  readonly tracked: boolean;
  /** Cosine with the first embedded face of the challenge; null where none was computed for this frame. */
  readonly similarity: number | null;
  /** Variance of the Laplacian of the aligned face; null where none was computed for this frame. */
  readonly sharpness: number | null;
  /** Mean absolute difference of brightness from the frame before, in 8-bit steps; null for the first. */
  readonly change: number | null;
  /** The very same picture came before in this challenge. */
  readonly repeated: boolean;
}

/**
 * Judges a framed challenge while it runs. A frame's answer is what to show from now on; whatever it shows counts from
 * that frame's capture time.
 */
export interface FramedJudge {
  see(frame: MeshFrame): ChallengeProgress;
  /** 16-bit little-endian samples, one channel, 16 kHz; `startedAtMs` of the first on the frames' clock. */
  hear?(pcm: Uint8Array, startedAtMs: number): void | Promise<void>;
  evidence(): FramedEvidence | Promise<FramedEvidence>;
  /** Zeroes and drops what was kept. */
  wipe?(): void;
}
