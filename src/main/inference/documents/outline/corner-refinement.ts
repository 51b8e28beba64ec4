import type { Frame } from '../../frame.ts';
import type { Point, Quad } from '../contract.ts';
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

/**
 * Moves the corners of an outline from a picture made smaller by `factor` to where the edges lie in the whole one:
 * the steepest place across each side, to a part of a pixel, and a line through them that outliers don't pull.
 *
 * @returns corners in pixels of `picture`, whose upper left pixel covers 0..1.
 */
export function refinedQuad(picture: Frame, small: Quad, factor: number): Quad {
  const whole = small.map(([x, y]): Point => [(x + 0.5) * factor, (y + 0.5) * factor]);
  const sides = whole.map((from, i) => refinedSide(picture, from, whole[(i + 1) % 4]!, factor));
  const corner = (i: number): Point => {
    const [before, after] = [sides[(i + 3) % 4]!, sides[i]!];
    const point = pointOn(after, crossing(after, before));
    const [x, y] = whole[i]!;
    // Where the sides give no sensible corner, the first one stays.
    return Math.hypot(point[0] - x, point[1] - y) <= 4 * REACH * factor ? point : [x, y];
  };
  return [corner(0), corner(1), corner(2), corner(3)];
}

function refinedSide(picture: Frame, from: Point, to: Point, factor: number): Line {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const [tx, ty] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const [nx, ny] = [-ty, tx];
  const reach = Math.max(3, Math.ceil(REACH * factor));
  const places: { readonly along: number; readonly off: number; readonly weight: number }[] = [];
  const profile = new Float64Array((2 * reach + 3) * 3);
  for (let i = 0; i < PLACES; i++) {
    const along = length * (END + ((1 - 2 * END) * i) / (PLACES - 1));
    const [x, y] = [from[0] + tx * along, from[1] + ty * along];
    if (!readProfile(picture, { x, y, nx, ny, reach }, profile)) continue;
    const edge = steepest(profile, reach);
    if (edge) places.push({ along, ...edge });
  }
  const { off, slope } = robustLine(places, factor);
  const [px, py] = [from[0] + nx * off, from[1] + ny * off];
  const scale = Math.hypot(1, slope);
  const [lx, ly] = [(nx - slope * tx) / scale, (ny - slope * ty) / scale];
  return { nx: lx, ny: ly, distance: lx * px + ly * py };
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

/** The middle of the steepest change of colour; null where nothing changes. */
function steepest(profile: Float64Array, reach: number): { readonly off: number; readonly weight: number } | null {
  const steps = 2 * reach + 1;
  const change = (step: number): number => {
    let sum = 0;
    for (let channel = 0; channel < 3; channel++) {
      sum += Math.abs(profile[3 * (step + 2) + channel]! - profile[3 * step + channel]!);
    }
    return sum;
  };
  let best = 0;
  let most = 0;
  for (let step = 0; step < steps; step++) {
    const size = change(step);
    if (size <= most) continue;
    most = size;
    best = step;
  }
  if (most < 6) return null;
  const before = best > 0 ? change(best - 1) : 0;
  const after = best < steps - 1 ? change(best + 1) : 0;
  const bend = before - 2 * most + after;
  const part = bend < 0 ? (0.5 * (before - after)) / bend : 0;
  return { off: best - reach + Math.max(-0.5, Math.min(0.5, part)), weight: Math.min(1, most / 60) };
}

/** A straight line through most places: least squares, again with less weight for what lies off (Tukey's biweight). */
function robustLine(
  places: readonly { readonly along: number; readonly off: number; readonly weight: number }[],
  factor: number,
): { readonly off: number; readonly slope: number } {
  if (places.length < LEAST_PLACES) return { off: 0, slope: 0 };
  let [off, slope] = [0, 0];
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
    if (sum < 0.5) return { off: 0, slope: 0 };
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
