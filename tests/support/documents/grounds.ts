import { seededRandom } from '../../../src/main/comparison/seeded-random.ts';

/** What a card lies on or is held before. */
export const GROUNDS = ['dark-desk', 'light-desk', 'wood', 'stripes', 'checks', 'clutter', 'person'] as const;
export type Ground = (typeof GROUNDS)[number];
export type Colour = readonly [red: number, green: number, blue: number];
export type Paint = (x: number, y: number) => Colour;

type Random = () => number;

/** Smooth random values, about one bump per `cell` pixels, 0..1. */
function softNoise(random: Random, cell: number): (x: number, y: number) => number {
  const size = 64;
  const grid = Float32Array.from({ length: size * size }, random);
  const at = (i: number, j: number): number => grid[(j & 63) * size + (i & 63)]!;
  return (x, y) => {
    const [u, v] = [x / cell, y / cell];
    const [i, j] = [Math.floor(u), Math.floor(v)];
    const [s, t] = [u - i, v - j];
    const [a, b] = [s * s * (3 - 2 * s), t * t * (3 - 2 * t)];
    return (at(i, j) * (1 - a) + at(i + 1, j) * a) * (1 - b) + (at(i, j + 1) * (1 - a) + at(i + 1, j + 1) * a) * b;
  };
}

const mixed = (a: Colour, b: Colour, share: number): Colour => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

/** A painter of a ground for a picture `width` pixels wide. */
export function paintGround(ground: Ground, seed: number, width: number, height: number): Paint {
  const random = seededRandom(7919 * (seed + 1));
  const unit = width / 1920;
  const soft = softNoise(random, 260 * unit);
  const angle = random() * Math.PI;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  switch (ground) {
    case 'dark-desk': {
      const base: Colour = [30 + 40 * random(), 28 + 36 * random(), 26 + 40 * random()];
      return (x, y) => mixed(base, [base[0] + 25, base[1] + 24, base[2] + 24], soft(x, y));
    }
    case 'light-desk': {
      const level = 190 + 34 * random();
      const base: Colour = [level + 6, level, level - 10 * random()];
      return (x, y) => mixed(base, [base[0] - 12, base[1] - 12, base[2] - 14], soft(x, y));
    }
    case 'wood': {
      const fine = softNoise(random, 30 * unit);
      const [light, dark]: [Colour, Colour] = [
        [176, 132, 84],
        [112, 74, 42],
      ];
      return (x, y) => {
        const [u, v] = [x * cos + y * sin, y * cos - x * sin];
        const ring = Math.sin(v / (14 * unit) + 5 * soft(u / 3, v)) * 0.5 + 0.5;
        return mixed(light, dark, 0.65 * ring + 0.35 * fine(u / 6, v * 2));
      };
    }
    case 'stripes': {
      const period = (70 + 90 * random()) * unit;
      const colours: [Colour, Colour] = [
        [210, 205, 200],
        [60 + 90 * random(), 70, 110],
      ];
      return (x, y) => {
        const v = (y * cos - x * sin) / period;
        return mixed(colours[0], colours[1], Math.max(0, Math.min(1, 0.5 + 6 * Math.sin(2 * Math.PI * v))));
      };
    }
    case 'checks': {
      const period = (110 + 120 * random()) * unit;
      const edge = (v: number): number => Math.max(0, Math.min(1, 0.5 + 8 * Math.sin((2 * Math.PI * v) / period)));
      return (x, y) => {
        const shade = (edge(x * cos + y * sin) + edge(y * cos - x * sin)) / 2;
        return mixed([225, 222, 214], [150, 50, 60], shade);
      };
    }
    case 'clutter': {
      const things = Array.from({ length: 14 }, () => {
        const turn = random() * Math.PI;
        return {
          x: random() * width,
          y: random() * height,
          cos: Math.cos(turn),
          sin: Math.sin(turn),
          half: [(60 + 260 * random()) * unit, (30 + 200 * random()) * unit] as const,
          colour: [255 * random(), 255 * random(), 255 * random()] as Colour,
          round: random() < 0.3,
        };
      });
      const base: Colour = [120 + 60 * random(), 115 + 50 * random(), 105 + 50 * random()];
      return (x, y) => {
        for (const { x: cx, y: cy, cos: c, sin: s, half, colour, round } of things) {
          const u = ((x - cx) * c + (y - cy) * s) / half[0];
          const v = ((y - cy) * c - (x - cx) * s) / half[1];
          if (round ? u * u + v * v < 1 : Math.abs(u) < 1 && Math.abs(v) < 1) return colour;
        }
        return mixed(base, [base[0] - 20, base[1] - 20, base[2] - 20], soft(x, y));
      };
    }
    case 'person': {
      const wall: Colour = [150 + 60 * random(), 150 + 50 * random(), 145 + 50 * random()];
      const shirt: Colour = [40 + 120 * random(), 40 + 120 * random(), 60 + 120 * random()];
      const [cx, top] = [width * (0.4 + 0.2 * random()), height * (0.05 + 0.1 * random())];
      const door = width * (0.1 + 0.8 * random());
      return (x, y) => {
        const [u, v] = [(x - cx) / (0.13 * width), (y - top - 0.28 * height) / (0.28 * height)];
        if (u * u + v * v < 1) return v < -0.45 ? [38, 30, 27] : [198, 158, 132];
        if (y > top + 0.5 * height + 0.25 * height * ((x - cx) / (0.4 * width)) ** 2) {
          return mixed(shirt, [shirt[0] - 25, shirt[1] - 25, shirt[2] - 25], soft(x * 3, y * 3));
        }
        return mixed(wall, [wall[0] - 26, wall[1] - 26, wall[2] - 24], 0.5 * soft(x, y) + (x > door ? 0.5 : 0));
      };
    }
  }
}
