import type { PixelBox } from '../../shared/domain/liveness.ts';
import type { Frame } from './frame.ts';
import { fivePoints, type Landmarks } from './landmarks.ts';
import type { Sampler } from './resize.ts';
import { scaleOf, similarityBetween, warpInto, type Affine } from './warp.ts';

/** Side of an aligned face in pixels. */
export const ALIGNED_SIDE = 112;

/** Where the five points go: the ArcFace template for 112 × 112 pixels. */
const TEMPLATE = [38.2946, 51.6963, 73.5318, 51.5014, 56.0252, 71.7366, 41.5493, 92.3655, 70.7299, 92.2041];

/** Below this scale the frame is reduced first, because a bilinear warp would skip pixels. */
const REDUCE_BELOW = 0.67;

export interface FaceAligner {
  /** Draws what the map (a similarity) puts into a square of `side` pixels into `out`, interleaved RGB. */
  draw(frame: Frame, map: Affine, side: number, out: Float32Array): void;
  /** Draws the face upright into `out`, interleaved RGB of 112 × 112 pixels. */
  align(frame: Frame, landmarks: Landmarks, out: Float32Array): void;
  wipe(): void;
}

/**
 * Draws bilinear, what lies outside of the frame black. A frame that shrinks to less than 0.67 is reduced by `sampler`
 * first.
 */
export function createFaceAligner(sampler: Sampler): FaceAligner {
  let reduced = new Float32Array(0);
  const draw: FaceAligner['draw'] = (frame, map, side, out) => {
    const part = coveredPart(map, side, frame);
    const reduction = scaleOf(map) < REDUCE_BELOW ? scaleOf(map) : 1;
    const width = Math.max(1, Math.round(part.width * reduction));
    const height = Math.max(1, Math.round(part.height * reduction));
    if (reduced.length < width * height * 3) reduced = new Float32Array(width * height * 3);
    sampler.sample(frame, part, width, height, reduced);
    const fromReduced = onReduced(map, part, part.width / width, part.height / height);
    warpInto({ width, height, values: reduced }, fromReduced, side, out);
  };
  return {
    draw,
    align: (frame, landmarks, out) =>
      draw(frame, similarityBetween(fivePoints(landmarks), TEMPLATE), ALIGNED_SIDE, out),
    wipe: () => void reduced.fill(0),
  };
}

/** The part of the frame that lands inside the square, with a small margin. */
function coveredPart([a, b, c, d, e, f]: Affine, side: number, frame: Frame): PixelBox {
  const determinant = a * e - b * d;
  const xs: number[] = [];
  const ys: number[] = [];
  for (const [x, y] of [
    [0, 0],
    [side, 0],
    [0, side],
    [side, side],
  ] as const) {
    xs.push((e * (x - c) - b * (y - f)) / determinant);
    ys.push((-d * (x - c) + a * (y - f)) / determinant);
  }
  const margin = 4;
  const left = Math.max(0, Math.floor(Math.min(...xs)) - margin);
  const top = Math.max(0, Math.floor(Math.min(...ys)) - margin);
  const right = Math.min(frame.width, Math.ceil(Math.max(...xs)) + margin);
  const bottom = Math.min(frame.height, Math.ceil(Math.max(...ys)) + margin);
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/** The map for pixel centres of the reduced part instead of the frame's. */
function onReduced([a, b, c, d, e, f]: Affine, part: PixelBox, stepX: number, stepY: number): Affine {
  const originX = part.x + 0.5 * stepX - 0.5;
  const originY = part.y + 0.5 * stepY - 0.5;
  return [a * stepX, b * stepY, c + a * originX + b * originY, d * stepX, e * stepY, f + d * originX + e * originY];
}
