import { CANONICAL_NORMALS, CANONICAL_POINTS, CANONICAL_VERTICES } from '../../shared/domain/canonical-face.ts';

/** Contours of the eyes, a blink's points: outer corner, lids, inner corner. */
export const EYE_POINTS: readonly (readonly number[])[] = [
  [33, 160, 158, 133, 153, 144],
  [362, 385, 387, 263, 373, 380],
];
const LIP_POINTS = [61, 291, 0, 17, 13, 14];
/** Temples and jaw, which face away from the screen. */
export const SIDE_POINTS: readonly number[] = [234, 454, 127, 356, 93, 323, 132, 361, 162, 389, 58, 288];

/** Points that face further away are seen at a grazing angle, or not at all. */
const MIN_NORMAL_Z = 0.35;
/** Eyes and brows, centimetres around an eye's middle; lips, centimetres beside and above the mouth's middle. */
const EYE_RADIUS_CM = 1.7;
const EYE_HEIGHT_FACTOR = 1.2;
const LIPS_HALF_WIDTH_CM = 3.2;
const LIPS_HALF_HEIGHT_CM = 1.5;

function middleOf(points: readonly number[]): readonly [number, number] {
  const mean = (axis: 0 | 1): number =>
    points.reduce((sum, point) => sum + CANONICAL_VERTICES[3 * point + axis]!, 0) / points.length;
  return [mean(0), mean(1)];
}

function isSkin(point: number): boolean {
  if (CANONICAL_NORMALS[3 * point + 2]! <= MIN_NORMAL_Z) return false;
  const x = CANONICAL_VERTICES[3 * point]!;
  const y = CANONICAL_VERTICES[3 * point + 1]!;
  for (const eye of EYE_POINTS) {
    const [eyeX, eyeY] = middleOf(eye);
    if (Math.hypot(x - eyeX, EYE_HEIGHT_FACTOR * (y - eyeY)) < EYE_RADIUS_CM) return false;
  }
  const [mouthX, mouthY] = middleOf(LIP_POINTS);
  return Math.abs(x - mouthX) >= LIPS_HALF_WIDTH_CM || Math.abs(y - mouthY) >= LIPS_HALF_HEIGHT_CM;
}

/** Mesh points on skin that neither moves nor hides: clear of eyes, brows and lips. */
export const SKIN_POINTS: readonly number[] = Array.from({ length: CANONICAL_POINTS }, (_, i) => i).filter(isSkin);
