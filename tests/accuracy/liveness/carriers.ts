import { CANONICAL_POINTS, CANONICAL_TRIANGLES, vertexNormals } from '../../../src/shared/domain/canonical-face.ts';
import { bodyParts, eyeCentres, facePart, plainMaterial, skinMaterial, type Identity } from './person.ts';
import type { Picture } from './picture.ts';
import { gridOf, NO_SCATTER, type Material, type Part, type Subject } from './scene.ts';
import { neighboursOf } from './surface-light.ts';
import type { Texture } from './texture.ts';
import type { Vector3 } from './vector.ts';

/** How a picture is bent: depth in metres at a place in metres from its middle. */
export type Bend = (x: number, y: number) => number;

export const FLAT: Bend = () => 0;

/** A picture on paper or on a screen of a size. */
export interface CarrierSize {
  /** Metres of the carrier for a metre in the picture: 1 shows the face as large as life. */
  readonly scale: number;
  /** Metres; what of the picture doesn't fit is cut off, what it doesn't fill is left blank. */
  readonly width: number;
  readonly height: number;
}

const GRID = 21;

/** The carrier's surface with the picture's face in its middle. */
export function carrierSubject(
  picture: Picture,
  { scale, width, height }: CarrierSize,
  bend: Bend,
  material: Material,
): Subject {
  const metresPerPixel = scale / picture.scale;
  const [cx, cy] = [picture.width / 2, picture.height / 2 - 10];
  const place = (u: number, v: number): Vector3 => {
    const [x, y] = [(u - cx) * metresPerPixel, -(v - cy) * metresPerPixel];
    return [x, y, bend(x, y)];
  };
  const [columns, rows] = [width / metresPerPixel, height / metresPerPixel];
  const corner = (across: number, down: number): readonly [number, number] => [
    cx + (across - 0.5) * columns,
    cy + (down - 0.5) * rows,
  ];
  const { positions, triangles } = gridOf(GRID, GRID, (across, down) => place(...corner(across, down)));
  const uv = new Float32Array(2 * GRID * GRID);
  for (let i = 0; i < GRID * GRID; i++) {
    uv.set(corner((i % GRID) / (GRID - 1), Math.floor(i / GRID) / (GRID - 1)), 2 * i);
  }
  const sheet: Part = {
    positions,
    normals: vertexNormals(positions, triangles),
    triangles,
    uv,
    neighbours: null,
    unshade: null,
    material,
  };
  const points = new Float32Array(3 * CANONICAL_POINTS);
  const relief = new Float32Array(CANONICAL_POINTS);
  for (let i = 0; i < CANONICAL_POINTS; i++) {
    points.set(place(picture.points[3 * i]!, picture.points[3 * i + 1]!), 3 * i);
    relief[i] = -picture.points[3 * i + 2]! * metresPerPixel;
  }
  return { parts: [sheet], points, relief, eyes: null };
}

/** Ink on paper reflects between these shares of the light, whatever the picture. */
const PAPER = { black: 0.035, white: 0.82 };

export function printed(picture: Picture, ink: Vector3, contrast: number, gloss: number): Material {
  const { width, height, rgb } = picture.steady;
  const texture: Texture = {
    width,
    height,
    rgb: rgb.map((value, i) => PAPER.black + PAPER.white * ink[(i % 3) as 0 | 1 | 2] * value ** contrast),
  };
  return { texture, gain: [1, 1, 1], scatter: NO_SCATTER, gloss, sharpness: 60, emission: null };
}

export interface ScreenLook {
  /** Of its white, cd/m². */
  readonly luminance: number;
  /** Share of light that the glass scatters, and that it mirrors. */
  readonly haze: number;
  readonly mirror: number;
  readonly sharpness: number;
}

/**
 * A screen that shows the picture: `steady` of its light never changes and `driven` follows another light.
 */
export function emissive(
  picture: Picture,
  look: ScreenLook,
  shares: { steady: number; driven: 'relit' | number },
): Material {
  // Lux that a white paper of reflectance 1 would need to look as bright.
  const lux = Math.PI * look.luminance;
  const { width, height } = picture;
  const scaled = ({ rgb }: Texture, factor: number): Texture => ({
    width,
    height,
    rgb: rgb.map((value) => value * factor * lux),
  });
  const driven = shares.driven === 'relit' ? scaled(picture.driven, 1) : scaled(picture.steady, shares.driven);
  return {
    ...plainMaterial([look.haze, look.haze, look.haze]),
    gloss: look.mirror,
    sharpness: look.sharpness,
    emission: { steady: scaled(picture.steady, shares.steady), driven },
  };
}

/** Points around both eyes, with the lids: what a mask leaves open. */
const EYE_HOLES: ReadonlySet<number> = new Set([
  7, 22, 23, 24, 25, 26, 33, 56, 110, 112, 130, 133, 144, 145, 153, 154, 155, 157, 158, 159, 160, 161, 163, 173, 190,
  243, 246, 247, 27, 28, 29, 30, 249, 252, 253, 254, 255, 256, 257, 258, 259, 260, 263, 286, 339, 341, 359, 362, 373,
  374, 380, 381, 382, 384, 385, 386, 387, 388, 390, 398, 414, 463, 466, 467,
]);

/** A sheet lies on the nose: all else of the face is this far behind it. */
const NOSE_DEPTH_M = 0.03;

function movedBack(positions: Float32Array): Float32Array {
  return positions.map((value, i) => (i % 3 === 2 ? value - NOSE_DEPTH_M : value));
}

/** Averages a shape over its neighbours until only its large curvature is left. */
function smoothed(shape: Float32Array, rounds: number): Float32Array {
  const neighbours = neighboursOf(CANONICAL_POINTS, CANONICAL_TRIANGLES);
  let from = shape.slice();
  for (let round = 0; round < rounds; round++) {
    const to = from.slice();
    neighbours.forEach((near, i) => {
      if (near.length === 0) return;
      for (let axis = 0; axis < 3; axis++) {
        let sum = 0;
        for (const j of near) sum += from[3 * j + axis]!;
        to[3 * i + axis] = (from[3 * i + axis]! + sum / near.length) / 2;
      }
    });
    from = to;
  }
  return from;
}

/** How a mask's sheet comes near to the face's own depth: everywhere, and at a nose that is folded out; shares. */
export interface MaskRelief {
  readonly everywhere: number;
  readonly nose: number;
}

/**
 * A printed face worn over a real one, with holes for the eyes. Only its depth differs from the face's: bent around
 * the head like a sheet.
 */
export function maskSubject(wearer: Identity, printedSkin: Material, relief: MaskRelief): Subject {
  const round = smoothed(wearer.shape, 60);
  const sheet = Float32Array.from(wearer.shape, (value, i) => {
    if (i % 3 !== 2) return value;
    const [x, y] = [wearer.shape[i - 2]!, wearer.shape[i - 1]!];
    const bent = sheetDepth(x, y, round);
    const atNose = Math.exp(-0.5 * ((x / 0.014) ** 2 + ((y - 0.002) / 0.024) ** 2));
    return bent + (relief.everywhere + relief.nose * atNose) * (value - bent);
  });
  const behind = movedBack(wearer.shape);
  return {
    parts: [
      ...bodyParts(wearer).map((part) => ({ ...part, positions: movedBack(part.positions) })),
      facePart(wearer, { material: skinMaterial(wearer), shape: behind }),
      { ...facePart(wearer, { material: printedSkin, shape: sheet }, EYE_HOLES), neighbours: null },
    ],
    points: sheet,
    relief: Float32Array.from({ length: CANONICAL_POINTS }, (_, i) => wearer.shape[3 * i + 2]!),
    eyes: eyeCentres(behind),
  };
}

/** Depth of a sheet bent around the head: a parabola through the smoothed face's middle and sides. */
function sheetDepth(x: number, y: number, round: Float32Array): number {
  const middle = round[3 * 6 + 2]!;
  const side = (round[3 * 234 + 2]! + round[3 * 454 + 2]!) / 2;
  const halfWidth = (round[3 * 454]! - round[3 * 234]!) / 2;
  const across = Math.min(1.1, Math.abs(x) / halfWidth);
  return middle - (middle - side) * across * across - 1.2 * Math.max(0, Math.abs(y) - 0.05) ** 2;
}
