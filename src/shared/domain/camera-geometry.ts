import { z } from 'zod';
import { QUALITY_LIMITS, type QualityLimits } from './face-quality.ts';

/** Ranges of the three numbers; from a telephoto to a very wide lens, from a desk to a hall. */
export const CAMERA_GEOMETRY_RANGES = {
  horizontalFovDegrees: { min: 30, max: 140 },
  nearCm: { min: 15, max: 150 },
  farCm: { min: 30, max: 300 },
} as const;
/** People need some room to move. */
export const LEAST_DEPTH_CM = 15;

function within({ min, max }: { readonly min: number; readonly max: number }): z.ZodNumber {
  return z.number().min(min).max(max);
}

/** What a camera sees, and how far from it people stand. */
export const cameraGeometrySchema = z
  .strictObject({
    /** Across the whole width of the camera's picture. */
    horizontalFovDegrees: within(CAMERA_GEOMETRY_RANGES.horizontalFovDegrees),
    nearCm: within(CAMERA_GEOMETRY_RANGES.nearCm),
    farCm: within(CAMERA_GEOMETRY_RANGES.farCm),
  })
  .refine(({ nearCm, farCm }) => farCm - nearCm >= LEAST_DEPTH_CM, { path: ['farCm'] });
export type CameraGeometry = z.infer<typeof cameraGeometrySchema>;

/** A usual webcam; a counter's 40–80 cm with a hand's breadth to spare. */
export const DEFAULT_CAMERA_GEOMETRY: CameraGeometry = { horizontalFovDegrees: 70, nearCm: 35, farCm: 90 };

/**
 * Height of the detector's box on an adult face: 2.9, 3.0 and 3.2 times the distance of the eyes (medians of three people
 * in the test videos, looking ahead), which is 6.3 cm in adults (Dodgson 2004, doi:10.1117/12.529999).
 */
export const FACE_BOX_HEIGHT_CM = 20;

/** A face nearer than this doesn't fit into the picture. */
const LARGEST_SHARE = 0.9;
/** Between too far and too near there is always some room, whatever the lens. */
const LEAST_BAND = 0.1;

/**
 * Share of the picture's height that a face takes at a distance.
 *
 * @param aspect width over height of the picture.
 */
export function faceHeightShare(distanceCm: number, horizontalFovDegrees: number, aspect: number): number {
  const pictureWidthCm = 2 * distanceCm * Math.tan((horizontalFovDegrees * Math.PI) / 360);
  return (FACE_BOX_HEIGHT_CM * aspect) / pictureWidthCm;
}

/** The limits of too far and too near for a lens, within what can be judged at all. */
export function distanceLimits(geometry: CameraGeometry, aspect: number): QualityLimits {
  const { nearCm, farCm, horizontalFovDegrees } = geometry;
  const { min, max } = QUALITY_LIMITS['too-far'];
  const tooFar = Math.min(max, Math.max(min, faceHeightShare(farCm, horizontalFovDegrees, aspect)));
  const nearShare = Math.min(LARGEST_SHARE, faceHeightShare(nearCm, horizontalFovDegrees, aspect));
  return { 'too-far': tooFar, 'too-near': Math.max(tooFar + LEAST_BAND, nearShare) };
}
