/** Forward affine map `x' = a·x + b·y + c`, `y' = d·x + e·y + f`. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** Interleaved red, green, blue values. */
export interface RgbPixels {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/**
 * The least-squares similarity (rotation, uniform scale, shift; no reflection) that maps `from` to `to`, after
 * Umeyama 1991 for two dimensions. Points are `x, y` pairs; both arrays have the same length.
 */
export function similarityBetween(from: ArrayLike<number>, to: ArrayLike<number>): Affine {
  const count = from.length / 2;
  let fromX = 0;
  let fromY = 0;
  let toX = 0;
  let toY = 0;
  for (let i = 0; i < count; i++) {
    fromX += from[2 * i]! / count;
    fromY += from[2 * i + 1]! / count;
    toX += to[2 * i]! / count;
    toY += to[2 * i + 1]! / count;
  }
  let dot = 0;
  let cross = 0;
  let spread = 0;
  for (let i = 0; i < count; i++) {
    const x = from[2 * i]! - fromX;
    const y = from[2 * i + 1]! - fromY;
    const u = to[2 * i]! - toX;
    const v = to[2 * i + 1]! - toY;
    dot += x * u + y * v;
    cross += x * v - y * u;
    spread += x * x + y * y;
  }
  const a = dot / spread;
  const b = cross / spread;
  return [a, -b, toX - a * fromX + b * fromY, b, a, toY - b * fromX - a * fromY];
}

/** The factor by which a similarity enlarges. */
export function scaleOf(map: Affine): number {
  return Math.hypot(map[0], map[3]);
}

/**
 * Draws `source` through the map into `size × size` pixels of `out` (interleaved), bilinear; pixels from outside of
 * the source are black, as in the training of the embedding models.
 */
export function warpInto(source: RgbPixels, map: Affine, size: number, out: Float32Array): void {
  const [a, b, c, d, e, f] = map;
  const determinant = a * e - b * d;
  const xPerX = e / determinant;
  const xPerY = -b / determinant;
  const yPerX = -d / determinant;
  const yPerY = a / determinant;
  const { values, width, height } = source;
  const row = (width * 3) | 0;
  const [lastLeft, lastTop] = [width - 2, height - 2];
  let at = 0;
  for (let y = 0; y < size; y++) {
    const startX = xPerY * (y - f) - xPerX * c;
    const startY = yPerY * (y - f) - yPerX * c;
    for (let x = 0; x < size; x++, at = (at + 3) | 0) {
      const fromX = startX + xPerX * x;
      const fromY = startY + yPerX * x;
      const left = fromX | 0;
      const top = fromY | 0;
      if (fromX < 0 || fromY < 0 || left > lastLeft || top > lastTop) {
        sampleAtEdge(source, fromX, fromY, out, at);
        continue;
      }
      const right = fromX - left;
      const below = fromY - top;
      const a = (Math.imul(top, row) + Math.imul(left, 3)) | 0;
      const b = (a + row) | 0;
      const upperRed = values[a]! + (values[(a + 3) | 0]! - values[a]!) * right;
      const lowerRed = values[b]! + (values[(b + 3) | 0]! - values[b]!) * right;
      const upperGreen = values[(a + 1) | 0]! + (values[(a + 4) | 0]! - values[(a + 1) | 0]!) * right;
      const lowerGreen = values[(b + 1) | 0]! + (values[(b + 4) | 0]! - values[(b + 1) | 0]!) * right;
      const upperBlue = values[(a + 2) | 0]! + (values[(a + 5) | 0]! - values[(a + 2) | 0]!) * right;
      const lowerBlue = values[(b + 2) | 0]! + (values[(b + 5) | 0]! - values[(b + 2) | 0]!) * right;
      out[at] = upperRed + (lowerRed - upperRed) * below;
      out[(at + 1) | 0] = upperGreen + (lowerGreen - upperGreen) * below;
      out[(at + 2) | 0] = upperBlue + (lowerBlue - upperBlue) * below;
    }
  }
}

function sampleAtEdge({ values, width, height }: RgbPixels, x: number, y: number, out: Float32Array, at: number): void {
  const left = Math.floor(x);
  const top = Math.floor(y);
  out.fill(0, at, at + 3);
  for (let corner = 0; corner < 4; corner++) {
    const px = left + (corner & 1);
    const py = top + (corner >> 1);
    if (px < 0 || py < 0 || px >= width || py >= height) continue;
    const weight = (1 - Math.abs(x - px)) * (1 - Math.abs(y - py));
    const from = (py * width + px) * 3;
    for (let k = 0; k < 3; k++) out[at + k] = out[at + k]! + weight * values[from + k]!;
  }
}
