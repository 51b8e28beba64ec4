import sharp from 'sharp';
import type { Quad } from '../../../../src/main/inference/documents/contract.ts';
import type { Frame } from '../../../../src/main/inference/frame.ts';
import { seeded } from '../../liveness/seeded.ts';
import { drawView } from './camera-view.ts';
import { DESKS, drawDesk, type Desk } from './desk.ts';
import { LEVEL_NUMBERS, numbersOfCause, QUARTER_TURN_SHARES, type Cause, type Level } from './levels.ts';
import { drawLight } from './light.ts';
import { layOnDesk } from './lay-on-desk.ts';
import { addNoise, pointSpread } from './sensor.ts';

export interface PhotographOptions {
  readonly level: Level;
  /** One cause alone, as severe as it gets; then `level` isn't looked at. */
  readonly cause?: Cause;
  /** Quarter turns clockwise that the card is laid down with; default: drawn, mostly 0. */
  readonly turned?: 0 | 1 | 2 | 3;
  readonly desk?: Desk;
}

/** What a camera gives of a card on a desk, and the exact truth about it. */
export interface Photograph {
  /** As decoded from `jpeg`. */
  readonly picture: Frame;
  readonly jpeg: Uint8Array;
  /** Corners in pixels, clockwise from the card's own upper left. */
  readonly corners: Quad;
  /** Corners in pixels, clockwise from the picture's upper left. */
  readonly quad: Quad;
  /** Quarter turns clockwise that make the card upright. */
  readonly quarterTurns: number;
  readonly desk: Desk;
}

/** Photographs a flat picture of a card (or of anything of its size), the same for the same seed. */
export async function photograph(card: Frame, seed: number, options: PhotographOptions): Promise<Photograph> {
  const random = seeded(seed, 'photograph', options.cause ?? options.level);
  const numbers = options.cause === undefined ? LEVEL_NUMBERS[options.level] : numbersOfCause(options.cause);
  const turned = options.turned ?? drawTurns(options.cause === undefined ? random.uniform() : 0);
  const desk = options.desk ?? random.pick(DESKS);
  const view = drawView(card, numbers, turned, random);
  const { width, height } = view;
  const below = await drawDesk(desk, width, height, seeded(seed, 'desk'));
  const light = drawLight(numbers, width, height, seeded(seed, 'light'), view.corners);
  const sharpPicture = await layOnDesk(card, below, view, light);
  const between = seeded(seed, 'sensor');
  const spread = pointSpread(
    between.between(...numbers.defocus),
    between.between(...numbers.motion),
    between.between(0, Math.PI),
  );
  const raw = { raw: { width, height, channels: 3 as const } };
  const blurred = spread === null ? sharpPicture : await sharp(sharpPicture, raw).convolve(spread).raw().toBuffer();
  addNoise(blurred, between.between(...numbers.noise), between);
  const strength = between.between(...numbers.sharpening);
  const developed =
    strength > 0.05 ? sharp(blurred, raw).sharpen({ sigma: 0.8, m1: strength, m2: strength }) : sharp(blurred, raw);
  const jpeg = await developed.jpeg({ quality: Math.round(between.between(...numbers.jpeg)) }).toBuffer();
  const rgb = await sharp(jpeg).raw().toBuffer();
  return {
    picture: { width, height, rgb },
    jpeg: new Uint8Array(jpeg),
    corners: view.corners,
    quad: view.quad,
    quarterTurns: view.quarterTurns,
    desk,
  };
}

function drawTurns(draw: number): number {
  let left = draw;
  for (const [turns, share] of QUARTER_TURN_SHARES.entries()) {
    if (left < share) return turns;
    left -= share;
  }
  return 0;
}
