import type { ChallengeProgress } from '../../shared/domain/challenge.ts';
import type { FramedJudge } from '../../shared/domain/framed-judge.ts';
import type { FramedEvidence } from '../../shared/domain/liveness.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { RelativeBox } from './contract.ts';
import type { Embedding } from './face-embedder.ts';
import type { FacePipeline } from './face-pipeline.ts';
import type { Frame } from './frame.ts';
import { createPictureComparison } from './framed-picture.ts';
import { createFaceTracker } from './framed-tracker.ts';

/** A minute at thirty frames a second: no challenge lasts so long. */
const MAX_FRAMES = 1_800;
/** Faces are sent as small crops; anything larger isn't one. */
const MAX_SIDE = 640;
/** 5 seconds of sound. */
const MAX_PCM_BYTES = 5 * 16_000 * 2;
/** 60 seconds of sound. */
const MAX_HEARD_BYTES = 60 * 16_000 * 2;

interface FramedPicture {
  readonly picture: Frame;
  readonly face: RelativeBox;
  readonly capturedAtMs: number;
}

/** One running challenge that is judged from pictures as they come. Calls must not overlap. */
export interface FramedRun {
  /**
   * Gives a picture to the judge. A second picture of the same moment changes nothing; one that is older than the one
   * before, of another size or one too many is `request.invalid` and isn't counted.
   */
  see(frame: FramedPicture): Promise<Result<ChallengeProgress, Failure>>;
  hear(pcm: Uint8Array, startedAtMs: number): Promise<Result<null, Failure>>;
  judge(): Promise<FramedEvidence>;
  wipe(): void;
}

export interface FramedRunParts {
  readonly pipeline: FacePipeline;
  readonly cosine: (a: Embedding, b: Embedding) => number;
  readonly judge: FramedJudge;
}

/**
 * Judges at most 1,800 pictures of one size, of at most 640 pixels a side, and 60 seconds of sound (16 bits, 16 kHz);
 * anything beyond, and sound that the judge doesn't listen to, is `request.invalid`.
 */
export function createFramedRun({ pipeline, cosine, judge }: FramedRunParts): FramedRun {
  const tracker = createFaceTracker(pipeline, cosine);
  const comparison = createPictureComparison();
  let frames = 0;
  let heardBytes = 0;
  let last: { readonly capturedAtMs: number; readonly width: number; readonly height: number } | null = null;
  let progress: ChallengeProgress | null = null;

  const refusalOf = ({ picture: { width, height }, face, capturedAtMs }: FramedPicture): string | null => {
    const numbers = [capturedAtMs, face.x, face.y, face.width, face.height];
    if (!numbers.every(Number.isFinite) || face.width <= 0 || face.height <= 0) return 'the face has no place';
    if (width > MAX_SIDE || height > MAX_SIDE) return 'the picture is too large';
    if (last && capturedAtMs < last.capturedAtMs) return 'pictures out of order';
    if (last && (width !== last.width || height !== last.height)) return 'pictures of different sizes';
    return frames >= MAX_FRAMES ? 'too many pictures' : null;
  };

  return {
    see: async (frame) => {
      const refusal = refusalOf(frame);
      if (refusal) return err(failure('request.invalid', refusal));
      const { picture, face, capturedAtMs } = frame;
      const { width, height } = picture;
      if (progress && last?.capturedAtMs === capturedAtMs) return ok(progress);
      last = { capturedAtMs, width, height };
      frames++;
      const hinted = { x: face.x * width, y: face.y * height, width: face.width * width, height: face.height * height };
      const followed = await tracker.follow(picture, hinted, capturedAtMs);
      progress = judge.see({ capturedAtMs, width, height, ...followed, ...comparison.see(picture) });
      return ok(progress);
    },
    hear: async (pcm, startedAtMs) => {
      heardBytes += pcm.length;
      if (!judge.hear) return err(failure('request.invalid', 'this challenge is not listened to'));
      if (pcm.length % 2 !== 0 || pcm.length > MAX_PCM_BYTES || heardBytes > MAX_HEARD_BYTES) {
        return err(failure('request.invalid', 'broken or too much sound'));
      }
      if (!Number.isFinite(startedAtMs)) return err(failure('request.invalid', 'sound without a time'));
      await judge.hear(pcm, startedAtMs);
      return ok(null);
    },
    judge: async () => judge.evidence(),
    wipe: () => {
      tracker.wipe();
      comparison.wipe();
      judge.wipe?.();
    },
  };
}
