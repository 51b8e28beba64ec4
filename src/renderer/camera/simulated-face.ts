import { z } from 'zod';
import { CANONICAL_POINTS } from '../../shared/domain/canonical-face.ts';

/** A picture of a face and its mesh: `x, y, z` a point in the picture's pixels, depth in the same scale, smaller is nearer. */
export const simulatedFaceSchema = z.strictObject({
  version: z.literal(1),
  width: z.int().positive().max(4_096),
  height: z.int().positive().max(4_096),
  points: z
    .array(z.number().min(-8_192).max(8_192))
    .length(3 * CANONICAL_POINTS)
    .readonly(),
});
export type SimulatedFace = z.infer<typeof simulatedFaceSchema>;

/** How the pictures of a usual webcam come about: horizontal field of view of 60 degrees. */
const FIELD_OF_VIEW = Math.PI / 3;

/** Pixels per unit of the angle's tangent. */
export function focalPixels(width: number): number {
  return width / 2 / Math.tan(FIELD_OF_VIEW / 2);
}

/** Metres, the camera at 0, 0, 0: x to the right of the picture, y up, z towards the camera; what is seen has z < 0. */
export type Point = readonly [x: number, y: number, z: number];
