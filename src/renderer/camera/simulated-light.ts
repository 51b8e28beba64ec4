import type { LinearRgb } from '../../shared/domain/linear-light.ts';
import type { ScreenLight } from './screen-light.ts';
import type { Point } from './simulated-face.ts';

/** From the screen to the picture: exposure, read-out and transfer of a usual webcam. */
const LATENCY_MS = 100;
const EXPOSURE_MS = 20;
/** The sensor reads its last row this much later than its first. */
const ROLLING_MS = 12;

/** Share of the light at the face that is ambient; the rest is a white screen's. */
export const AMBIENT_SHARE = 0.6;

/** A screen of 24 inches, upright, its middle this far below the camera. */
const SCREEN = { width: 0.3, height: 0.53, below: 0.12 } as const;
/** The screen is added up from so many patches: finer changes the light on a face by less than 1 %. */
const PATCHES = { across: 3, down: 5 } as const;

/** Light that enters skin comes out a little further on: this share, from as far round as the wrap says. */
const SUBSURFACE = { share: 0.15, wrap: 0.4 } as const;

const PATCH_POINTS: readonly Point[] = Array.from({ length: PATCHES.across * PATCHES.down }, (_, i) => [
  SCREEN.width * (((i % PATCHES.across) + 0.5) / PATCHES.across - 0.5),
  -SCREEN.below + SCREEN.height * ((Math.floor(i / PATCHES.across) + 0.5) / PATCHES.down - 0.5),
  0,
]);

/** The screen's light at the top and at the bottom row of the picture that is seen at a time, linear. */
export interface SeenLight {
  readonly top: LinearRgb;
  readonly bottom: LinearRgb;
  /** When what is seen happened. */
  readonly happenedAtMs: number;
}

/** What a camera's picture of now shows of the screen's light. `extraMs` is the delay of a relay. */
export function seenLight(light: ScreenLight, nowMs: number, extraMs = 0): SeenLight {
  const endMs = nowMs - LATENCY_MS - extraMs;
  const rows = (delayMs: number): LinearRgb => light.meanLight(endMs - EXPOSURE_MS + delayMs, endMs + delayMs);
  return { top: rows(-ROLLING_MS), bottom: rows(0), happenedAtMs: nowMs - LATENCY_MS };
}

/**
 * Light of the screen at a point of a matt surface per unit of the screen's own: Lambert's cosines on both sides and
 * the inverse square of the distance, added up over the screen. No shadows.
 */
export function screenIrradiance(point: Point, normal: Point, wrap = 0): number {
  let sum = 0;
  for (const patch of PATCH_POINTS) {
    const x = patch[0] - point[0];
    const y = patch[1] - point[1];
    const z = patch[2] - point[2];
    const squared = x * x + y * y + z * z;
    const distance = Math.sqrt(squared);
    const received = ((x * normal[0] + y * normal[1] + z * normal[2]) / distance + wrap) / (1 + wrap);
    if (received > 0) sum += (received * (z / distance)) / squared;
  }
  return sum;
}

/** As `screenIrradiance`, softened as skin softens light. */
export function skinIrradiance(point: Point, normal: Point): number {
  const { share, wrap } = SUBSURFACE;
  return (1 - share) * screenIrradiance(point, normal) + share * screenIrradiance(point, normal, wrap);
}

/** Skin shines within about 15 degrees of a mirror's direction. */
const SHINE_EXPONENT = 30;

/** How much a surface mirrors the middle of the screen into the camera, 0–1 (Blinn's model). */
export function screenShine([x, y, z]: Point, normal: Point): number {
  const toCamera = Math.hypot(x, y, z);
  const toScreen = Math.hypot(x, y + SCREEN.below, z);
  const halfway: Point = [
    -x / toCamera - x / toScreen,
    -y / toCamera - (y + SCREEN.below) / toScreen,
    -z / toCamera - z / toScreen,
  ];
  const cosine = (halfway[0] * normal[0] + halfway[1] * normal[1] + halfway[2] * normal[2]) / Math.hypot(...halfway);
  return Math.max(0, cosine) ** SHINE_EXPONENT;
}
