import { CANONICAL_POINTS } from '../../shared/domain/canonical-face.ts';
import {
  CHIN,
  EARS,
  EYES,
  INNER_LOWER_LIP,
  INNER_UPPER_LIP,
  LOWER_LIP,
  MOUTH_CORNERS,
  STILL_LIPS,
} from './simulated-anatomy.ts';

/** Height of a mouth that is wide open, in widths of the mouth. */
const WIDE_OPEN = 0.62;
/** A jaw turns about the ears: what goes down goes back as well. */
const BACKWARD = 0.3;
/** The upper lip goes up a little. */
const UPWARD = 0.08;
/**
 * Lids meet this far below the mesh's lower edge, which runs a little too high, and leave the width of the lashes
 * between them; in heights of the eye.
 */
const LIDS_MEET = -0.4;
const LASHES = 0.25;
/** Between closed lids the lashes show, with this share of the light around them. */
const LASHES_LIGHT = 0.25;
/** The skin above a lid comes along by this share. */
const LID_SKIN = 0.7;
/** How far the photo's lid edges move onto the skin when lids close, so that no stretched eye is seen. */
const LID_PHOTO = { upper: 0.6, lower: 0.9 } as const;
/** A mouth that is open by this amount or more is dark inside. */
const DARK_MOUTH_FROM = 0.2;
const INSIDE_OF_MOUTH = 0.03;

function smooth(from: number, to: number, value: number): number {
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return share * share * (3 - 2 * share);
}

/** How far each point of a face follows its jaw, 0–1. `vertices` as of a frontal face, y up. */
export function jawWeights(vertices: Float32Array): Float32Array {
  const x = (point: number): number => vertices[3 * point]!;
  const y = (point: number): number => vertices[3 * point + 1]!;
  const [left, right] = MOUTH_CORNERS;
  const centreX = (x(left) + x(right)) / 2;
  const mouthY = (y(left) + y(right)) / 2;
  const halfMouth = Math.abs(x(right) - x(left)) / 2;
  const halfFace = Math.abs(x(EARS[1]) - x(EARS[0])) / 2;
  const lips = new Set([...INNER_LOWER_LIP, ...LOWER_LIP]);
  const still = new Set([...STILL_LIPS, ...INNER_UPPER_LIP]);
  return Float32Array.from({ length: CANONICAL_POINTS }, (_, point) => {
    if (still.has(point)) return 0;
    const aside = Math.abs(x(point) - centreX);
    if (lips.has(point)) return Math.max(0, 1 - (aside / halfMouth) ** 2) ** 0.7;
    const below = (mouthY - y(point)) / (mouthY - y(CHIN));
    return smooth(0, 0.35, below) * smooth(1, 0.25, aside / halfFace);
  });
}

/** Opens the mouth of a face by `amount`, 0–1, in place; x, y, z a point in metres, y up. */
export function openMouth(vertices: Float32Array, weights: Float32Array, amount: number): void {
  const [left, right] = MOUTH_CORNERS;
  const width = Math.hypot(
    vertices[3 * right]! - vertices[3 * left]!,
    vertices[3 * right + 1]! - vertices[3 * left + 1]!,
  );
  const drop = amount * WIDE_OPEN * width;
  weights.forEach((weight, point) => {
    vertices[3 * point + 1]! -= weight * drop;
    vertices[3 * point + 2]! -= weight * BACKWARD * drop;
  });
  for (const point of INNER_UPPER_LIP.slice(2, -2)) vertices[3 * point + 1]! += UPWARD * drop;
}

function move(values: Float32Array, size: number, point: number, towards: readonly number[], share: number): void {
  towards.forEach((target, axis) => {
    const at = size * point + axis;
    values[at]! += share * (target - values[at]!);
  });
}

function place(values: Float32Array, size: number, point: number): number[] {
  return [...values.subarray(size * point, size * (point + 1))];
}

/** What of the light around it is seen inside of a mouth that is open by `amount`, 0–1. */
export function insideOfMouth(amount: number): number {
  return 1 - (1 - INSIDE_OF_MOUTH) * smooth(0, DARK_MOUTH_FROM, amount);
}

/** What of the light around it is seen between lids that are closed by `amount`, 0–1. */
export function betweenLids(amount: number): number {
  return 1 - (1 - LASHES_LIGHT) * amount;
}

/**
 * Closes the eyes by `amount`, 0–1, in place: three numbers a point for the face's shape, two for its places in the
 * photo.
 */
export function closeEyes(vertices: Float32Array, photo: Float32Array, amount: number): void {
  if (amount <= 0) return;
  for (const { above, upper, lower, below } of EYES) {
    upper.forEach((edge, i) => {
      const [low, skin] = [lower[i]!, above[i]!];
      const [open, closed] = [place(vertices, 3, edge), place(vertices, 3, low)];
      const at = (share: number): number[] => closed.map((value, axis) => value + share * (open[axis]! - value));
      const dragged = place(vertices, 3, skin).map((value, axis) => value + at(LIDS_MEET)[axis]! - open[axis]!);
      move(vertices, 3, edge, at(LIDS_MEET + LASHES), amount);
      move(vertices, 3, low, at(LIDS_MEET), amount);
      move(vertices, 3, skin, dragged, LID_SKIN * amount);
      move(photo, 2, edge, place(photo, 2, skin), LID_PHOTO.upper * amount);
      move(photo, 2, low, place(photo, 2, below[i]!), LID_PHOTO.lower * amount);
    });
  }
}
