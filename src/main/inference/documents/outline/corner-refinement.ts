import type { Frame } from '../../frame.ts';
import type { Point, Quad } from '../contract.ts';
import { distanceBetween } from './homography.ts';
import type { Line } from './line-search.ts';
import { crossing, pointOn } from './quads.ts';

/** Places along a side where its edge is looked for. */
const PLACES = 56;
/** The ends of a side are left out: corners are round, and fingers hold the card there. */
const END = 0.08;
/** Pixels of the small picture that the edge may be off. */
const REACH = 2.2;
/** Places that must agree for a side to be moved. */
const LEAST_PLACES = 14;
const ROUNDS = 6;
/** A shadow's edge lies at most so far from the card's, as a share of the card's width. */
const SHADOW = 0.03;
const MUCH_CLEARER = 1.4;
/** Sums of three channels, in levels: what counts at all, and what one place counts at most. */
const LEAST_CHANGE = 6;
const MOST_CHANGE = 150;

interface Scale {
  /** Pixels of the picture in one of the small one. */
  readonly factor: number;
  /** Of the card, in pixels. */
  readonly width: number;
}

/**
 * Moves the corners of an outline from a picture made smaller by `factor` to where the edges lie in the whole one:
 * the steepest place across each side, to a part of a pixel, and a line through them that outliers don't pull.
 *
 * @returns corners in pixels of `picture`, whose upper left pixel covers 0..1.
 */
export function refinedQuad(picture: Frame, small: Quad, factor: number): Quad {
  const whole = small.map(([x, y]): Point => [(x + 0.5) * factor, (y + 0.5) * factor]);
  const width = Math.max(distanceBetween(whole[0]!, whole[1]!), distanceBetween(whole[1]!, whole[2]!));
  const sides = whole.map((from, i) => refinedSide(picture, from, whole[(i + 1) % 4]!, { factor, width }));
  const corner = (i: number): Point => {
    const [before, after] = [sides[(i + 3) % 4]!, sides[i]!];
    const point = pointOn(after, crossing(after, before));
    const [x, y] = whole[i]!;
    // Where the sides give no sensible corner, the first one stays.
    return Math.hypot(point[0] - x, point[1] - y) <= 4 * REACH * factor + 2 * SHADOW * width ? point : [x, y];
  };
  return [corner(0), corner(1), corner(2), corner(3)];
}

function refinedSide(picture: Frame, from: Point, to: Point, { factor, width }: Scale): Line {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const [tx, ty] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const [nx, ny] = [-ty, tx];
  const near = Math.max(3, Math.ceil(REACH * factor));
  const reach = Math.max(near, Math.ceil(SHADOW * width));
  const steps = 2 * reach + 1;
  const along: number[] = [];
  const changes = new Float32Array(PLACES * steps);
  const profile = new Float64Array((steps + 2) * 3);
  for (let i = 0; i < PLACES; i++) {
    const place = length * (END + ((1 - 2 * END) * i) / (PLACES - 1));
    const [x, y] = [from[0] + tx * place, from[1] + ty * place];
    if (!readProfile(picture, { x, y, nx, ny, reach }, profile)) continue;
    changesOf(profile, changes.subarray(along.length * steps, (along.length + 1) * steps));
    along.push(place);
  }
  const centre = reach + shiftToStrongest(changes.subarray(0, along.length * steps), steps, factor);
  const places: Place[] = [];
  for (const [i, place] of along.entries()) {
    const edge = steepest(changes.subarray(i * steps, (i + 1) * steps), centre, near);
    if (edge) places.push({ along: place, off: edge.at - reach, weight: edge.weight });
  }
  const { off, slope } = robustLine(places, centre - reach, factor);
  const [px, py] = [from[0] + nx * off, from[1] + ny * off];
  const scale = Math.hypot(1, slope);
  const [lx, ly] = [(nx - slope * tx) / scale, (ny - slope * ty) / scale];
  return { nx: lx, ny: ly, distance: lx * px + ly * py };
}

/** How far to move a side inwards so that it lies on an edge much clearer than its own: that was the edge of a shadow. */
function shiftToStrongest(changes: Float32Array, steps: number, factor: number): number {
  const middle = (steps - 1) / 2;
  const strength = (offset: number): number => {
    let sum = 0;
    for (let start = middle + offset; start < changes.length; start += steps) {
      let most = 0;
      for (let step = -factor; step <= factor; step++) most = Math.max(most, changes[start + step] ?? 0);
      sum += Math.min(most, MOST_CHANGE);
    }
    return sum;
  };
  let best = 0;
  let most = strength(0) * MUCH_CLEARER;
  for (let offset = 1; offset <= middle - factor; offset++) {
    const here = strength(offset);
    if (here <= most) continue;
    most = here;
    best = offset;
  }
  return best;
}

interface Place {
  readonly along: number;
  readonly off: number;
  readonly weight: number;
}

interface Across {
  readonly x: number;
  readonly y: number;
  readonly nx: number;
  readonly ny: number;
  readonly reach: number;
}

/** Colours at whole steps across the side, bilinear; false where that leaves the picture. */
function readProfile(picture: Frame, { x, y, nx, ny, reach }: Across, profile: Float64Array): boolean {
  const { width, height, rgb } = picture;
  const [x0, y0] = [x - 0.5 - nx * (reach + 1), y - 0.5 - ny * (reach + 1)];
  const [x1, y1] = [x - 0.5 + nx * (reach + 1), y - 0.5 + ny * (reach + 1)];
  if (Math.min(x0, x1) < 0 || Math.min(y0, y1) < 0) return false;
  if (Math.max(x0, x1) >= width - 1 || Math.max(y0, y1) >= height - 1) return false;
  for (let step = 0; step < 2 * reach + 3; step++) {
    const [px, py] = [x0 + nx * step, y0 + ny * step];
    const [left, top] = [Math.floor(px), Math.floor(py)];
    const [right, below] = [px - left, py - top];
    const at = (top * width + left) * 3;
    for (let channel = 0; channel < 3; channel++) {
      const a = at + channel;
      const upper = rgb[a]! * (1 - right) + rgb[a + 3]! * right;
      const lower = rgb[a + 3 * width]! * (1 - right) + rgb[a + 3 * width + 3]! * right;
      profile[3 * step + channel] = upper * (1 - below) + lower * below;
    }
  }
  return true;
}

/** Change of colour over two steps around each step, summed over the channels. */
function changesOf(profile: Float64Array, changes: Float32Array): void {
  for (let step = 0; step < changes.length; step++) {
    let sum = 0;
    for (let channel = 0; channel < 3; channel++) {
      sum += Math.abs(profile[3 * (step + 2) + channel]! - profile[3 * step + channel]!);
    }
    changes[step] = sum;
  }
}

/** The middle of the steepest change near a step; null where nothing changes. */
function steepest(
  changes: Float32Array,
  centre: number,
  reach: number,
): { readonly at: number; readonly weight: number } | null {
  const [first, last] = [Math.max(0, centre - reach), Math.min(changes.length - 1, centre + reach)];
  let best = first;
  for (let step = first; step <= last; step++) if (changes[step]! > changes[best]!) best = step;
  const most = changes[best]!;
  if (most < LEAST_CHANGE) return null;
  const [before, after] = [changes[best - 1] ?? 0, changes[best + 1] ?? 0];
  const bend = before - 2 * most + after;
  const part = bend < 0 ? (0.5 * (before - after)) / bend : 0;
  return { at: best + Math.max(-0.5, Math.min(0.5, part)), weight: Math.min(1, most / 60) };
}

/** A straight line through most places: least squares, again with less weight for what lies off (Tukey's biweight). */
function robustLine(
  places: readonly Place[],
  start: number,
  factor: number,
): { readonly off: number; readonly slope: number } {
  if (places.length < LEAST_PLACES) return { off: start, slope: 0 };
  let [off, slope] = [start, 0];
  let limit = REACH * factor * 1.5;
  for (let round = 0; round < ROUNDS; round++) {
    let [sum, meanX, meanY, xx, xy] = [0, 0, 0, 0, 0];
    const weights = places.map((place) => {
      const ratio = (place.off - off - slope * place.along) / limit;
      return Math.abs(ratio) < 1 ? place.weight * (1 - ratio * ratio) ** 2 : 0;
    });
    places.forEach((place, i) => {
      sum += weights[i]!;
      meanX += weights[i]! * place.along;
      meanY += weights[i]! * place.off;
    });
    if (sum < 0.5) return { off: start, slope: 0 };
    meanX /= sum;
    meanY /= sum;
    places.forEach((place, i) => {
      xx += weights[i]! * (place.along - meanX) ** 2;
      xy += weights[i]! * (place.along - meanX) * (place.off - meanY);
    });
    slope = xx > 0 ? xy / xx : 0;
    off = meanY - slope * meanX;
    limit = Math.max(1.2, limit * 0.6);
  }
  return { off, slope };
}
