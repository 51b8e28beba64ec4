import type { Pose } from './scene.ts';
import type { Seeded } from './seeded.ts';
import { multiply, rotation, type Vector3 } from './vector.ts';

/** Where a head, or a hand with a carrier in it, is at a time. */
export type Motion = (timeMs: number) => Pose;

/** How far it sways: metres along x, y and z, and radians of yaw, pitch and roll; one standard deviation. */
const SWAY = [0.003, 0.0025, 0.004, 0.02, 0.016, 0.01] as const;
/** How it stands or is held: radians of yaw, pitch and roll. */
const STANCE: Vector3 = [0.07, 0.06, 0.035];

/** Slow unrest of somebody who tries to hold still; each person more or less. */
export function drawMotion(random: Seeded, depthM: number): Motion {
  const unrest = random.between(0.2, 1.3);
  const stance = STANCE.map((deviation) => random.normal(0, deviation)) as [number, number, number];
  const waves = SWAY.map((deviation) =>
    [0.12, 0.31, 0.74].map((hertz, i) => ({
      perMs: (2 * Math.PI * hertz * random.between(0.7, 1.3)) / 1_000,
      phase: random.between(0, 2 * Math.PI),
      height: (unrest * deviation * Math.abs(random.normal(0, 1))) / (1 + i),
    })),
  );
  const base = rotation(...stance);
  return (timeMs) => {
    const [x, y, z, yaw, pitch, roll] = waves.map((parts) =>
      parts.reduce((sum, { perMs, phase, height }) => sum + height * Math.sin(perMs * timeMs + phase), 0),
    ) as [number, number, number, number, number, number];
    return { turn: multiply(rotation(yaw, pitch, roll), base), move: [x, y, depthM + z] };
  };
}
