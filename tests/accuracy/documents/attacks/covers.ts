import type { Seeded } from '../../liveness/seeded.ts';
import { CARD_HEIGHT_MM, CARD_WIDTH_MM, latticeNoise, LINEAR, type Channel, type Surface } from './surface.ts';

/** Skin from very fair to very dark, sRGB; after the spread of the Monk scale. */
export const SKIN_TONES = [
  [243, 222, 204],
  [232, 196, 166],
  [214, 166, 128],
  [178, 126, 90],
  [128, 84, 58],
  [84, 54, 40],
  [56, 38, 30],
] as const;

type Rgb = readonly [number, number, number];

/** A finger that lies on the card from one side. */
export function withFinger(surface: Surface, random: Seeded, tone: Rgb = random.pick(SKIN_TONES)): Surface {
  const thumb = random.chance(0.5);
  const half = thumb ? random.between(8, 11) : random.between(6, 8.5);
  const reach = random.between(13, 26);
  const side = random.pick(['left', 'right', 'top', 'bottom'] as const);
  const lean = random.between(-0.35, 0.35);
  const along = side === 'left' || side === 'right' ? random.between(8, 46) : random.between(10, 76);
  const grain = latticeNoise(Math.floor(random.between(0, 1e6)));
  const place = (x: number, y: number): readonly [number, number] => {
    if (side === 'left') return [x, y - along];
    if (side === 'right') return [CARD_WIDTH_MM - x, y - along];
    return side === 'top' ? [y, x - along] : [CARD_HEIGHT_MM - y, x - along];
  };
  return {
    light: (x, y, channel) => {
      const [inward, raw] = place(x, y);
      const across = raw - lean * inward;
      const tip = inward - (reach - half);
      const distance = tip > 0 ? Math.hypot(tip, across) : Math.abs(across);
      if (distance > half * 1.25) return surface.light(x, y, channel);
      if (distance > half) return surface.light(x, y, channel) * (0.55 + (0.45 * (distance - half)) / (0.25 * half));
      const round = Math.sqrt(Math.max(0.12, 1 - (distance / half) ** 2));
      const nail = thumb && tip > -1 && Math.hypot(tip - 2, across) < half * 0.55 ? 1.18 : 1;
      return LINEAR[tone[channel]]! * (0.4 + 0.6 * round) * nail * (1 + 0.06 * grain(x / 0.5, y / 0.5));
    },
  };
}

/** A sticker, white or coloured, round or square, on text or portrait. */
export function withSticker(surface: Surface, random: Seeded): Surface {
  const colour = random.pick<Rgb>([
    [250, 250, 248],
    [246, 226, 90],
    [230, 60, 60],
    [60, 140, 210],
    [90, 180, 90],
    [30, 30, 30],
  ]);
  const [wide, high] = [random.between(6, 13), random.between(4.5, 9)];
  const [atX, atY] = random.pick([
    [28, 12],
    [30, 30],
    [52, 46],
    [68, 24],
    [24, 22],
  ] as const);
  const round = random.chance(0.3);
  const turn = random.normal(0, 0.15);
  return {
    light: (x, y, channel) => {
      const [dx, dy] = [x - atX, y - atY];
      const [u, v] = [dx * Math.cos(turn) + dy * Math.sin(turn), dy * Math.cos(turn) - dx * Math.sin(turn)];
      const on = round ? (u / wide) ** 2 + (v / wide) ** 2 < 1 : Math.abs(u) < wide && Math.abs(v) < high;
      return on ? LINEAR[colour[channel]]! * 0.92 : surface.light(x, y, channel);
    },
  };
}

/** A pen that lies across the text. */
export function withPen(surface: Surface, random: Seeded): Surface {
  const colour = random.pick<Rgb>([
    [24, 24, 26],
    [30, 50, 130],
    [170, 30, 34],
    [190, 192, 196],
  ]);
  const half = random.between(3.2, 5);
  const angle = random.between(-0.9, 0.9);
  const [atX, atY] = [random.between(22, 60), random.between(14, 44)];
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  return {
    light: (x, y, channel) => {
      const across = (x - atX) * -dy + (y - atY) * dx;
      if (Math.abs(across) > half * 1.3) return surface.light(x, y, channel);
      if (Math.abs(across) > half) return surface.light(x, y, channel) * 0.6;
      const shine = 0.25 * Math.exp(-(((across + half * 0.35) / (half * 0.2)) ** 2));
      return LINEAR[colour[channel]]! * (0.5 + 0.5 * Math.sqrt(1 - (across / half) ** 2)) + shine;
    },
  };
}

/** One or several lamps mirrored in the card, far brighter than white in the middle. */
export function withHighlights(surface: Surface, random: Seeded, size: 'small' | 'large' | 'several'): Surface {
  const count = size === 'several' ? 2 + Math.floor(random.between(0, 3)) : 1;
  const lamps = Array.from({ length: count }, () => ({
    x: random.between(12, 74),
    y: random.between(8, 46),
    wide: size === 'large' ? random.between(11, 24) : random.between(4.5, 8),
    high: size === 'large' ? random.between(8, 16) : random.between(3.5, 6.5),
    light: random.between(4, 14),
  }));
  return {
    light: (x, y, channel: Channel) => {
      let light = surface.light(x, y, channel);
      for (const lamp of lamps) {
        const far = ((x - lamp.x) / lamp.wide) ** 2 + ((y - lamp.y) / lamp.high) ** 2;
        if (far < 9) light += lamp.light * Math.exp(-far * far * 1.5 - far);
      }
      return light;
    },
  };
}
