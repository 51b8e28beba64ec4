import type { PixelBox } from '../../shared/domain/liveness.ts';
import { squareAround, type Frame } from './frame.ts';
import type { LoadedModel } from './model-store.ts';
import type { Sampler } from './resize.ts';

/** 68 points in iBUG order as `x, y` pairs in pixels of the frame. */
export type Landmarks = Float32Array;

export const LANDMARK_COUNT = 68;

export interface LandmarkFinder {
  find(frame: Frame, face: PixelBox): Promise<Landmarks>;
  wipe(): void;
}

/**
 * For a model that gives 68 points as 0..1 of the square around the face. Calls must not overlap: it has one input
 * buffer.
 */
export function createLandmarkFinder(model: LoadedModel, sampler: Sampler): LandmarkFinder {
  return {
    find: async (frame, face) => {
      const square = squareAround(face, frame);
      sampler.fill(frame, square, model);
      const [relative] = await model.run();
      const points = new Float32Array(2 * LANDMARK_COUNT);
      for (let i = 0; i < LANDMARK_COUNT; i++) {
        points[2 * i] = square.x + relative![2 * i]! * square.width;
        points[2 * i + 1] = square.y + relative![2 * i + 1]! * square.height;
      }
      return points;
    },
    wipe: () => void model.tensor.fill(0),
  };
}

/** The iBUG points that each of the five alignment points is the mean of. Left and right are as seen in the image. */
const FIVE_POINTS = [[37, 38, 40, 41], [43, 44, 46, 47], [30], [48, 60], [54, 64]] as const;

/** Left eye, right eye, nose tip, left and right corner of the mouth (image sides), as ten `x, y` values. */
export function fivePoints(landmarks: Landmarks): Float32Array {
  const points = new Float32Array(10);
  FIVE_POINTS.forEach((indices, point) => {
    for (const index of indices) {
      points[2 * point] = points[2 * point]! + landmarks[2 * index]! / indices.length;
      points[2 * point + 1] = points[2 * point + 1]! + landmarks[2 * index + 1]! / indices.length;
    }
  });
  return points;
}

/** Distance of the two eye centres in pixels. */
export function interOcularPixels(five: Float32Array): number {
  return Math.hypot(five[2]! - five[0]!, five[3]! - five[1]!);
}

/** The angle by which the line between the eyes is turned; positive is clockwise in the image. */
export function rollRadians(five: Float32Array): number {
  return Math.atan2(five[3]! - five[1]!, five[2]! - five[0]!);
}
