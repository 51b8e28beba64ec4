import type { PixelBox } from '../../../src/shared/domain/liveness.ts';
import { project, type Pinhole } from './renderer.ts';
import type { Pose, Subject } from './scene.ts';
import type { Seeded } from './seeded.ts';
import { transformPoints } from './vector.ts';

/** The part of the picture that a kiosk sends, and where the face is in it. */
export interface Crop {
  readonly pinhole: Pinhole;
  readonly face: PixelBox;
}

/**
 * The detector's box over the mesh's: left, top, width and height as shares of the mesh's width and height. Median of
 * nine photos; from one to the next it moves by a few percent.
 */
const BOX_OF_MESH = { left: 0.03, top: -0.08, width: 0.93, height: 1.07, spread: 0.02 } as const;
/** As the kiosk cuts: src/renderer/camera/frame-sampler.ts. */
const CROP_WIDTH = 1.8;
const CROP_HEIGHT = 1.1;

/** Aims the camera at a subject as the kiosk's crop would: its longer side is `side` pixels. */
export function aimCrop(subject: Subject, pose: Pose, distance: number, side: number, random: Seeded): Crop {
  const box = detectedBox(subject, pose, distance, random);
  const scale = side / Math.max(CROP_WIDTH * box.width, CROP_HEIGHT * box.height);
  const left = box.x - ((CROP_WIDTH - 1) / 2) * box.width;
  const top = box.y - ((CROP_HEIGHT - 1) / 2) * box.height;
  const pinhole: Pinhole = {
    width: Math.round(CROP_WIDTH * box.width * scale),
    height: Math.round(CROP_HEIGHT * box.height * scale),
    centreX: -left * scale,
    centreY: -top * scale,
    focal: scale,
    distance,
  };
  const face = {
    x: (box.x - left) * scale,
    y: (box.y - top) * scale,
    width: box.width * scale,
    height: box.height * scale,
  };
  return { pinhole, face };
}

function detectedBox(subject: Subject, pose: Pose, distance: number, random: Seeded): PixelBox {
  const unit: Pinhole = { width: 1, height: 1, centreX: 0, centreY: 0, focal: 1, distance };
  const points = new Float32Array(subject.points.length);
  transformPoints(subject.points, points, pose.turn, pose.move);
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 3) {
    const [x, y] = project(unit, points[i]!, points[i + 1]!, points[i + 2]!);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const [width, height] = [right - left, bottom - top];
  const off = (): number => random.normal(0, BOX_OF_MESH.spread);
  return {
    x: left + (BOX_OF_MESH.left + off()) * width,
    y: top + (BOX_OF_MESH.top + off()) * height,
    width: (BOX_OF_MESH.width + off()) * width,
    height: (BOX_OF_MESH.height + off()) * height,
  };
}
