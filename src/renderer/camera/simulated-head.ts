import { CANONICAL_POINTS, CANONICAL_TRIANGLES, vertexNormals } from '../../shared/domain/canonical-face.ts';
import { EARS, EYES, FACE_OVAL, INNER_LOWER_LIP, INNER_UPPER_LIP } from './simulated-anatomy.ts';
import { focalPixels, type Point, type SimulatedFace } from './simulated-face.ts';
import { betweenLids, closeEyes, insideOfMouth, jawWeights, openMouth } from './simulated-jaw.ts';
import { screenIrradiance, screenShine, skinIrradiance } from './simulated-light.ts';
import type { SimulatedPose } from './simulated-pose.ts';
import {
  clipPlace,
  projected,
  seenPoint,
  turned,
  VERTEX_LENGTH,
  type PicturePlane,
  type Surface,
} from './simulated-surface.ts';

/** Between the ears of a grown-up, metres: gives the distance from the camera. */
const FACE_WIDTH = 0.145;
/** A head turns about the top of the neck, below and behind the ears, metres. */
const NECK = { below: 0.02, behind: 0.015 } as const;
/** Of the screen's light, what reaches a wall a metre behind the person, and what the shoulders. */
const WALL_LIT = 0.1;
const SHOULDERS_LIT = 0.5;

/** One ring of points around the face: hair, ears and neck at first, then the room. */
interface Ring {
  /** Distance from the middle of the face, in those of its outline. */
  readonly reach: number;
  /** Further back than the outline, in widths of the face. */
  readonly behind: number;
  /** Share of the head's movement, and of that below the chin, where the neck is. */
  readonly follows: number;
  readonly neckFollows: number;
  /** Share of the room's light instead of the head's, at the sides and above. */
  readonly room: number;
  readonly roomAbove: number;
}

const RINGS: readonly Ring[] = [
  { reach: 1.1, behind: 0.14, follows: 1, neckFollows: 0.9, room: 0, roomAbove: 0 },
  { reach: 1.28, behind: 0.4, follows: 0.95, neckFollows: 0.45, room: 0.5, roomAbove: 0 },
  { reach: 1.55, behind: 0.6, follows: 0.6, neckFollows: 0.12, room: 1, roomAbove: 0.4 },
  { reach: 2.1, behind: 0.8, follows: 0.12, neckFollows: 0, room: 1, roomAbove: 1 },
  { reach: 3, behind: 1, follows: 0, neckFollows: 0, room: 1, roomAbove: 1 },
  { reach: 12, behind: 1, follows: 0, neckFollows: 0, room: 1, roomAbove: 1 },
];
const AROUND = FACE_OVAL.length;

function smooth(from: number, to: number, value: number): number {
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return share * share * (3 - 2 * share);
}

function ringTriangles(): number[] {
  const point = (ring: number, i: number): number =>
    ring < 0 ? FACE_OVAL[i % AROUND]! : CANONICAL_POINTS + ring * AROUND + (i % AROUND);
  return RINGS.flatMap((_, ring) =>
    FACE_OVAL.flatMap((__, i) => [
      ...[point(ring - 1, i), point(ring - 1, i + 1), point(ring, i)],
      ...[point(ring - 1, i + 1), point(ring, i + 1), point(ring, i)],
    ]),
  );
}

/** The edges of the mouth and of both eyes: what is seen within them isn't skin. */
const MOUTH: readonly number[] = [...INNER_UPPER_LIP, ...INNER_LOWER_LIP];
const EYE_OPENINGS = EYES.map(({ corners, upper, lower }) => [...corners, ...upper, ...lower]);
/** Points that are there a second time, to be seen in another light than the skin around them. */
const DOUBLED: readonly number[] = [...MOUTH, ...EYE_OPENINGS.flat()];
const FIRST_DOUBLED = CANONICAL_POINTS + RINGS.length * AROUND;
const FIRST_OF_EYES = MOUTH.length;

/** All triangles of the head with its surroundings: as it is shaped, and as it is drawn with the doubled points. */
function topology() {
  const shape: number[] = [];
  const drawn: number[] = [];
  const parts: readonly (readonly [points: readonly number[], first: number])[] = [
    [MOUTH, 0],
    ...EYE_OPENINGS.map((points) => [points, FIRST_OF_EYES] as const),
  ];
  for (let t = 0; t < CANONICAL_TRIANGLES.length; t += 3) {
    const triangle = [...CANONICAL_TRIANGLES.subarray(t, t + 3)];
    const part = parts.find(([points]) => triangle.every((point) => points.includes(point)));
    shape.push(...triangle);
    drawn.push(...(part ? triangle.map((point) => FIRST_DOUBLED + DOUBLED.indexOf(point, part[1])) : triangle));
  }
  const rings = ringTriangles();
  return { shape: Uint16Array.from([...shape, ...rings]), drawn: Uint16Array.from([...drawn, ...rings]) };
}

interface RestingHead {
  readonly plane: PicturePlane;
  /** Metres; the face's points and then the rings'. */
  readonly vertices: Float32Array;
  /** Pixels of the picture. */
  readonly pixels: Float32Array;
  readonly neck: Point;
  /** Share of the head's movement, share of the room's light, that light: three numbers a point. */
  readonly surroundings: Float32Array;
  readonly centreLit: number;
}

function restingHead(face: SimulatedFace): RestingHead {
  const { points, width, height } = face;
  const plane: PicturePlane = { width, height, focal: focalPixels(width) };
  const pixel = (point: number): [number, number, number] => [
    points[3 * point]!,
    points[3 * point + 1]!,
    points[3 * point + 2]!,
  ];
  const [right, left] = [pixel(EARS[0]), pixel(EARS[1])];
  const facePixels = Math.hypot(left[0] - right[0], left[1] - right[1], left[2] - right[2]);
  const distance = (plane.focal * FACE_WIDTH) / facePixels;
  const metres = FACE_WIDTH / facePixels;
  const earDepth = (left[2] + right[2]) / 2;
  const count = CANONICAL_POINTS + RINGS.length * AROUND;
  const vertices = new Float32Array(3 * count);
  const pixels = new Float32Array(2 * count);
  const surroundings = new Float32Array(3 * count);
  const put = (point: number, x: number, y: number, depth: number): void => {
    pixels.set([x, y], 2 * point);
    vertices.set(seenPoint(x, y, distance + (depth - earDepth) * metres, plane), 3 * point);
  };
  for (let point = 0; point < CANONICAL_POINTS; point++) put(point, ...pixel(point));
  surroundings.fill(0);
  for (let point = 0; point < CANONICAL_POINTS; point++) surroundings[3 * point] = 1;
  const oval = FACE_OVAL.map(pixel);
  const centreX = oval.reduce((sum, [x]) => sum + x, 0) / AROUND;
  const centreY = oval.reduce((sum, [, y]) => sum + y, 0) / AROUND;
  RINGS.forEach((ring, r) =>
    oval.forEach(([x, y, z], i) => {
      const point = CANONICAL_POINTS + r * AROUND + i;
      const reach = Math.hypot(x - centreX, y - centreY);
      const down = (y - centreY) / reach;
      put(
        point,
        centreX + ring.reach * (x - centreX),
        centreY + ring.reach * (y - centreY),
        z + ring.behind * facePixels,
      );
      const below = smooth(0.3, 0.75, down);
      const above = smooth(0.3, 0.75, -down);
      surroundings.set(
        [
          ring.follows + below * (ring.neckFollows - ring.follows),
          ring.room + above * (ring.roomAbove - ring.room),
          WALL_LIT + smooth(0.45, 0.7, down) * (SHOULDERS_LIT - WALL_LIT),
        ],
        3 * point,
      );
    }),
  );
  const ears = seenPoint((left[0] + right[0]) / 2, (left[1] + right[1]) / 2, distance, plane);
  const neck: Point = [ears[0], ears[1] - NECK.below, ears[2] - NECK.behind];
  const centre = seenPoint(centreX, centreY, distance - FACE_WIDTH / 3, plane);
  return { plane, vertices, pixels, neck, surroundings, centreLit: screenIrradiance(centre, [0, 0, 1]) };
}

/**
 * A living head, modelled from one photo and its mesh: it turns, sways, blinks and opens its mouth in three dimensions,
 * and its skin takes the screen's light by its own shape.
 *
 * @param poseAt how the head is held.
 */
export function createSimulatedHead(face: SimulatedFace, poseAt: (timeMs: number) => SimulatedPose): Surface {
  const rest = restingHead(face);
  const { plane, neck, surroundings } = rest;
  const { shape, drawn } = topology();
  const count = FIRST_DOUBLED + DOUBLED.length;
  const weights = jawWeights(rest.vertices);
  const modelled = rest.vertices.length / 3;
  const restPhoto = Float32Array.from(rest.pixels, (value, at) => value / (at % 2 === 0 ? plane.width : plane.height));
  const vertices = new Float32Array(rest.vertices.length);
  const photo = new Float32Array(restPhoto.length);
  const out = new Float32Array(VERTEX_LENGTH * count);
  const put = (point: number, normals: Float32Array): void => {
    const at = 3 * point;
    const seen: Point = [vertices[at]!, vertices[at + 1]!, vertices[at + 2]!];
    const normal: Point = [normals[at]!, normals[at + 1]!, normals[at + 2]!];
    const [follows, room, roomLit] = [surroundings[at]!, surroundings[at + 1]!, surroundings[at + 2]!];
    const [x, y] = projected(seen, plane);
    const [restX, restY] = [rest.pixels[2 * point]!, rest.pixels[2 * point + 1]!];
    const restZ = rest.vertices[at + 2]!;
    const headLit = room < 1 ? skinIrradiance(seen, normal) / rest.centreLit : 0;
    out.set(
      clipPlace(
        restX + follows * (x - restX),
        restY + follows * (y - restY),
        -(restZ + follows * (seen[2] - restZ)),
        plane,
      ),
      VERTEX_LENGTH * point,
    );
    out.set(
      [
        photo[2 * point]!,
        photo[2 * point + 1]!,
        headLit + room * (roomLit - headLit),
        point < CANONICAL_POINTS ? screenShine(seen, normal) : 0,
        1,
      ],
      VERTEX_LENGTH * point + 3,
    );
  };
  return {
    triangles: drawn,
    vertices: count,
    at(timeMs) {
      const pose = poseAt(timeMs);
      vertices.set(rest.vertices);
      photo.set(restPhoto);
      openMouth(vertices, weights, pose.mouthOpen);
      closeEyes(vertices, photo, pose.eyesClosed);
      for (let at = 0; at < vertices.length; at += 3) {
        const from: Point = [vertices[at]! - neck[0], vertices[at + 1]! - neck[1], vertices[at + 2]! - neck[2]];
        const [x, y, z] = turned(from, pose.yaw, pose.pitch, pose.roll);
        vertices.set([x + neck[0] + pose.shiftX, y + neck[1] - pose.shiftY, z + neck[2]], at);
      }
      const normals = vertexNormals(vertices, shape);
      for (let point = 0; point < modelled; point++) put(point, normals);
      DOUBLED.forEach((point, i) => {
        const from = VERTEX_LENGTH * point;
        const to = VERTEX_LENGTH * (FIRST_DOUBLED + i);
        out.copyWithin(to, from, from + VERTEX_LENGTH);
        out[to + VERTEX_LENGTH - 1] = i < FIRST_OF_EYES ? insideOfMouth(pose.mouthOpen) : betweenLids(pose.eyesClosed);
      });
      return out;
    },
  };
}
