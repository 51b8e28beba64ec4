import type { Point, Quad } from '../contract.ts';
import type { EdgeLine, Line } from './line-search.ts';

/** Four lines that may be a card's sides, in order around it. Coordinates relative to the picture's middle. */
export interface Candidate {
  readonly sides: readonly [number, number, number, number];
  readonly quad: Quad;
  /** 0..1: how much of each side has an edge where it should be, less what goes on beyond the corners. */
  readonly support: readonly [number, number, number, number];
}

/** Share of a side at each end that is left out: corners are round (ISO/IEC 7810: 2.88 to 3.48 mm). */
const CORNER = 0.06;
/** How far beyond its corners a side is looked at, as a share of its length, after a gap in pixels. */
const BEYOND = 0.12;
const GAP = 3;
/** What goes on beyond both corners takes this share of a side's support. */
const BEYOND_COST = 0.5;
const LEAST_SIDE = 0.22;
const LEAST_MEAN = 0.5;
/** Cosine of 38°: lines at a larger angle can't be opposite sides. Sine of 40°: at a smaller one not neighbours. */
const LEAST_PARALLEL = 0.79;
const LEAST_CROSSING = 0.64;
/** Shortest side of a card, as a share of the picture's short side. */
const SHORTEST_SIDE = 0.11;
/** Part of a side that has to lie in the picture. */
const LEAST_VISIBLE = 0.5;
const MOST_CANDIDATES = 400;

/** Share of the edge line between two places that edges cover, and what they cover just beyond. */
export interface Coverage {
  readonly inside: number;
  readonly beyond: number;
}

/** How edges cover a line between two places along it; `from` may be greater than `to`. */
export function coverageOf(line: EdgeLine, from: number, to: number, extent: Extent): Coverage {
  const [low, high] = from < to ? [from, to] : [to, from];
  const length = high - low;
  const [a, b] = [Math.max(low, extent.from), Math.min(high, extent.to)];
  if (b - a < LEAST_VISIBLE * length) return { inside: 0, beyond: 0 };
  const trim = CORNER * length;
  const [c, d] = [Math.max(a, low + trim), Math.min(b, high - trim)];
  const inside = (countIn(line, c, d) / Math.max(1, d - c)) * Math.min(1, (b - a) / length + 0.2);
  const reach = Math.max(6, BEYOND * length);
  const before = countIn(line, low - GAP - reach, low - GAP) / reach;
  const after = countIn(line, high + GAP, high + GAP + reach) / reach;
  return { inside: Math.min(1, inside), beyond: (before + after) / 2 };
}

function countIn({ covered, start }: EdgeLine, from: number, to: number): number {
  const last = covered.length - 1;
  const a = Math.min(last, Math.max(0, Math.round(from - start)));
  const b = Math.min(last, Math.max(0, Math.round(to - start)));
  return b > a ? covered[b]! - covered[a]! : 0;
}

/** The part of a line that lies in the picture. */
export interface Extent {
  readonly from: number;
  readonly to: number;
}

export function extentOf({ nx, ny, distance }: Line, width: number, height: number): Extent {
  const [px, py] = [nx * distance, ny * distance];
  let [from, to] = [-1e4, 1e4];
  for (const [origin, direction, half] of [
    [px, -ny, width / 2],
    [py, nx, height / 2],
  ] as const) {
    if (Math.abs(direction) < 1e-6) continue;
    const [a, b] = [(-half - origin) / direction, (half - origin) / direction];
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
  }
  return { from, to };
}

/** Combinations of two pairs of lines whose sides are well supported between their corners, best first. */
export function findQuads(lines: readonly EdgeLine[], width: number, height: number): Candidate[] {
  const table = crossings(lines);
  const pairs = oppositePairs(lines, width, height);
  const extents = lines.map((line) => extentOf(line, width, height));
  const shortest = SHORTEST_SIDE * Math.min(width, height);
  const found: Candidate[] = [];
  const worth: number[] = [];
  const n = lines.length;
  const side = (i: number, j: number, k: number): number => {
    const [from, to] = [table[i * n + j]!, table[i * n + k]!];
    if (Math.abs(from - to) < shortest) return 0;
    const { inside, beyond } = coverageOf(lines[i]!, from, to, extents[i]!);
    return inside * (1 - BEYOND_COST * beyond);
  };
  // A side's support doesn't depend on the side opposite to it: once for each line and pair that crosses it.
  for (let p = 0; p < pairs.length; p++) {
    const [i, j] = pairs[p]!;
    for (let q = p + 1; q < pairs.length; q++) {
      const [k, l] = pairs[q]!;
      if (k === i || k === j || l === i || l === j) continue;
      if (!cross(lines[i]!, lines[k]!) || !cross(lines[j]!, lines[l]!)) continue;
      const a = side(i, k, l);
      if (a < LEAST_SIDE) continue;
      const b = side(j, k, l);
      if (b < LEAST_SIDE || a + b < 0.6) continue;
      const c = side(k, i, j);
      if (c < LEAST_SIDE) continue;
      const d = side(l, i, j);
      if (d < LEAST_SIDE || a + b + c + d < 4 * LEAST_MEAN) continue;
      const quad = [
        pointOn(lines[i]!, table[i * n + k]!),
        pointOn(lines[i]!, table[i * n + l]!),
        pointOn(lines[j]!, table[j * n + l]!),
        pointOn(lines[j]!, table[j * n + k]!),
      ] as const;
      if (!isConvex(quad)) continue;
      found.push({ sides: [i, l, j, k], quad, support: [a, d, b, c] });
      worth.push(a + b + c + d);
    }
  }
  if (found.length <= MOST_CANDIDATES) return found;
  const order = worth.map((_, i) => i).sort((x, y) => worth[y]! - worth[x]!);
  return order.slice(0, MOST_CANDIDATES).map((i) => found[i]!);
}

/** Place along line `i` where line `k` crosses it. */
function crossings(lines: readonly Line[]): Float32Array {
  const n = lines.length;
  const table = new Float32Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) table[i * n + k] = crossing(lines[i]!, lines[k]!);
  }
  return table;
}

/** Place along `a` where `b` crosses it; far away where they are parallel. */
export function crossing(a: Line, b: Line): number {
  const across = a.nx * b.ny - a.ny * b.nx;
  if (Math.abs(across) < 1e-6) return 1e6;
  return (b.distance - a.distance * (a.nx * b.nx + a.ny * b.ny)) / across;
}

export function pointOn({ nx, ny, distance }: Line, place: number): Point {
  return [nx * distance - ny * place, ny * distance + nx * place];
}

function oppositePairs(lines: readonly Line[], width: number, height: number): (readonly [number, number])[] {
  const least = SHORTEST_SIDE * Math.min(width, height);
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0; i < lines.length; i++) {
    for (let j = i + 1; j < lines.length; j++) {
      const [a, b] = [lines[i]!, lines[j]!];
      const parallel = a.nx * b.nx + a.ny * b.ny;
      if (Math.abs(parallel) < LEAST_PARALLEL) continue;
      const apart = Math.abs(a.distance - Math.sign(parallel) * b.distance);
      if (apart < least && Math.abs(parallel) > 0.996) continue;
      pairs.push([i, j]);
    }
  }
  return pairs;
}

function cross(a: Line, b: Line): boolean {
  return Math.abs(a.nx * b.ny - a.ny * b.nx) >= LEAST_CROSSING;
}

function isConvex(quad: Quad): boolean {
  let sign = 0;
  for (let i = 0; i < 4; i++) {
    const [a, b, c] = [quad[i]!, quad[(i + 1) % 4]!, quad[(i + 2) % 4]!];
    const turn = Math.sign((b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]));
    if (turn === 0 || (sign !== 0 && turn !== sign)) return false;
    sign = turn;
  }
  return true;
}
