import type { Frame } from '../../../../src/main/inference/frame.ts';
import type { Seeded } from '../../liveness/seeded.ts';
import { CARD_HEIGHT_MM, CARD_WIDTH_MM, LINEAR, textureOf, type Channel, type Surface } from './surface.ts';

/** What shows the card. */
export const SCREENS = ['monitor', 'laptop', 'phone', 'fine-phone'] as const;
export type ScreenKind = (typeof SCREENS)[number];

/** Screen pixels that the card is shown in: a monitor shows it small or coarse, a phone as wide as it is. */
const SHOWN_PIXELS: Readonly<Record<ScreenKind, readonly [number, number]>> = {
  monitor: [480, 900],
  laptop: [700, 1100],
  phone: [900, 1400],
  'fine-phone': [1800, 2400],
};

export interface ScreenOptions {
  readonly random: Seeded;
  readonly kind: ScreenKind;
  /** Whether the case around the picture is in view. */
  readonly bezel: boolean;
}

/**
 * A card shown on a screen: its picture resampled to the screen's pixels, three upright stripes a pixel (two diagonal
 * subpixels on an OLED phone), a black grid between them, the screen's own white and black, bands of a refreshing
 * backlight, a weak reflection of the room, and the dark case around.
 */
export function onScreen(card: Frame, { random, kind, bezel }: ScreenOptions): Surface {
  const [fewest, most] = SHOWN_PIXELS[kind];
  const across = Math.round(random.between(fewest, most));
  const down = Math.round((across * CARD_HEIGHT_MM) / CARD_WIDTH_MM);
  const shown = shrunk(card, across, down);
  const oled = kind === 'fine-phone' || (kind === 'phone' && random.chance(0.5));
  const white = [random.between(0.84, 0.98), random.between(0.9, 1), random.between(0.98, 1.12)] as const;
  const black = oled ? 0.002 : random.between(0.006, 0.02);
  const fill = random.between(0.55, 0.8);
  const [bandDepth, bandPeriod, bandPhase] = [
    random.chance(0.35) ? random.between(0.03, 0.12) : 0,
    random.between(14, 60),
    random.between(0, 6),
  ];
  const [mirrorX, mirrorY, mirrorLight] = [
    random.between(0, 86),
    random.between(-10, 50),
    random.chance(0.5) ? random.between(0.01, 0.05) : 0.004,
  ];
  const margin = [random.between(2, 9), random.between(2, 9)] as const;
  const [caseLight, page] = [random.between(0.004, 0.02), random.pick([0.01, 0.04, 0.6])];
  const pixel = (x: number, y: number, channel: Channel): number => {
    const [u, v] = [(x / CARD_WIDTH_MM) * across, (y / CARD_HEIGHT_MM) * down];
    const [i, j] = [Math.floor(u), Math.floor(v)];
    const value = i < 0 || j < 0 || i >= across || j >= down ? page : shown[(j * across + i) * 3 + channel]!;
    return value * lit(u - i, v - j, channel, j, oled, fill);
  };
  return {
    light: (x, y, channel) => {
      const outX = Math.max(-x, x - CARD_WIDTH_MM);
      const outY = Math.max(-y, y - CARD_HEIGHT_MM);
      const mirror = mirrorLight * Math.exp(-((x - mirrorX) ** 2 + (y - mirrorY) ** 2) / 700);
      if (bezel && (outX > margin[0] || outY > margin[1])) return caseLight + mirror * 0.5;
      const band = 1 - bandDepth * (0.5 + 0.5 * Math.sin((2 * Math.PI * y) / bandPeriod + bandPhase));
      return (pixel(x, y, channel) * white[channel] + black) * band + mirror;
    },
  };
}

/** How much of a channel a place inside of a screen pixel gives; its mean over the pixel is 1. */
function lit(u: number, v: number, channel: Channel, row: number, oled: boolean, fill: number): number {
  if (oled) {
    // Green in every pixel, red and blue in every second one each, turned about rows: a diamond layout.
    const centre = channel === 1 ? 0.5 : ((row & 1) === 0) === (channel === 0) ? 0.25 : 0.75;
    const far = Math.abs(u - centre) + Math.abs(v - 0.5);
    const reach = 0.3 + 0.15 * fill;
    return far < reach ? 1 / (2 * reach * reach) : 0;
  }
  const wide = fill / 3 + 0.08;
  const start = channel / 3 + (1 / 3 - wide) / 2;
  const tall = 0.86;
  return u >= start && u < start + wide && v >= (1 - tall) / 2 && v < (1 + tall) / 2 ? 1 / (wide * tall) : 0;
}

/** Linear light of a picture averaged into another size. */
function shrunk(card: Frame, width: number, height: number): Float32Array {
  const texture = textureOf(card);
  const out = new Float32Array(width * height * 3);
  const [stepX, stepY] = [card.width / width, card.height / height];
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (const channel of [0, 1, 2] as const) {
        let sum = 0;
        for (const [dx, dy] of [
          [0.25, 0.25],
          [0.75, 0.25],
          [0.25, 0.75],
          [0.75, 0.75],
        ] as const) {
          sum += texture((x + dx) * stepX, (y + dy) * stepY, channel);
        }
        out[to++] = Math.max(LINEAR[2]!, sum / 4);
      }
    }
  }
  return out;
}
