import type { Seeded } from '../../liveness/seeded.ts';
import { latticeNoise, LINEAR, type Surface } from './surface.ts';

/** What a card lies on: a table, a cloth, a sheet, a dark mat. */
export function tableTop(random: Seeded): Surface {
  const base = random.pick([
    [96, 70, 48],
    [58, 62, 66],
    [150, 148, 142],
    [30, 30, 34],
    [176, 160, 138],
    [70, 96, 84],
    [232, 231, 228],
  ] as const);
  const noise = latticeNoise(Math.floor(random.between(0, 1e6)));
  const stretch = random.pick([1, 1, 6]);
  const depth = random.between(0.03, 0.22);
  return {
    light: (x, y, channel) =>
      LINEAR[base[channel]]! * (1 + depth * (noise(x / 3 / stretch, y / 3) + 0.5 * noise(x / 0.8 / stretch, y / 0.8))),
  };
}

/** The unevenness of a room's light: a slow gradient, and sometimes the soft shadow of something. */
export function underRoomLight(surface: Surface, random: Seeded): Surface {
  const [tiltX, tiltY] = [random.normal(0, 0.0016), random.normal(0, 0.0022)];
  const shaded = random.chance(0.25);
  const [edge, softness, depth] = [random.between(10, 75), random.between(3, 14), random.between(0.12, 0.35)];
  const [nx, ny] = [Math.cos(random.between(0, 6.28)), Math.sin(random.between(0, 6.28))];
  return {
    light: (x, y, channel) => {
      let light = 1 + tiltX * (x - 43) + tiltY * (y - 27);
      if (shaded) light *= 1 - depth / (1 + Math.exp(-((x - 43) * nx + (y - 27) * ny + 43 - edge) / softness));
      return surface.light(x, y, channel) * light;
    },
  };
}
