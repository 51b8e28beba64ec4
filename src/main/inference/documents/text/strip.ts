import type { Point, Quad } from '../contract.ts';
import type { Frame } from '../../frame.ts';

/** Maps `u, v` of the unit square to a picture: `x = (a·u + b·v + c) / (g·u + h·v + 1)`, `y` likewise. */
export interface UnitSquareMap {
  readonly x: readonly [a: number, b: number, c: number];
  readonly y: readonly [d: number, e: number, f: number];
  readonly w: readonly [g: number, h: number];
}

/** The perspective that takes the corners of the unit square (clockwise from 0, 0) to those of `quad` (Heckbert 1989). */
export function unitSquareTo(quad: Quad): UnitSquareMap {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = quad;
  const [sumX, sumY] = [x0 - x1 + x2 - x3, y0 - y1 + y2 - y3];
  const [dx1, dx2, dy1, dy2] = [x1 - x2, x3 - x2, y1 - y2, y3 - y2];
  const determinant = dx1 * dy2 - dx2 * dy1;
  const g = determinant === 0 ? 0 : (sumX * dy2 - dx2 * sumY) / determinant;
  const h = determinant === 0 ? 0 : (dx1 * sumY - sumX * dy1) / determinant;
  return {
    x: [x1 - x0 + g * x1, x3 - x0 + h * x3, x0],
    y: [y1 - y0 + g * y1, y3 - y0 + h * y3, y0],
    w: [g, h],
  };
}

/** Length and height of a line in pixels: the longer of the two opposite sides. */
export function sizeOfLine([a, b, c, d]: Quad): { readonly length: number; readonly height: number } {
  return { length: Math.max(distance(a, b), distance(d, c)), height: Math.max(distance(a, d), distance(b, c)) };
}

function distance([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot(bx - ax, by - ay);
}

/** The most samples along one side of a pixel that are averaged where a line is drawn smaller. */
const MOST_SAMPLES = 4;

/**
 * Cuts `quad` out of the picture and draws it upright, `width × height` pixels, into the left of a planar BGR tensor
 * whose rows are `rowLength` long: values −1..1, the rest of each row 0. What lies outside of the picture repeats its
 * edge.
 */
export function drawStrip(
  picture: Frame,
  quad: Quad,
  size: { readonly width: number; readonly height: number; readonly rowLength: number },
  out: Float32Array,
): void {
  const map = unitSquareTo(quad);
  const line = sizeOfLine(quad);
  const samples = (ratio: number): number => Math.max(1, Math.min(MOST_SAMPLES, Math.round(ratio)));
  const [across, down] = [samples(line.length / size.width), samples(line.height / size.height)];
  const plane = size.rowLength * size.height;
  out.fill(0, 0, 3 * plane);
  const colour = new Float32Array(3);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      colour.fill(0);
      for (let sy = 0; sy < down; sy++) {
        const v = (y + (sy + 0.5) / down) / size.height;
        for (let sx = 0; sx < across; sx++) addSample(picture, map, (x + (sx + 0.5) / across) / size.width, v, colour);
      }
      const at = y * size.rowLength + x;
      const scale = 1 / (across * down * 127.5);
      out[at] = colour[2]! * scale - 1;
      out[at + plane] = colour[1]! * scale - 1;
      out[at + 2 * plane] = colour[0]! * scale - 1;
    }
  }
}

/** Adds the bilinear red, green and blue at `u, v`. */
function addSample(
  { width, height, rgb }: Frame,
  { x: [a, b, c], y: [d, e, f], w: [g, h] }: UnitSquareMap,
  u: number,
  v: number,
  colour: Float32Array,
): void {
  const w = g * u + h * v + 1;
  const x = Math.max(0, Math.min(width - 1, (a * u + b * v + c) / w - 0.5));
  const y = Math.max(0, Math.min(height - 1, (d * u + e * v + f) / w - 0.5));
  const left = Math.min(width - 2, x | 0);
  const top = Math.min(height - 2, y | 0);
  const [right, below] = [x - left, y - top];
  const at = 3 * (top * width + left);
  const under = at + 3 * width;
  for (let k = 0; k < 3; k++) {
    const upper = rgb[at + k]! + (rgb[at + k + 3]! - rgb[at + k]!) * right;
    const lower = rgb[under + k]! + (rgb[under + k + 3]! - rgb[under + k]!) * right;
    colour[k] = colour[k]! + upper + (lower - upper) * below;
  }
}
