import type { LivenessEvidence, LivenessJudgement, PixelBox } from '../../shared/domain/liveness.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { judgeLiveness, type LivenessLimits } from './judge.ts';
import { createLightRecording } from './light-recording.ts';
import { readRecordedSession, type SessionFolder } from './recorded-session.ts';

/** A decoded frame: sRGB, three bytes a pixel. */
export interface SessionFrame {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What a replay needs of the models, plugged in by whoever starts it. */
export interface SessionVision {
  decode(image: Uint8Array): Promise<Result<SessionFrame, Failure>>;
  /** The main face and how many count; null without a face. */
  locateFace(frame: SessionFrame): Promise<{ readonly box: PixelBox; readonly faces: number } | null>;
  /** Live score 0–1 and unit-length embedding of the main face; null without a face. */
  lookAt(frame: SessionFrame): Promise<{ readonly liveScore: number; readonly embedding: Float32Array } | null>;
}

/** The face is looked for in every so many frames, about eight times a second. */
const LOCATE_EVERY = 4;
/** Of those, this many are scored, spread over the session: what a kiosk scores during a challenge. */
const SCORED_FRAMES = 8;
/** A frame or two without a face are the detector's; more are the person's. */
const MAX_FACELESS_SHARE = 0.25;

interface FaceTrack {
  readonly boxes: PixelBox[];
  readonly liveScores: number[];
  readonly embeddings: Float32Array[];
  looked: number;
  crowded: number;
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function medianBox(boxes: readonly PixelBox[]): PixelBox | null {
  const x = median(boxes.map((box) => box.x));
  const y = median(boxes.map((box) => box.y));
  const width = median(boxes.map((box) => box.width));
  const height = median(boxes.map((box) => box.height));
  return x === null || y === null || width === null || height === null ? null : { x, y, width, height };
}

function leastCosine(embeddings: readonly Float32Array[]): number | null {
  let least: number | null = null;
  embeddings.forEach((a, i) => {
    for (const b of embeddings.slice(i + 1)) {
      const cosine = a.reduce((sum, value, k) => sum + value * b[k]!, 0);
      least = Math.min(least ?? 1, cosine);
    }
  });
  return least;
}

type Frames = readonly { readonly file: string; readonly capturedAtMs: number }[];

async function readFrame(folder: SessionFolder, vision: SessionVision, file: string) {
  const image = await folder.read(file);
  return image ? vision.decode(image) : err(failure('request.invalid', `${file} can't be read`));
}

async function trackFace(
  folder: SessionFolder,
  vision: SessionVision,
  frames: Frames,
): Promise<Result<FaceTrack, Failure>> {
  const track: FaceTrack = { boxes: [], liveScores: [], embeddings: [], looked: 0, crowded: 0 };
  const chosen = frames.filter((_, i) => i % LOCATE_EVERY === 0);
  const scoreEvery = Math.max(1, Math.floor(chosen.length / SCORED_FRAMES));
  for (const [i, { file }] of chosen.entries()) {
    const frame = await readFrame(folder, vision, file);
    if (!frame.ok) return frame;
    track.looked++;
    const found = await vision.locateFace(frame.value);
    if (!found) continue;
    track.boxes.push(found.box);
    if (found.faces > 1) track.crowded++;
    const looks = i % scoreEvery === 0 ? await vision.lookAt(frame.value) : null;
    if (!looks) continue;
    track.liveScores.push(looks.liveScore);
    track.embeddings.push(looks.embedding);
  }
  return ok(track);
}

/**
 * Judges a recorded light session as the kiosk would have: the face's place is the median of where it was found.
 * Fails when the folder or a frame can't be read; a session that decides nothing is `undecided`, not a failure.
 */
export async function replaySession(
  folder: SessionFolder,
  vision: SessionVision,
  limits?: LivenessLimits,
): Promise<Result<LivenessJudgement, Failure>> {
  const session = await readRecordedSession(folder);
  if (!session.ok) return session;
  const { challenge, display, frames } = session.value;
  if (challenge.kind !== 'light') return err(failure('request.invalid', `no judge for ${challenge.kind} challenges`));
  const track = await trackFace(folder, vision, frames);
  if (!track.ok) return track;
  const { boxes, liveScores, embeddings, looked, crowded } = track.value;
  const box = medianBox(boxes);
  const recording = createLightRecording();
  if (box) {
    for (const { file, capturedAtMs } of frames) {
      const frame = await readFrame(folder, vision, file);
      if (!frame.ok) return frame;
      recording.add({ ...frame.value, face: box, capturedAtMs });
    }
  }
  const evidence: LivenessEvidence = {
    light: box
      ? recording.judge(challenge, display)
      : { state: 'unmeasured', reason: 'capture.no-face', detail: `no face in ${looked} frames` },
    spoofMedian: median(liveScores),
    spoofFrames: liveScores.length,
    continuityMin: leastCosine(embeddings),
    faceLost: box !== null && looked - boxes.length > MAX_FACELESS_SHARE * looked,
    severalFaces: crowded > 1,
  };
  return ok(judgeLiveness(evidence, limits));
}
