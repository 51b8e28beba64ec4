import { CARD_SIZES_MM, type CardSize, type Point, type Quad } from '../contract.ts';
import type { EdgeLine, Line } from './line-search.ts';
import { coverageOf, crossing, extentOf, pointOn } from './quads.ts';

/** Three sides of a card whose fourth lies outside of the picture. */
export interface OpenCard {
  /** Completed by the card's proportion; relative to the picture's middle. */
  readonly quad: Quad;
  readonly size: CardSize;
  /** Of the near side and the two that run out of the picture. */
  readonly support: readonly [number, number, number];
}

/** Without its fourth side a card has to show the other three better. */
const LEAST_SUPPORT = 0.6;
const LEAST_MEAN = 0.75;
/** Pixels before the picture's edge where a side that runs out has to be seen. */
const LAST_PIXELS = 14;
/** Part of the card that is in the picture. */
const LEAST_VISIBLE = 0.45;
const SHORTEST_SIDE = 0.2;
const LEAST_PARALLEL = 0.82;
const LEAST_CROSSING = 0.7;
/** Cosine of the steepest tilt. */
const LEAST_FACING = 0.64;
/** Focal length as a multiple of the picture's long side: a usual webcam. */
const FOCAL = 1;

type Vector = readonly [number, number, number];

/** Finds cards of which one whole side lies outside of the picture. */
export function findOpenCards(
  lines: readonly EdgeLine[],
  picture: { readonly width: number; readonly height: number },
  sizes: readonly CardSize[],
): OpenCard[] {
  const { width, height } = picture;
  const extents = lines.map((line) => extentOf(line, width, height));
  const shortest = SHORTEST_SIDE * Math.min(width, height);
  const found: OpenCard[] = [];
  const runsOut = (i: number, k: number, towards: 'from' | 'to'): number => {
    const [near, edge] = [crossing(lines[i]!, lines[k]!), extents[i]![towards]];
    const length = Math.abs(edge - near);
    const inPicture = near > extents[i]!.from && near < extents[i]!.to;
    if (!inPicture || length < shortest) return 0;
    const last = edge - Math.sign(edge - near) * LAST_PIXELS;
    if (coverageOf(lines[i]!, edge, last, extents[i]!).inside < 0.5) return 0;
    return coverageOf(lines[i]!, near, edge, extents[i]!).inside;
  };
  for (let k = 0; k < lines.length; k++) {
    const sides: { readonly line: number; readonly support: number; readonly towards: 'from' | 'to' }[] = [];
    for (let i = 0; i < lines.length; i++) {
      if (i === k || sine(lines[i]!, lines[k]!) < LEAST_CROSSING) continue;
      for (const towards of ['from', 'to'] as const) {
        const support = runsOut(i, k, towards);
        if (support >= LEAST_SUPPORT) sides.push({ line: i, support, towards });
      }
    }
    for (const [at, a] of sides.entries()) {
      for (const b of sides.slice(at + 1)) {
        const [i, j] = [lines[a.line]!, lines[b.line]!];
        const parallel = i.nx * j.nx + i.ny * j.ny;
        if (a.line === b.line || Math.abs(parallel) < LEAST_PARALLEL) continue;
        if ((a.towards === b.towards) !== parallel > 0) continue;
        const [from, to] = [crossing(lines[k]!, i), crossing(lines[k]!, j)];
        if (Math.abs(from - to) < shortest) continue;
        const { inside, beyond } = coverageOf(lines[k]!, from, to, extents[k]!);
        const near = inside * (1 - 0.75 * beyond);
        if (near < LEAST_SUPPORT || near + a.support + b.support < 3 * LEAST_MEAN) continue;
        for (const size of sizes) {
          for (const lying of [true, false]) {
            const quad = completed(i, j, lines[k]!, a.towards, { size, lying, picture });
            if (quad) found.push({ quad, size, support: [near, a.support, b.support] });
          }
        }
      }
    }
  }
  return found;
}

interface Completion {
  readonly size: CardSize;
  /** The side that is seen is a long one when the card stands across it. */
  readonly lying: boolean;
  readonly picture: { readonly width: number; readonly height: number };
}

/**
 * The fourth side from three: the sides' directions in space follow from the vanishing point of two of them and the
 * right angle to the third, the length from the card's proportion (Hartley and Zisserman, chapter 8.6).
 */
function completed(
  i: Line,
  j: Line,
  k: Line,
  towards: 'from' | 'to',
  { size, lying, picture }: Completion,
): Quad | null {
  const focal = FOCAL * Math.max(picture.width, picture.height);
  const plane = ({ nx, ny, distance }: Line): Vector => [nx * focal, ny * focal, -distance];
  const along = unit(product(plane(i), plane(j)));
  const across = unit(product(along, plane(k)));
  if (Math.abs(unit(product(along, across))[2]) < LEAST_FACING) return null;
  const nearPoint = pointOn(i, crossing(i, k));
  const otherPoint = pointOn(j, crossing(j, k));
  const a: Vector = [nearPoint[0] / focal, nearPoint[1] / focal, 1];
  const b: Vector = [otherPoint[0] / focal, otherPoint[1] / focal, 1];
  // The corner over there lies on its ray and on the side: a + t·across is parallel to b.
  const [u, v] = [product(a, b), product(across, b)];
  const t = -dot(u, v) / dot(v, v);
  const proportion = CARD_SIZES_MM[size].width / CARD_SIZES_MM[size].height;
  const length = Math.abs(t) * (lying ? proportion : 1 / proportion);
  const seen = pointOn(i, crossing(i, k) + (towards === 'to' ? 1 : -1));
  const ahead = project([a[0] + 0.01 * along[0], a[1] + 0.01 * along[1], a[2] + 0.01 * along[2]], focal);
  const sign =
    (ahead[0] - nearPoint[0]) * (seen[0] - nearPoint[0]) + (ahead[1] - nearPoint[1]) * (seen[1] - nearPoint[1]) > 0
      ? 1
      : -1;
  const far = (from: Vector): Point =>
    project(
      [from[0] + sign * length * along[0], from[1] + sign * length * along[1], from[2] + sign * length * along[2]],
      focal,
    );
  const corner: Vector = [a[0] + t * across[0], a[1] + t * across[1], a[2] + t * across[2]];
  const [farA, farB] = [far(a), far(corner)];
  const outside = [farA, farB].map(([x, y]) => Math.abs(x) > picture.width / 2 || Math.abs(y) > picture.height / 2);
  if (!outside[0] || !outside[1]) return null;
  if (
    visibleShare(nearPoint, farA, picture) < LEAST_VISIBLE ||
    visibleShare(otherPoint, farB, picture) < LEAST_VISIBLE
  ) {
    return null;
  }
  return [nearPoint, otherPoint, farB, farA];
}

/** Part of a side that lies in the picture, when it begins there. */
function visibleShare(near: Point, far: Point, { width, height }: { readonly width: number; readonly height: number }) {
  let share = 1;
  for (const [a, b, half] of [
    [near[0], far[0], width / 2],
    [near[1], far[1], height / 2],
  ] as const) {
    if (Math.abs(b) > half) share = Math.min(share, (Math.sign(b) * half - a) / (b - a));
  }
  return share;
}

function project([x, y, z]: Vector, focal: number): Point {
  const depth = Math.max(0.05, z);
  return [(focal * x) / depth, (focal * y) / depth];
}

function sine(a: Line, b: Line): number {
  return Math.abs(a.nx * b.ny - a.ny * b.nx);
}

function product(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function unit(v: Vector): Vector {
  const length = Math.hypot(v[0], v[1], v[2]) || 1;
  return [v[0] / length, v[1] / length, v[2] / length];
}
