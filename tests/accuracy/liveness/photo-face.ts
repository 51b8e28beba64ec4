import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { CANONICAL_POINTS, vertexNormals } from '../../../src/shared/domain/canonical-face.ts';
import type { FacePipeline } from '../../../src/main/inference/face-pipeline.ts';
import { LINEAR_OF_BYTE, luminanceOf } from '../../../src/shared/domain/linear-light.ts';
import { alignToCanonical } from './canonical-alignment.ts';
import { solveLeastSquares } from './least-squares.ts';
import type { Texture } from './texture.ts';

/** A face photo taken apart: colours, where the mesh's points are in them, and the shape that the mesh model sees. */
export interface PhotoFace {
  readonly person: string;
  readonly name: string;
  readonly texture: Texture;
  /** x, y a point, pixels of the texture. */
  readonly points: Float32Array;
  /** x, y, z a point in centimetres, turned to face z; axes of `CANONICAL_VERTICES`. */
  readonly shape: Float32Array;
  /** Factor for each point that takes out the photo's own lighting. */
  readonly unshade: Float32Array;
  /** Median colour of the skin, linear. */
  readonly skin: readonly [number, number, number];
}

/** The face is this wide in the texture, pixels: finer than any crop that is rendered. */
const FACE_PIXELS = 190;
/** More than this turned away, half of the face would be made up. */
const MAX_TURN_DEGREES = 22;

/** Forehead, cheeks, nose, chin: skin in nearly every picture. */
export const SKIN_POINTS: readonly number[] = [
  9, 151, 108, 337, 69, 299, 50, 280, 205, 425, 187, 411, 36, 266, 101, 330, 118, 347, 4, 5, 195, 197, 6, 168, 199, 200,
  175, 208, 428, 203, 423, 216, 436, 207, 427, 117, 346, 123, 352,
];

/** Null when the picture shows no face, or one turned away too far. */
export async function readPhotoFace(
  file: string,
  person: string,
  name: string,
  pipeline: FacePipeline,
): Promise<PhotoFace | null> {
  const bytes = await readFile(file);
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) return null;
  const frame = { width: info.width, height: info.height, rgb: new Uint8Array(data) };
  const [face] = await pipeline.detect(frame);
  if (!face) return null;
  const mesh = await pipeline.mesh(frame, await pipeline.locate(frame, face));
  const { shape, turnDegrees } = alignToCanonical(mesh.points);
  if (mesh.presence < 0.9 || turnDegrees > MAX_TURN_DEGREES) return null;
  const width = extentOf(mesh.points, 0);
  const scale = Math.min(1, FACE_PIXELS / width);
  const size = { width: Math.round(info.width * scale), height: Math.round(info.height * scale) };
  const small = await sharp(bytes)
    .removeAlpha()
    .toColourspace('srgb')
    .resize({ ...size, fit: 'fill' })
    .raw()
    .toBuffer();
  const texture: Texture = { ...size, rgb: Float32Array.from(small, (byte) => LINEAR_OF_BYTE[byte]!) };
  const points = new Float32Array(2 * CANONICAL_POINTS);
  for (let i = 0; i < CANONICAL_POINTS; i++) {
    points[2 * i] = mesh.points[3 * i]! * scale;
    points[2 * i + 1] = mesh.points[3 * i + 1]! * scale;
  }
  return { person, name, texture, points, shape, ...lightingOf(texture, points, mesh.points) };
}

function extentOf(points: Float32Array, axis: number): number {
  let low = Infinity;
  let high = -Infinity;
  for (let i = axis; i < points.length; i += 3) {
    low = Math.min(low, points[i]!);
    high = Math.max(high, points[i]!);
  }
  return high - low;
}

function colourAt({ width, height, rgb }: Texture, x: number, y: number): [number, number, number] {
  const column = Math.min(width - 1, Math.max(0, Math.floor(x)));
  const row = Math.min(height - 1, Math.max(0, Math.floor(y)));
  const at = 3 * (row * width + column);
  return [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!];
}

/** Fits the logarithm of the skin's brightness to the surface's direction, and so finds what the light did to it. */
function lightingOf(texture: Texture, points: Float32Array, mesh: Float32Array): Pick<PhotoFace, 'unshade' | 'skin'> {
  const facing = Float32Array.from(mesh, (value, i) => (i % 3 === 0 ? value : -value));
  const normals = vertexNormals(facing);
  const colours = SKIN_POINTS.map((i) => colourAt(texture, points[2 * i]!, points[2 * i + 1]!));
  const rows = SKIN_POINTS.map((i) => [1, normals[3 * i]!, normals[3 * i + 1]!, normals[3 * i + 2]!]);
  const [, x = 0, y = 0, z = 0] =
    solveLeastSquares(
      rows,
      colours.map((rgb) => Math.log(luminanceOf(rgb) + 1e-3)),
      0.05,
    ) ?? [];
  const unshade = Float32Array.from({ length: CANONICAL_POINTS }, (_, i) => {
    const shading = Math.exp(x * normals[3 * i]! + y * normals[3 * i + 1]! + z * (normals[3 * i + 2]! - 0.9));
    return Math.min(1.7, Math.max(0.6, 1 / shading));
  });
  const middle = (channel: 0 | 1 | 2): number =>
    colours.map((rgb) => rgb[channel]).sort((a, b) => a - b)[colours.length >> 1]!;
  return { unshade, skin: [middle(0), middle(1), middle(2)] };
}
