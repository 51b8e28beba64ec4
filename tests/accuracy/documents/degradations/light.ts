import type { Quad } from '../../../../src/main/inference/documents/contract.ts';
import type { Seeded } from '../../liveness/seeded.ts';
import type { LevelNumbers } from './levels.ts';

/** The light on a scene: everything in linear values, 1 = white paper as exposed. */
export interface Light {
  /** Gains of red, green and blue. */
  readonly gains: readonly [number, number, number];
  /** What falls on a point, in pixels of the picture. */
  falling(x: number, y: number): number;
  /** What the card's smooth surface mirrors there. */
  mirrored(x: number, y: number): number;
}

export function drawLight(numbers: LevelNumbers, width: number, height: number, random: Seeded, corners: Quad): Light {
  const sign = (): number => (random.chance(0.5) ? 1 : -1);
  const exposure = 2 ** (sign() * random.between(...numbers.exposure));
  const red = 1 + sign() * random.between(...numbers.whiteBalance);
  const blue = 1 + sign() * random.between(...numbers.whiteBalance);
  const cardWidth = Math.hypot(corners[1][0] - corners[0][0], corners[1][1] - corners[0][1]);
  const on = (): readonly [number, number] => {
    const [u, v] = [random.between(0.1, 0.9), random.between(0.1, 0.9)];
    const mix = (k: 0 | 1): number =>
      corners[0][k] + u * (corners[1][k] - corners[0][k]) + v * (corners[3][k] - corners[0][k]);
    return [mix(0), mix(1)];
  };
  const fall = random.between(...numbers.gradient);
  const towards = random.between(0, 2 * Math.PI);
  const shadow = random.chance(numbers.shadow.chance) ? 1 - random.between(...numbers.shadow.left) : 0;
  const [shadowX, shadowY] = on();
  const shadowAngle = random.between(0, 2 * Math.PI);
  const softness = cardWidth * random.between(0.01, 0.08);
  const glare = random.chance(numbers.glare.chance) ? random.between(...numbers.glare.peak) : 0;
  const [glareX, glareY] = on();
  const radius = cardWidth * random.between(...numbers.glare.radius);
  const stretch = random.between(1, 2.2);
  const reach = Math.hypot(width, height) / 2;

  return {
    gains: [exposure * red, exposure, exposure * blue],
    falling: (x, y) => {
      const along = ((x - width / 2) * Math.cos(towards) + (y - height / 2) * Math.sin(towards)) / reach;
      const across = (x - shadowX) * Math.cos(shadowAngle) + (y - shadowY) * Math.sin(shadowAngle);
      const shaded = across > 3 * softness ? 1 : across < -3 * softness ? 0 : 1 / (1 + Math.exp(-across / softness));
      return (1 - (fall * (1 + along)) / 2) * (1 - shadow * shaded);
    },
    mirrored: (x, y) => {
      if (glare === 0) return 0;
      const distance = ((x - glareX) / (radius * stretch)) ** 2 + ((y - glareY) / radius) ** 2;
      return distance > 9 ? 0 : glare * Math.exp(-distance);
    },
  };
}
