import type { PixelBox } from '../../shared/domain/liveness.ts';

/** A grey picture, row by row, values of 0..255. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly luma: Float32Array;
}

/** A straight edge near one side of a frame. */
export interface CardEdge {
  /** How far it leans: rise over run along the side; 0 is level (or upright). */
  readonly slope: number;
}

export type CardSide = 'top' | 'bottom' | 'left' | 'right';
export type CardEdges = Readonly<Record<CardSide, CardEdge | null>>;

/** How far from the frame's side an edge is looked for, as a share of the frame's width or height. */
const REACH = 0.14;
/** The corners are left out: a card's are round, and fingers hold it there. */
const MIDDLE = 0.7;
const SAMPLES = 48;
/** Pixels before and behind the edge that are compared. */
const STEP = 2;
const STEEPEST = 0.16;
const SLOPE_STEP = 0.02;
/** An edge is where most of the samples turn lighter (or darker) together, and clearly so on average. */
const LEAST_AGREEING = 0.75;
const LEAST_CONTRAST = 8;
const NOISE = 3;

/** Looks for the straight edges of a card near the four sides of a frame (in pixels of the picture). */
export function findCardEdges(picture: GreyPicture, frame: PixelBox): CardEdges {
  const { x, y, width, height } = frame;
  const side = (from: number, to: number, at: number, across: number, upright: boolean): CardEdge | null =>
    strongest(picture, { from, to, at, reach: REACH * across, upright });
  return {
    top: side(x, x + width, y, height, false),
    bottom: side(x, x + width, y + height, height, false),
    left: side(y, y + height, x, width, true),
    right: side(y, y + height, x + width, width, true),
  };
}

interface Search {
  /** Along the side. */
  readonly from: number;
  readonly to: number;
  /** Across it. */
  readonly at: number;
  readonly reach: number;
  readonly upright: boolean;
}

function strongest(picture: GreyPicture, search: Search): CardEdge | null {
  let best: CardEdge | null = null;
  let bestContrast = LEAST_CONTRAST;
  for (let slope = -STEEPEST; slope <= STEEPEST + SLOPE_STEP / 2; slope += SLOPE_STEP) {
    for (let offset = -search.reach; offset <= search.reach; offset++) {
      const contrast = contrastAlong(picture, search, offset, slope);
      if (contrast <= bestContrast) continue;
      bestContrast = contrast;
      best = { slope: Math.round(slope * 100) / 100 };
    }
  }
  return best;
}

/** Mean change of luma across a line; 0 where the samples don't agree about its sign. */
function contrastAlong({ width, height, luma }: GreyPicture, search: Search, offset: number, slope: number): number {
  const { from, to, at, upright } = search;
  const middle = (from + to) / 2;
  const half = (MIDDLE * (to - from)) / 2;
  let sum = 0;
  let rising = 0;
  let falling = 0;
  for (let i = 0; i < SAMPLES; i++) {
    const along = half * ((2 * i) / (SAMPLES - 1) - 1);
    const a = Math.round(middle + along);
    const c = Math.round(at + offset + slope * along);
    const [limitAlong, limitAcross] = upright ? [height, width] : [width, height];
    if (a < 0 || a >= limitAlong || c < STEP || c >= limitAcross - STEP) return 0;
    const change = upright
      ? luma[a * width + c + STEP]! - luma[a * width + c - STEP]!
      : luma[(c + STEP) * width + a]! - luma[(c - STEP) * width + a]!;
    sum += change;
    if (change > NOISE) rising++;
    else if (change < -NOISE) falling++;
  }
  return Math.max(rising, falling) >= LEAST_AGREEING * SAMPLES ? Math.abs(sum) / SAMPLES : 0;
}
