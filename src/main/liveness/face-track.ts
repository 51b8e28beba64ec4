import type { PixelBox } from '../../shared/domain/liveness.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import { median } from './median.ts';
import type { SessionFolder } from './recorded-session.ts';
import { readFrame, type SessionVision } from './session-vision.ts';

/** The face is looked for in every so many frames, about eight times a second. */
const LOCATE_EVERY = 4;
/** Of those, this many are scored, spread over the session: what a kiosk scores during a challenge. */
const SCORED_FRAMES = 8;
export interface FaceTrack {
  readonly boxes: PixelBox[];
  readonly liveScores: number[];
  readonly embeddings: Float32Array[];
  looked: number;
  crowded: number;
}

/** Median of each side for itself; null without boxes. */
export function medianBox(boxes: readonly PixelBox[]): PixelBox | null {
  const x = median(boxes.map((box) => box.x));
  const y = median(boxes.map((box) => box.y));
  const width = median(boxes.map((box) => box.width));
  const height = median(boxes.map((box) => box.height));
  return x === null || y === null || width === null || height === null ? null : { x, y, width, height };
}

/** @param embeddings of unit length. @returns the least cosine of any two, −1–1; null for fewer than two. */
export function leastCosine(embeddings: readonly Float32Array[]): number | null {
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

/** Looks for the face in some of the frames and scores a few of them, spread over the session. */
export async function trackFace(
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
