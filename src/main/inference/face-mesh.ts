import type { PixelBox } from '../../shared/domain/liveness.ts';
import type { FaceAligner } from './face-aligner.ts';
import type { Frame } from './frame.ts';
import { fivePoints, rollRadians, type Landmarks } from './landmarks.ts';
import type { LoadedModel } from './model-store.ts';
import type { Sampler } from './resize.ts';
import { fillTensor } from './tensor.ts';
import type { Affine } from './warp.ts';

export const MESH_POINT_COUNT = 468;

/** MediaPipe's canonical face mesh on one face. */
export interface FaceMesh {
  /** 468 points as `x, y, z`: pixels of the frame, and depth in the same scale (smaller is nearer). */
  readonly points: Float32Array;
  /** Probability that a face is there, 0..1; falls when much of it is covered. */
  readonly presence: number;
}

export interface MeshFinder {
  find(frame: Frame, face: PixelBox, landmarks: Landmarks): Promise<FaceMesh>;
  /** @param roll the angle by which the face is turned, positive clockwise in the image. */
  findAt(frame: Frame, face: PixelBox, roll: number): Promise<FaceMesh>;
  wipe(): void;
}

/** The model was trained on squares half as large again as the face. */
const SURROUNDINGS = 1.5;

/** A head this upright is drawn as it is, which takes a fraction of the time of turning it. */
const UPRIGHT_RADIANS = (6 * Math.PI) / 180;

/**
 * For a model that gives the points in pixels of its input, then a logit of a face's presence. Calls must not overlap.
 *
 * @throws when the model's input isn't a square.
 */
export function createMeshFinder(model: LoadedModel, aligner: FaceAligner, sampler: Sampler): MeshFinder {
  const [, , height, side] = model.input.shape;
  if (height !== side) throw new Error(`the mesh model takes ${side}x${height} pixels, not a square`);
  const upright = new Float32Array(side * side * 3);
  const findAt: MeshFinder['findAt'] = async (frame, face, roll) => {
    const map = uprightMap(face, Math.abs(roll) < UPRIGHT_RADIANS ? 0 : roll, side);
    if (Math.abs(roll) < UPRIGHT_RADIANS) sampler.fill(frame, surroundingsOf(face), model);
    else {
      aligner.draw(frame, map, side, upright);
      fillTensor(upright, model.input, model.tensor);
    }
    const [points, logit] = await model.run();
    return { points: onFrame(points!, map), presence: 1 / (1 + Math.exp(-logit![0]!)) };
  };
  return {
    find: (frame, face, landmarks) => findAt(frame, face, rollRadians(fivePoints(landmarks))),
    findAt,
    wipe: () => {
      upright.fill(0);
      model.tensor.fill(0);
    },
  };
}

/** The face's square, enlarged; may reach over the edge of the frame. */
function surroundingsOf(face: PixelBox): PixelBox {
  const side = SURROUNDINGS * face.height;
  return {
    x: face.x + face.width / 2 - side / 2,
    y: face.y + face.height / 2 - side / 2,
    width: side,
    height: side,
  };
}

/** Maps the face's square, enlarged and turned by `-roll`, onto `side × side` pixels. */
function uprightMap(face: PixelBox, roll: number, side: number): Affine {
  const scale = side / (SURROUNDINGS * face.height);
  const cos = scale * Math.cos(roll);
  const sin = scale * Math.sin(roll);
  const x = face.x + face.width / 2;
  const y = face.y + face.height / 2;
  return [cos, sin, side / 2 - cos * x - sin * y, -sin, cos, side / 2 + sin * x - cos * y];
}

/** The mesh's points through the inverse of the map. */
function onFrame(mesh: Float32Array, [a, b, c, d, e, f]: Affine): Float32Array {
  const determinant = a * e - b * d;
  const scale = Math.sqrt(determinant);
  const points = new Float32Array(3 * MESH_POINT_COUNT);
  for (let i = 0; i < points.length; i += 3) {
    const x = mesh[i]! - c;
    const y = mesh[i + 1]! - f;
    points[i] = (e * x - b * y) / determinant;
    points[i + 1] = (a * y - d * x) / determinant;
    points[i + 2] = mesh[i + 2]! / scale;
  }
  return points;
}

/** The square around the mesh, from which the next frame's mesh can be found. */
export function boxOfMesh({ points }: FaceMesh): PixelBox {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 3) {
    left = Math.min(left, points[i]!);
    right = Math.max(right, points[i]!);
    top = Math.min(top, points[i + 1]!);
    bottom = Math.max(bottom, points[i + 1]!);
  }
  const side = Math.max(right - left, bottom - top);
  return { x: (left + right - side) / 2, y: (top + bottom - side) / 2, width: side, height: side };
}

/** Outer corners of the eyes; left and right as seen in the image. */
const EYE_CORNERS = [33, 263] as const;

/** The angle by which the line between the eyes is turned; positive is clockwise in the image. */
export function rollOfMesh({ points }: FaceMesh): number {
  const [left, right] = EYE_CORNERS;
  return Math.atan2(points[3 * right + 1]! - points[3 * left + 1]!, points[3 * right]! - points[3 * left]!);
}

/** Middle of the upper and of the lower lip on the inside, and the corners of the mouth. */
const UPPER_LIP = 13;
const LOWER_LIP = 14;
const MOUTH_CORNERS = [61, 291] as const;

/** Height over width of the mouth's opening: about 0 closed, over 0.4 wide open. */
export function mouthOpening({ points }: FaceMesh): number {
  const distance = (a: number, b: number): number =>
    Math.hypot(points[3 * a]! - points[3 * b]!, points[3 * a + 1]! - points[3 * b + 1]!);
  return distance(UPPER_LIP, LOWER_LIP) / Math.max(1, distance(...MOUTH_CORNERS));
}
