import type { Point, Quad } from '../contract.ts';
import type { EdgeLine, Line } from './line-search.ts';

/** Four lines that may be a card's sides. Coordinates relative to the picture's middle. */
export interface Candidate {
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
const BEYOND_COST = 0.55;
const LEAST_SIDE = 0.22;
const LEAST_MEAN = 0.5;
/** Cosine of 38°: lines at a larger angle can't be opposite sides. Sine of 40°: at a smaller one not neighbours. */
const LEAST_PARALLEL = 0.79;
const LEAST_CROSSING = 0.64;
/** Shortest side of a card, as a share of the picture's short side. */
const SHORTEST_SIDE = 0.11;
/** Part of a side that has to lie in the picture. */
const LEAST_VISIBLE = 0.15;
const MOST_CANDIDATES = 1_200;

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
  const inside = (countIn(line, c, d) / Math.max(1, d - c)) * Math.min(1, (b - a) / length + 0.45);
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

/**
 * Where a line enters and leaves a picture: pixels along it from its point nearest to the picture's middle. `from` is
 * greater than `to` where it passes the picture by.
 */
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

/** Combinations of two pairs of lines whose sides are well supported between their corners; the best where there are many. */
export function findQuads(lines: readonly EdgeLine[], width: number, height: number): Candidate[] {
  const n = lines.length;
  const table = crossings(lines);
  const pairs = oppositePairs(lines, width, height);
  const support = supportBetween(lines, pairs, table, width, height);
  const first = Int16Array.from(pairs, ([i]) => i);
  const second = Int16Array.from(pairs, ([, j]) => j);
  const found: number[] = [];
  const worths: number[] = [];
  for (let p = 0; p < pairs.length; p++) {
    const i = first[p]!;
    const j = second[p]!;
    const own = p * n;
    for (let q = p + 1; q < pairs.length; q++) {
      const a = support[q * n + i]!;
      if (a === 0) continue;
      const b = support[q * n + j]!;
      if (b === 0) continue;
      const c = support[own + first[q]!]!;
      const d = support[own + second[q]!]!;
      const worth = a + b + c + d;
      if (c === 0 || d === 0 || worth < 4 * LEAST_MEAN) continue;
      found.push(p * pairs.length + q);
      worths.push(worth);
    }
  }
  const limit = worths.length > MOST_CANDIDATES ? worths.toSorted((x, y) => y - x)[MOST_CANDIDATES]! : 0;
  const candidates: Candidate[] = [];
  for (const [at, both] of found.entries()) {
    if (worths[at]! < limit) continue;
    const q = both % pairs.length;
    const p = (both - q) / pairs.length;
    const [[i, j], [k, l]] = [pairs[p]!, pairs[q]!];
    const quad = [
      pointOn(lines[i]!, table[i * n + k]!),
      pointOn(lines[i]!, table[i * n + l]!),
      pointOn(lines[j]!, table[j * n + l]!),
      pointOn(lines[j]!, table[j * n + k]!),
    ] as const;
    if (!isConvex(quad)) continue;
    const [a, b] = [support[q * n + i]!, support[q * n + j]!];
    candidates.push({ quad, support: [a, support[p * n + l]!, b, support[p * n + k]!] });
  }
  return candidates;
}

/** Support of every line between every pair of lines that cross it: row by pair, column by line; 0 where it is too little. */
function supportBetween(
  lines: readonly EdgeLine[],
  pairs: readonly (readonly [number, number])[],
  table: Float32Array,
  width: number,
  height: number,
): Float32Array {
  const n = lines.length;
  const extents = lines.map((line) => extentOf(line, width, height));
  const shortest = SHORTEST_SIDE * Math.min(width, height);
  const support = new Float32Array(pairs.length * n);
  for (const [row, [k, l]] of pairs.entries()) {
    for (let i = 0; i < n; i++) {
      if (i === k || i === l || !cross(lines[i]!, lines[k]!) || !cross(lines[i]!, lines[l]!)) continue;
      const [from, to] = [table[i * n + k]!, table[i * n + l]!];
      if (Math.abs(from - to) < shortest) continue;
      const { inside, beyond } = coverageOf(lines[i]!, from, to, extents[i]!);
      const share = inside * (1 - BEYOND_COST * beyond);
      if (share >= LEAST_SIDE) support[row * n + i] = share;
    }
  }
  return support;
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

/**
 * The point at a place along a line (pixels from its point nearest to the picture's middle), relative to that middle.
 */
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
