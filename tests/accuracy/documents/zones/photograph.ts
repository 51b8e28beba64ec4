import sharp from 'sharp';
import { fromRectangle } from '../../../../src/main/inference/documents/outline/homography.ts';
import type { Quad } from '../../../../src/main/inference/documents/contract.ts';
import type { Frame } from '../../../../src/main/inference/frame.ts';
import { seeded } from '../../liveness/seeded.ts';

export const ZONE_DEGRADATIONS = ['clean', 'moderate', 'hard'] as const;
export type ZoneDegradation = (typeof ZONE_DEGRADATIONS)[number];

interface Conditions {
  /** Pixels of the picture for a character's width. */
  readonly pitch: readonly [number, number];
  /** How far corners are moved, as a share of the page's width. */
  readonly perspective: number;
  readonly turnDegrees: number;
  /** Height of the bulge of the page, as a share of its width. */
  readonly bulge: number;
  /** Standard deviation in pixels. */
  readonly blur: readonly [number, number];
  readonly noise: number;
  readonly jpeg: readonly [number, number];
  /** How much darker the darkest corner is. */
  readonly shadow: number;
}

const CONDITIONS: Readonly<Record<ZoneDegradation, Conditions>> = {
  clean: { pitch: [20, 26], perspective: 0.01, turnDegrees: 1, bulge: 0, blur: [0.3, 0.5], noise: 1.5, jpeg: [92, 96], shadow: 0.1 },
  moderate: { pitch: [17, 24], perspective: 0.04, turnDegrees: 5, bulge: 0.006, blur: [0.5, 1.1], noise: 4, jpeg: [75, 90], shadow: 0.3 },
  hard: { pitch: [12, 17], perspective: 0.07, turnDegrees: 9, bulge: 0.012, blur: [0.9, 1.7], noise: 8, jpeg: [50, 75], shadow: 0.5 },
}; // prettier-ignore

/** Puts a page on a desk and takes its picture; the seed says how, `quarterTurns` which way round. */
export async function photograph(
  page: Frame,
  pageColumns: number,
  seed: number,
  degradation: ZoneDegradation,
  quarterTurns = 0,
): Promise<Frame> {
  const draw = seeded('zone photograph', degradation, seed);
  const { pitch, perspective, turnDegrees, bulge, blur, noise, jpeg, shadow } = CONDITIONS[degradation];
  const pageWidth = draw.between(pitch[0], pitch[1]) * pageColumns;
  const pageHeight = (pageWidth * page.height) / page.width;
  const [width, height] = [Math.round(pageWidth * 1.22), Math.round(pageHeight * 1.3)];
  const angle = (draw.between(-turnDegrees, turnDegrees) * Math.PI) / 180;
  const corner = (sx: number, sy: number): readonly [number, number] => {
    const [x, y] = [(sx * pageWidth) / 2, (sy * pageHeight) / 2];
    const shift = (): number => draw.between(-perspective, perspective) * pageWidth * 0.5;
    return [
      width / 2 + x * Math.cos(angle) - y * Math.sin(angle) + shift(),
      height / 2 + x * Math.sin(angle) + y * Math.cos(angle) + shift(),
    ];
  };
  const quad: Quad = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
  const bend = bulge * draw.between(-1, 1) * page.width;
  const light = { angle: draw.between(0, 2 * Math.PI), depth: shadow * draw.uniform() };
  const rgb = drawn(page, quad, { width, height }, bend, light, `${seed}`);
  let picture = sharp(rgb, { raw: { width, height, channels: 3 } }).blur(draw.between(blur[0], blur[1]));
  const blurred = await picture.raw().toBuffer();
  for (let i = 0; i < blurred.length; i++) {
    blurred[i] = Math.max(0, Math.min(255, Math.round(blurred[i]! + draw.normal(0, noise))));
  }
  picture = sharp(blurred, { raw: { width, height, channels: 3 } });
  const encoded = await picture
    .rotate(90 * quarterTurns)
    .jpeg({ quality: Math.round(draw.between(jpeg[0], jpeg[1])) })
    .toBuffer();
  const { data, info } = await sharp(encoded).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}

function drawn(
  page: Frame,
  quad: Quad,
  { width, height }: { readonly width: number; readonly height: number },
  bend: number,
  light: { readonly angle: number; readonly depth: number },
  seed: string,
): Uint8Array {
  const draw = seeded('zone desk', seed);
  const desk = [draw.between(40, 110), draw.between(40, 100), draw.between(30, 90)];
  const inverse = inverseOf(fromRectangle(page.width, page.height, quad));
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const w = inverse[6]! * x + inverse[7]! * y + inverse[8]!;
      const u = (inverse[0]! * x + inverse[1]! * y + inverse[2]!) / w;
      const v = (inverse[3]! * x + inverse[4]! * y + inverse[5]!) / w + bend * Math.sin((Math.PI * u) / page.width);
      const side = ((x / width - 0.5) * Math.cos(light.angle) + (y / height - 0.5) * Math.sin(light.angle)) / 0.7;
      const bright = 1 - light.depth * (0.5 + 0.5 * Math.max(-1, Math.min(1, side)));
      const inside = u >= 0 && v >= 0 && u < page.width - 1 && v < page.height - 1;
      for (let k = 0; k < 3; k++) rgb[3 * (y * width + x) + k] = bright * (inside ? bilinear(page, u, v, k) : desk[k]!);
    }
  }
  return rgb;
}

function bilinear({ width, rgb }: Frame, u: number, v: number, k: number): number {
  const [left, top] = [u | 0, v | 0];
  const at = 3 * (top * width + left) + k;
  const under = at + 3 * width;
  const upper = rgb[at]! + (rgb[at + 3]! - rgb[at]!) * (u - left);
  const lower = rgb[under]! + (rgb[under + 3]! - rgb[under]!) * (u - left);
  return upper + (lower - upper) * (v - top);
}

/** Of the 3 × 3 matrix with 1 in its last place; up to a factor. */
function inverseOf([a, b, c, d, e, f, g, h]: readonly number[]): readonly number[] {
  return [
    e! - f! * h!, c! * h! - b!, b! * f! - c! * e!,
    f! * g! - d!, a! - c! * g!, c! * d! - a! * f!,
    d! * h! - e! * g!, b! * g! - a! * h!, a! * e! - b! * d!,
  ]; // prettier-ignore
}
