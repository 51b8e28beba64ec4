import { ANGLE_BINS, type EdgePoints } from './edge-points.ts';

/** A straight line `nx·x + ny·y = distance` relative to the picture's middle; its direction is `(-ny, nx)`. */
export interface Line {
  readonly nx: number;
  readonly ny: number;
  readonly distance: number;
}

/** A line of edges; where along it they are. */
export interface EdgeLine extends Line {
  /** Sum from the beginning on of how clear the edge is, 0..1 a pixel along the line; one entry more than there are pixels. */
  readonly covered: Float32Array;
  /** Position along the line of the first entry. */
  readonly start: number;
}

const MOST_LINES = 80;
/** Bins left and right of an edge's own angle that it votes for. */
const SPREAD = 4;
/** Part of a vote that the faintest edge has. */
const FAINT_VOTE = 0.4;
const VOTES = [1, 0.94, 0.78, 0.57, 0.37] as const;
/** Bins that an edge may differ in angle from the line it lies on: 15°. */
const MOST_ASKEW = 10;
/** Pixels that an edge may lie off the line, in each round of fitting. */
const ROUNDS = [2.6, 1.9, 1.5] as const;
/** An edge further than this many pixels from others of its line lies there by chance. */
const NEIGHBOURHOOD = 9;
const LEAST_DENSE = 0.45;
/** Shortest line, as a share of the picture's short side. */
const SHORTEST = 0.07;

const COSINES = Float64Array.from({ length: ANGLE_BINS }, (_, bin) => Math.cos((bin * Math.PI) / ANGLE_BINS));
const SINES = Float64Array.from({ length: ANGLE_BINS }, (_, bin) => Math.sin((bin * Math.PI) / ANGLE_BINS));

/**
 * The straight lines of a picture, clearest first: a Hough transform in which every edge votes only for angles near
 * its own (O'Gorman and Clowes 1976); each line is fitted to its edges, which then leave the vote.
 */
export function findLines(edges: EdgePoints, width: number, height: number): EdgeLine[] {
  const radius = Math.ceil(Math.hypot(width, height) / 2) + 2;
  const votes = createVotes(edges, radius);
  const free = new Uint8Array(edges.count).fill(1);
  const shortest = SHORTEST * Math.min(width, height);
  const lines: EdgeLine[] = [];
  for (let tries = 0; lines.length < MOST_LINES && tries < 1.3 * MOST_LINES; tries++) {
    const peak = votes.take();
    if (!peak || peak.votes < shortest * 0.8) break;
    const fitted = fit(edges, peak.line, radius, free);
    for (const point of fitted.points) {
      free[point] = 0;
      votes.withdraw(point);
    }
    if (fitted.points.length < shortest) continue;
    lines.push(covered(edges, fitted.line, radius));
  }
  return lines;
}

interface Votes {
  /** The line with the most votes; it is not offered again. */
  take(): { readonly line: Line; readonly votes: number } | null;
  withdraw(point: number): void;
}

function createVotes(edges: EdgePoints, radius: number): Votes {
  const distances = 2 * radius + 1;
  const table = new Float32Array(ANGLE_BINS * distances);
  const best = new Int32Array(ANGLE_BINS).fill(-1);
  const vote = (point: number, sign: number): void => {
    const own = edges.bin[point]!;
    const weight = sign * (FAINT_VOTE + (1 - FAINT_VOTE) * edges.weight[point]!);
    const x = edges.x[point]!;
    const y = edges.y[point]!;
    for (let offset = -SPREAD; offset <= SPREAD; offset++) {
      const bin = (own + offset + ANGLE_BINS) % ANGLE_BINS;
      const distance = (x * COSINES[bin]! + y * SINES[bin]! + radius + 0.5) | 0;
      const at = bin * distances + distance;
      table[at] = table[at]! + weight * (offset < 0 ? VOTES[-offset]! : VOTES[offset]!);
      best[bin] = -1;
    }
  };
  for (let point = 0; point < edges.count; point++) vote(point, 1);
  const bestOf = (bin: number): number => {
    if (best[bin]! >= 0) return best[bin]!;
    let place = bin * distances;
    for (let at = place + 1, end = place + distances; at < end; at++) if (table[at]! > table[place]!) place = at;
    best[bin] = place;
    return place;
  };
  return {
    withdraw: (point) => vote(point, -1),
    take: () => {
      let place = bestOf(0);
      for (let bin = 1; bin < ANGLE_BINS; bin++) if (table[bestOf(bin)]! > table[place]!) place = bestOf(bin);
      const votes = table[place]!;
      if (votes <= 0) return null;
      const bin = Math.floor(place / distances);
      table[place] = 0;
      best[bin] = -1;
      return { votes, line: { nx: COSINES[bin]!, ny: SINES[bin]!, distance: place - bin * distances - radius } };
    },
  };
}

/** Fits a line to the edges near it that lie close to one another, by total least squares. */
function fit(edges: EdgePoints, first: Line, radius: number, free: Uint8Array) {
  let line = first;
  let points: number[] = [];
  for (const tolerance of ROUNDS) {
    points = dense(edges, line, pointsNear(edges, line, tolerance, free), radius);
    if (points.length < 4) break;
    line = leastSquares(edges, points, line);
  }
  return { line, points };
}

function pointsNear(edges: EdgePoints, line: Line, tolerance: number, free: Uint8Array | null): number[] {
  const { nx, ny, distance } = line;
  const bin = Math.round((Math.atan2(ny, nx) / Math.PI) * ANGLE_BINS + 2 * ANGLE_BINS) % ANGLE_BINS;
  const found: number[] = [];
  for (let offset = -MOST_ASKEW; offset <= MOST_ASKEW; offset++) {
    const own = (bin + offset + ANGLE_BINS) % ANGLE_BINS;
    for (let point = edges.starts[own]!, end = edges.starts[own + 1]!; point < end; point++) {
      const off = nx * edges.x[point]! + ny * edges.y[point]! - distance;
      if (off > tolerance || off < -tolerance || (free && free[point] === 0)) continue;
      found.push(point);
    }
  }
  return found;
}

function dense(edges: EdgePoints, { nx, ny }: Line, points: readonly number[], radius: number): number[] {
  const length = 2 * radius + 1;
  const before = new Int32Array(length + 2);
  const along = new Int32Array(points.length);
  for (let i = 0; i < points.length; i++) {
    const place = (nx * edges.y[points[i]!]! - ny * edges.x[points[i]!]! + radius + 0.5) | 0;
    along[i] = place;
    before[place + 1] = 1;
  }
  for (let i = 0; i <= length; i++) before[i + 1] = before[i + 1]! + before[i]!;
  const least = LEAST_DENSE * (2 * NEIGHBOURHOOD + 1);
  const kept: number[] = [];
  for (let i = 0; i < points.length; i++) {
    const from = Math.max(0, along[i]! - NEIGHBOURHOOD);
    const to = Math.min(length, along[i]! + NEIGHBOURHOOD + 1);
    if (before[to]! - before[from]! >= least) kept.push(points[i]!);
  }
  return kept;
}

function leastSquares(edges: EdgePoints, points: readonly number[], near: Line): Line {
  let [sum, meanX, meanY] = [0, 0, 0];
  for (const point of points) {
    const weight = 0.4 + edges.weight[point]!;
    sum += weight;
    meanX += weight * edges.x[point]!;
    meanY += weight * edges.y[point]!;
  }
  meanX /= sum;
  meanY /= sum;
  let [xx, xy, yy] = [0, 0, 0];
  for (const point of points) {
    const weight = 0.4 + edges.weight[point]!;
    const dx = edges.x[point]! - meanX;
    const dy = edges.y[point]! - meanY;
    xx += weight * dx * dx;
    xy += weight * dx * dy;
    yy += weight * dy * dy;
  }
  const along = 0.5 * Math.atan2(2 * xy, xx - yy);
  let [nx, ny] = [-Math.sin(along), Math.cos(along)];
  if (nx * near.nx + ny * near.ny < 0) [nx, ny] = [-nx, -ny];
  return { nx, ny, distance: nx * meanX + ny * meanY };
}

/** How much a faint edge counts where it covers a line; a clear one counts 1. */
const FAINT = 0.7;

/** Where along a line edges of any other line, too, agree with it. */
function covered(edges: EdgePoints, line: Line, radius: number): EdgeLine {
  const length = 2 * radius + 1;
  const places = new Float32Array(length + 2);
  for (const point of pointsNear(edges, line, 1.6, null)) {
    const place = Math.round(line.nx * edges.y[point]! - line.ny * edges.x[point]!) + radius;
    if (place < 1 || place > length - 1) continue;
    const clear = FAINT + (1 - FAINT) * edges.weight[point]!;
    for (let at = place - 1; at <= place + 1; at++) places[at] = Math.max(places[at]!, clear);
  }
  const sums = new Float32Array(length + 1);
  for (let i = 0; i < length; i++) sums[i + 1] = sums[i]! + places[i]!;
  return { ...line, covered: sums, start: -radius };
}
