import type { Frame } from '../../frame.ts';
import type { Homography } from './homography.ts';

/** Reduced more than this, several places of each pixel are averaged. */
const REDUCED = 1.35;
const MOST_PLACES = 4;

/**
 * Draws `width × height` pixels from where `map` puts them in a picture (edges at whole coordinates). Where the
 * picture is enlarged the filter is bicubic (Keys, a = -0.5), where it is reduced a mean of bilinear places. Outside
 * of the picture its last pixel is repeated.
 */
export function warped(picture: Frame, map: Homography, width: number, height: number): Frame {
  const reduced = Math.sqrt(areaScale(map, width, height));
  const rgb = new Uint8Array(width * height * 3);
  if (reduced < 0.95) drawCubic(picture, map, width, height, rgb);
  else
    drawMean(picture, map, { width, height, rgb }, reduced > REDUCED ? Math.min(MOST_PLACES, Math.ceil(reduced)) : 1);
  return { width, height, rgb };
}

/** Source pixels for one pixel of the result, in its middle. */
function areaScale(h: Homography, width: number, height: number): number {
  const [x, y] = [width / 2, height / 2];
  const w = h[6] * x + h[7] * y + 1;
  const u = (h[0] * x + h[1] * y + h[2]) / w;
  const v = (h[3] * x + h[4] * y + h[5]) / w;
  const [ux, uy] = [(h[0] - u * h[6]) / w, (h[1] - u * h[7]) / w];
  const [vx, vy] = [(h[3] - v * h[6]) / w, (h[4] - v * h[7]) / w];
  return Math.abs(ux * vy - uy * vx);
}

function drawMean(picture: Frame, h: Homography, to: Frame & { readonly rgb: Uint8Array }, places: number): void {
  const { width: pictureWidth, height: pictureHeight, rgb } = picture;
  const [lastX, lastY] = [pictureWidth - 1.001, pictureHeight - 1.001];
  const row = pictureWidth * 3;
  const share = 1 / (places * places);
  let at = 0;
  for (let y = 0; y < to.height; y++) {
    for (let x = 0; x < to.width; x++, at = (at + 3) | 0) {
      let [red, green, blue] = [0, 0, 0];
      for (let place = 0; place < places * places; place++) {
        const px = x + ((place % places) + 0.5) / places;
        const py = y + (((place / places) | 0) + 0.5) / places;
        const w = 1 / (h[6] * px + h[7] * py + 1);
        const u = Math.max(0, Math.min(lastX, (h[0] * px + h[1] * py + h[2]) * w - 0.5));
        const v = Math.max(0, Math.min(lastY, (h[3] * px + h[4] * py + h[5]) * w - 0.5));
        const [left, top] = [u | 0, v | 0];
        const [right, below] = [u - left, v - top];
        const [a, b, c, d] = [(1 - right) * (1 - below), right * (1 - below), (1 - right) * below, right * below];
        const i = (top * row + left * 3) | 0;
        const k = (i + row) | 0;
        red += a * rgb[i]! + b * rgb[(i + 3) | 0]! + c * rgb[k]! + d * rgb[(k + 3) | 0]!;
        green += a * rgb[(i + 1) | 0]! + b * rgb[(i + 4) | 0]! + c * rgb[(k + 1) | 0]! + d * rgb[(k + 4) | 0]!;
        blue += a * rgb[(i + 2) | 0]! + b * rgb[(i + 5) | 0]! + c * rgb[(k + 2) | 0]! + d * rgb[(k + 5) | 0]!;
      }
      to.rgb[at] = red * share + 0.5;
      to.rgb[(at + 1) | 0] = green * share + 0.5;
      to.rgb[(at + 2) | 0] = blue * share + 0.5;
    }
  }
}

/** Weights of the four pixels around a place, in steps of a 64th of a pixel. */
const STEPS = 64;
const WEIGHTS = Float64Array.from({ length: (STEPS + 1) * 4 }, (_, i) => {
  const distance = Math.abs(Math.floor(i / 4) / STEPS + 1 - (i % 4));
  return distance < 1
    ? 1.5 * distance ** 3 - 2.5 * distance ** 2 + 1
    : -0.5 * distance ** 3 + 2.5 * distance ** 2 - 4 * distance + 2;
});

function drawCubic({ width, height, rgb }: Frame, h: Homography, across: number, down: number, out: Uint8Array): void {
  const columns = new Int32Array(4);
  let at = 0;
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++, at = (at + 3) | 0) {
      const w = 1 / (h[6] * (x + 0.5) + h[7] * (y + 0.5) + 1);
      const u = Math.max(-1, Math.min(width, (h[0] * (x + 0.5) + h[1] * (y + 0.5) + h[2]) * w - 0.5));
      const v = Math.max(-1, Math.min(height, (h[3] * (x + 0.5) + h[4] * (y + 0.5) + h[5]) * w - 0.5));
      const [left, top] = [Math.floor(u), Math.floor(v)];
      const wx = (((u - left) * STEPS + 0.5) | 0) * 4;
      const wy = (((v - top) * STEPS + 0.5) | 0) * 4;
      for (let i = 0; i < 4; i++) columns[i] = Math.max(0, Math.min(width - 1, left + i - 1)) * 3;
      let [red, green, blue] = [0, 0, 0];
      for (let j = 0; j < 4; j++) {
        const row = Math.max(0, Math.min(height - 1, top + j - 1)) * width * 3;
        const weight = WEIGHTS[wy + j]!;
        for (let i = 0; i < 4; i++) {
          const share = weight * WEIGHTS[wx + i]!;
          const from = row + columns[i]!;
          red += share * rgb[from]!;
          green += share * rgb[from + 1]!;
          blue += share * rgb[from + 2]!;
        }
      }
      out[at] = clamped(red);
      out[at + 1] = clamped(green);
      out[at + 2] = clamped(blue);
    }
  }
}

function clamped(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : value + 0.5;
}
