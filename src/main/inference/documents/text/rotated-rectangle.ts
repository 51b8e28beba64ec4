import type { Point, Quad } from '../contract.ts';

/** A rectangle that may be turned: centre, half extents along and across, and the direction of `along` in radians. */
export interface RotatedRectangle {
  readonly centre: Point;
  readonly halfAlong: number;
  readonly halfAcross: number;
  readonly angle: number;
}

/** The convex hull of points that are sorted by x, then y (Andrew's monotone chain), counter-clockwise. */
export function convexHull(sorted: readonly Point[]): Point[] {
  if (sorted.length < 3) return [...sorted];
  const lower = chain(sorted);
  const upper = chain([...sorted].reverse());
  return [...lower.slice(0, -1), ...upper.slice(0, -1)];
}

function chain(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    while (kept.length >= 2 && turn(kept.at(-2)!, kept.at(-1)!, point) <= 0) kept.pop();
    kept.push(point);
  }
  return kept;
}

function turn([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}

/** The rectangle of the least area around a convex hull: one of its sides lies on a side of the hull. */
export function leastRectangle(hull: readonly Point[]): RotatedRectangle {
  let least: RotatedRectangle | null = null;
  let leastArea = Infinity;
  for (const [i, [x, y]] of hull.entries()) {
    const [nextX, nextY] = hull[(i + 1) % hull.length]!;
    const rectangle = rectangleAlong(hull, Math.atan2(nextY - y, nextX - x));
    const area = rectangle.halfAlong * rectangle.halfAcross;
    if (area < leastArea - 1e-9) [least, leastArea] = [rectangle, area];
  }
  return least ?? rectangleAlong(hull, 0);
}

function rectangleAlong(hull: readonly Point[], angle: number): RotatedRectangle {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  let [leastU, mostU, leastV, mostV] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x, y] of hull) {
    const u = x * cos + y * sin;
    const v = y * cos - x * sin;
    leastU = Math.min(leastU, u);
    mostU = Math.max(mostU, u);
    leastV = Math.min(leastV, v);
    mostV = Math.max(mostV, v);
  }
  const [u, v] = [(leastU + mostU) / 2, (leastV + mostV) / 2];
  return {
    centre: [u * cos - v * sin, u * sin + v * cos],
    halfAlong: (mostU - leastU) / 2,
    halfAcross: (mostV - leastV) / 2,
    angle,
  };
}

/** A line that is this much higher than wide is one that runs downwards. */
const DOWNWARD_RATIO = 1.5;

/**
 * The rectangle as a line of text: its direction within 45° of rightwards, or, where it is clearly higher than wide,
 * of downwards, which is how a line of a card that was turned clockwise runs.
 */
export function asLine({ centre, halfAlong, halfAcross, angle }: RotatedRectangle): RotatedRectangle {
  const quarters = Math.round(angle / (Math.PI / 2));
  const swapped = Math.abs(quarters) % 2 === 1;
  const [width, height] = swapped ? [halfAcross, halfAlong] : [halfAlong, halfAcross];
  const rightwards = angle - quarters * (Math.PI / 2);
  return height >= DOWNWARD_RATIO * width
    ? { centre, halfAlong: height, halfAcross: width, angle: rightwards + Math.PI / 2 }
    : { centre, halfAlong: width, halfAcross: height, angle: rightwards };
}

/** The corners, clockwise on the screen, from the one at the beginning and above. */
export function cornersOf({ centre: [x, y], halfAlong, halfAcross, angle }: RotatedRectangle): Quad {
  const along: Point = [Math.cos(angle) * halfAlong, Math.sin(angle) * halfAlong];
  const across: Point = [-Math.sin(angle) * halfAcross, Math.cos(angle) * halfAcross];
  return [
    [x - along[0] - across[0], y - along[1] - across[1]],
    [x + along[0] - across[0], y + along[1] - across[1]],
    [x + along[0] + across[0], y + along[1] + across[1]],
    [x - along[0] + across[0], y - along[1] + across[1]],
  ];
}
