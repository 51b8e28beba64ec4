import type { Point, Quad } from '../contract.ts';

/** A projective map in rows: `x' = (h0·x + h1·y + h2) / (h6·x + h7·y + 1)`, `y'` alike with h3..h5. */
export type Homography = readonly [number, number, number, number, number, number, number, number];

/** The map from a rectangle `0..width × 0..height` to four corners, clockwise from its upper left one (Heckbert 1989). */
export function fromRectangle(width: number, height: number, [a, b, c, d]: Quad): Homography {
  const sumX = a[0] - b[0] + c[0] - d[0];
  const sumY = a[1] - b[1] + c[1] - d[1];
  const [x1, y1] = [b[0] - c[0], b[1] - c[1]];
  const [x2, y2] = [d[0] - c[0], d[1] - c[1]];
  const determinant = x1 * y2 - x2 * y1;
  const g = (sumX * y2 - x2 * sumY) / determinant;
  const h = (x1 * sumY - sumX * y1) / determinant;
  return [
    (b[0] - a[0] + g * b[0]) / width,
    (d[0] - a[0] + h * d[0]) / height,
    a[0],
    (b[1] - a[1] + g * b[1]) / width,
    (d[1] - a[1] + h * d[1]) / height,
    a[1],
    g / width,
    h / height,
  ];
}

/** Euclidean, in the unit of the points. */
export function distanceBetween(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** Area, positive when the corners go clockwise in a picture (y downwards). */
export function areaOf(quad: Quad): number {
  let area = 0;
  for (let i = 0; i < 4; i++) {
    const [a, b] = [quad[i]!, quad[(i + 1) % 4]!];
    area += (a[0] * b[1] - a[1] * b[0]) / 2;
  }
  return area;
}

/** The same corners clockwise, beginning where the first side points to the right by less than 45°. */
export function clockwiseFromUpperLeft(quad: Quad): Quad {
  const turning = areaOf(quad) > 0 ? quad : ([quad[3], quad[2], quad[1], quad[0]] as const);
  let first = 0;
  let most = -Infinity;
  for (let i = 0; i < 4; i++) {
    const [a, b, c, d] = [turning[i]!, turning[(i + 1) % 4]!, turning[(i + 2) % 4]!, turning[(i + 3) % 4]!];
    const right = b[0] - a[0] + c[0] - d[0];
    const length = Math.hypot(right, b[1] - a[1] + c[1] - d[1]);
    if (right / length <= most) continue;
    most = right / length;
    first = i;
  }
  return [turning[first]!, turning[(first + 1) % 4]!, turning[(first + 2) % 4]!, turning[(first + 3) % 4]!];
}
