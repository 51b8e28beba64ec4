import {
  CANONICAL_POINTS,
  CANONICAL_TRIANGLES,
  CANONICAL_VERTICES,
  vertexNormals,
} from '../../../src/shared/domain/canonical-face.ts';
import type { PhotoFace } from './photo-face.ts';
import { gridOf, NO_SCATTER, SKIN_SCATTER, type Material, type Part, type Subject } from './scene.ts';
import { seeded, type Seeded } from './seeded.ts';
import { neighboursOf } from './surface-light.ts';
import { flatTexture } from './texture.ts';
import { mapVector, type Vector3 } from './vector.ts';

/** A made-up person: one photo's features on a face of its own shape, skin and hair. */
export interface Identity {
  /** Unique among all. */
  readonly id: string;
  /** Whose photo it is: identities of one person never are in both halves of the corpus. */
  readonly person: string;
  readonly photo: PhotoFace;
  /** 0 the lightest, 1 the darkest. */
  readonly melanin: number;
  /** Reflectance of the skin per channel, linear. */
  readonly skin: Vector3;
  readonly hair: Vector3;
  readonly clothes: Vector3;
  /** Strength of the skin's mirror image. */
  readonly gloss: number;
  /** x, y, z a point, metres. */
  readonly shape: Float32Array;
}

const LIGHTEST: Vector3 = [0.52, 0.36, 0.28];
const DARKEST: Vector3 = [0.085, 0.045, 0.03];

const LEFT_EYE = [33, 133, 159, 145] as const;
const RIGHT_EYE = [362, 263, 386, 374] as const;

/** Smooth bumps of a millimetre or two, so that no two faces have the same relief. */
function addBumps(shape: Float32Array, random: Seeded): void {
  for (let bump = 0; bump < 10; bump++) {
    const centre = Math.floor(random.between(0, CANONICAL_POINTS));
    const [cx, cy] = [CANONICAL_VERTICES[3 * centre]!, CANONICAL_VERTICES[3 * centre + 1]!];
    const radius = random.between(1.5, 4);
    const lift = mapVector(() => random.normal(0, 0.12));
    for (let i = 0; i < CANONICAL_POINTS; i++) {
      const distance = Math.hypot(CANONICAL_VERTICES[3 * i]! - cx, CANONICAL_VERTICES[3 * i + 1]! - cy) / radius;
      const weight = Math.exp(-0.5 * distance * distance);
      for (const axis of [0, 1, 2] as const) shape[3 * i + axis]! += weight * lift[axis];
    }
  }
}

/** Between the canonical face and what the mesh model sees in the photo, with proportions of its own; metres. */
function shapeOf(photo: PhotoFace, random: Seeded): Float32Array {
  const share = random.between(0.3, 1);
  const proportions: Vector3 = [random.normal(1, 0.04), random.normal(1, 0.04), random.normal(1, 0.09)];
  const nose = random.normal(1, 0.12);
  const jaw = Math.max(0, random.normal(0, 0.15));
  const shape = new Float32Array(3 * CANONICAL_POINTS);
  for (let i = 0; i < CANONICAL_POINTS; i++) {
    const [x, y, z] = mapVector((axis) => {
      const canonical = CANONICAL_VERTICES[3 * i + axis]!;
      return canonical + share * (photo.shape[3 * i + axis]! - canonical);
    });
    const atNose = Math.exp(-((x / 1.2) ** 2) - ((y + 0.2) / 2.2) ** 2);
    const atJaw = Math.max(0, (-y - 4.2) / 4);
    shape[3 * i] = proportions[0] * x;
    shape[3 * i + 1] = proportions[1] * (y - jaw * atJaw);
    shape[3 * i + 2] = proportions[2] * (z + atNose * (nose - 1) * 2.4);
  }
  addBumps(shape, random);
  return shape.map((value) => value / 100);
}

/** Makes the `index`-th person of a photo. */
export function makeIdentity(photo: PhotoFace, index: number): Identity {
  const random = seeded('identity', photo.name, index);
  const melanin = random.uniform();
  const tint = random.between(0.9, 1.1);
  const dark = random.between(0.02, 0.08);
  const grey = random.chance(0.2) ? random.between(0.15, 0.4) : 0;
  const brightness = random.between(0.03, 0.5);
  return {
    id: `${photo.name}#${index}`,
    person: photo.person,
    photo,
    melanin,
    skin: mapVector((c) => tint * LIGHTEST[c] ** (1 - melanin) * DARKEST[c] ** melanin),
    hair: mapVector((c) => grey + dark * [1.2, 0.9, 0.7][c]!),
    clothes: mapVector(() => Math.min(0.9, Math.max(0.02, brightness * random.normal(1, 0.3)))),
    gloss: random.between(0.02, 0.06),
    shape: shapeOf(photo, random),
  };
}

/** A change of the face's material and shape: what turns a person into a mask of that person. */
export interface FaceFinish {
  readonly material: Material;
  readonly shape: Float32Array;
}

export function skinMaterial({ photo, skin, gloss }: Identity): Material {
  return {
    texture: photo.texture,
    gain: mapVector((c) => skin[c] / Math.max(photo.skin[c], 0.02)),
    scatter: SKIN_SCATTER,
    gloss,
    sharpness: 30,
    emission: null,
  };
}

export function plainMaterial(rgb: Vector3, scatter = NO_SCATTER): Material {
  return { texture: flatTexture(rgb), gain: [1, 1, 1], scatter, gloss: 0.01, sharpness: 20, emission: null };
}

/** The face's surface; `without` leaves out triangles with a point among the given. */
export function facePart(identity: Identity, finish: FaceFinish, without: ReadonlySet<number> = new Set()): Part {
  const triangles = withoutPoints(CANONICAL_TRIANGLES, without);
  return {
    positions: finish.shape,
    normals: vertexNormals(finish.shape),
    triangles,
    uv: identity.photo.points,
    neighbours: neighboursOf(CANONICAL_POINTS, CANONICAL_TRIANGLES),
    unshade: identity.photo.unshade,
    material: finish.material,
  };
}

function withoutPoints(triangles: Uint16Array, without: ReadonlySet<number>): Uint16Array {
  if (without.size === 0) return triangles;
  const kept: number[] = [];
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!];
    if (!corners.some((point) => without.has(point))) kept.push(...corners);
  }
  return Uint16Array.from(kept);
}

function solidPart(
  grid: { readonly positions: Float32Array; readonly triangles: Uint16Array },
  material: Material,
): Part {
  const { positions, triangles } = grid;
  const uv = new Float32Array((2 * positions.length) / 3);
  return { ...grid, normals: vertexNormals(positions, triangles), uv, neighbours: null, unshade: null, material };
}

/** Hair and ears (an ellipsoid behind the face), neck and shoulders. */
export function bodyParts({ skin, hair, clothes }: Identity): Part[] {
  const skull = (material: Material, from: number, to: number): Part =>
    solidPart(
      gridOf(15, 9, (across, down) => {
        const [turn, fall] = [Math.PI * (across - 0.5) * 0.98, Math.PI * (from + down * (to - from))];
        return [
          0.083 * Math.sin(turn) * Math.sin(fall),
          0.016 + 0.118 * Math.cos(fall),
          -0.052 + 0.09 * Math.cos(turn) * Math.sin(fall),
        ];
      }),
      material,
    );
  const neck = gridOf(9, 4, (across, down) => {
    const turn = Math.PI * (across - 0.5) * 0.98;
    return [0.056 * Math.sin(turn), -0.07 - 0.14 * down, -0.055 + 0.056 * Math.cos(turn)];
  });
  const shoulders = gridOf(9, 4, (across, down) => {
    const x = 0.44 * (across - 0.5);
    return [x, -0.155 - 0.9 * x * x - 0.2 * down, -0.07 - 0.8 * x * x + 0.05 * down];
  });
  const skinLike = plainMaterial(skin, SKIN_SCATTER);
  return [
    skull(plainMaterial(hair), 0.005, 0.5),
    skull(skinLike, 0.5, 0.9),
    solidPart(neck, skinLike),
    solidPart(shoulders, plainMaterial(clothes)),
  ];
}

export function eyeCentres(shape: Float32Array): readonly [Vector3, Vector3] {
  const centre = (points: readonly number[]): Vector3 =>
    mapVector((axis) => points.reduce((sum, i) => sum + shape[3 * i + axis]!, 0) / points.length);
  return [centre(LEFT_EYE), centre(RIGHT_EYE)];
}

/** The person with skin and shape of their own. */
export function personSubject(identity: Identity, finish?: FaceFinish): Subject {
  const own = finish ?? { material: skinMaterial(identity), shape: identity.shape };
  return {
    parts: [...bodyParts(identity), facePart(identity, own)],
    points: own.shape,
    relief: null,
    eyes: eyeCentres(own.shape),
  };
}
