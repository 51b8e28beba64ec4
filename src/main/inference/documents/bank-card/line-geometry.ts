import type { CardBox } from '../../../../shared/domain/document-reading.ts';
import type { Frame } from '../../frame.ts';
import type { Point, Quad, ReadLine } from '../contract.ts';

/** Where a line stands: ends of its middle, and its height, in pixels of the upright card. */
export interface LinePlace {
  readonly from: Point;
  readonly to: Point;
  readonly height: number;
}

/**
 * Where the text of a quad stands; its corners begin with the upper one of the text's beginning. The height is the mean
 * of both ends'.
 */
export function placeOf([a, b, c, d]: Quad): LinePlace {
  return {
    from: [(a[0] + d[0]) / 2, (a[1] + d[1]) / 2],
    to: [(b[0] + c[0]) / 2, (b[1] + c[1]) / 2],
    height: (Math.hypot(d[0] - a[0], d[1] - a[1]) + Math.hypot(c[0] - b[0], c[1] - b[1])) / 2,
  };
}

/** The point half-way along a line, in pixels of the upright card. */
export function middleOf({ from, to }: LinePlace): Point {
  return [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
}

/** The box of a quad relative to its card. */
export function cardBoxOf(quad: Quad, { width, height }: Pick<Frame, 'width' | 'height'>): CardBox {
  const inside = (value: number): number => Math.max(0, Math.min(1, value));
  const xs = quad.map(([x]) => inside(x / width));
  const ys = quad.map(([, y]) => inside(y / height));
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

/** Lines that lean by more than this are no print of an upright card: about 11 degrees. */
const MOST_SLOPE = 0.2;

/** Whether a line isn't print of an upright card: it leans too much, or runs upwards or downwards. */
export function leans(line: ReadLine): boolean {
  const { from, to } = placeOf(line.region.quad);
  return Math.abs(to[1] - from[1]) > MOST_SLOPE * Math.max(1, to[0] - from[0]);
}
