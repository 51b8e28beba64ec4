import type { Point, TextRegion } from '../contract.ts';
import { asLine, convexHull, cornersOf, leastRectangle, type RotatedRectangle } from './rotated-rectangle.ts';

/** The detector's answer: the probability of text for each pixel, row by row. */
export interface TextMap {
  readonly width: number;
  readonly height: number;
  readonly probabilities: Float32Array;
}

/** Values of the models' authors: what counts as text, what a region has to have on average, and how far it grows. */
export const TEXT_MAP_LIMITS = { pixel: 0.3, region: 0.6, growth: 1.5, leastSide: 3, mostRegions: 1000 } as const;

/**
 * The regions of a map (DBNet): connected pixels of text, the least rectangle around them, grown by `area × 1.5 /
 * perimeter` on each side, because the detector learnt to find lines shrunk by as much. In pixels of the map, from top
 * to bottom.
 */
export function regionsOf(map: TextMap): TextRegion[] {
  const regions: TextRegion[] = [];
  for (const hull of hullsOf(map)) {
    const tight = leastRectangle(hull);
    if (2 * Math.min(tight.halfAlong, tight.halfAcross) < TEXT_MAP_LIMITS.leastSide) continue;
    const score = meanInside(map, tight);
    if (score < TEXT_MAP_LIMITS.region) continue;
    regions.push({ quad: cornersOf(asLine(grown(tight))), score });
    if (regions.length >= TEXT_MAP_LIMITS.mostRegions) break;
  }
  return regions.sort((a, b) => middleY(a) - middleY(b));
}

function middleY({ quad }: TextRegion): number {
  return quad.reduce((sum, [, y]) => sum + y / 4, 0);
}

function grown(rectangle: RotatedRectangle): RotatedRectangle {
  const { halfAlong, halfAcross } = rectangle;
  const by = (4 * halfAlong * halfAcross * TEXT_MAP_LIMITS.growth) / (4 * (halfAlong + halfAcross));
  return { ...rectangle, halfAlong: halfAlong + by, halfAcross: halfAcross + by };
}

/** The hull of each connected area, corners of pixels included. */
function* hullsOf({ width, height, probabilities }: TextMap): Generator<Point[]> {
  const seen = new Uint8Array(width * height);
  const stack: number[] = [];
  for (let start = 0; start < probabilities.length; start++) {
    if (seen[start] || probabilities[start]! <= TEXT_MAP_LIMITS.pixel) continue;
    const rows = new Map<number, [left: number, right: number]>();
    seen[start] = 1;
    stack.push(start);
    while (stack.length > 0) {
      const at = stack.pop()!;
      const y = (at / width) | 0;
      const x = at - y * width;
      const row = rows.get(y);
      if (!row) rows.set(y, [x, x]);
      else [row[0], row[1]] = [Math.min(row[0], x), Math.max(row[1], x)];
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const [nextX, nextY] = [x + dx, y + dy];
          if (nextX < 0 || nextY < 0 || nextX >= width || nextY >= height) continue;
          const next = nextY * width + nextX;
          if (seen[next] || probabilities[next]! <= TEXT_MAP_LIMITS.pixel) continue;
          seen[next] = 1;
          stack.push(next);
        }
      }
    }
    yield hullOfRows(rows);
  }
}

function hullOfRows(rows: ReadonlyMap<number, readonly [number, number]>): Point[] {
  const points: Point[] = [];
  for (const [y, [left, right]] of rows) {
    points.push([left, y], [left, y + 1], [right + 1, y], [right + 1, y + 1]);
  }
  return convexHull(points.sort((a, b) => a[0] - b[0] || a[1] - b[1]));
}

/** Mean of the probabilities of the pixels whose middle lies inside. */
function meanInside({ width, height, probabilities }: TextMap, rectangle: RotatedRectangle): number {
  const { centre, halfAlong, halfAcross, angle } = rectangle;
  const corners = cornersOf(rectangle);
  const top = Math.max(0, Math.floor(Math.min(...corners.map(([, y]) => y))));
  const bottom = Math.min(height, Math.ceil(Math.max(...corners.map(([, y]) => y))));
  const left = Math.max(0, Math.floor(Math.min(...corners.map(([x]) => x))));
  const right = Math.min(width, Math.ceil(Math.max(...corners.map(([x]) => x))));
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  let [sum, count] = [0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const [dx, dy] = [x + 0.5 - centre[0], y + 0.5 - centre[1]];
      if (Math.abs(dx * cos + dy * sin) > halfAlong || Math.abs(dy * cos - dx * sin) > halfAcross) continue;
      sum += probabilities[y * width + x]!;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}
