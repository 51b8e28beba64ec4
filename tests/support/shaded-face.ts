import { CANONICAL_TRIANGLES, CANONICAL_VERTICES, vertexNormals } from '../../src/shared/domain/canonical-face.ts';
import type { LightChallenge } from '../../src/shared/domain/challenge.ts';
import { NEUTRAL_RGB } from '../../src/shared/domain/challenge.ts';
import type { LightFrame } from '../../src/shared/domain/liveness.ts';
import { fadeShare, mixedLight } from '../../src/shared/domain/light-field.ts';
import { toLinear, toSrgb, type LinearRgb } from '../../src/shared/domain/linear-light.ts';
import { seededUniform } from '../unit/liveness/synthetic-light.ts';

/** What stands in front of the camera: a head, or a sheet with a face printed on it. */
export type Carrier = 'head' | 'flat' | 'bent';

export interface ShadedScene {
  readonly challenge: LightChallenge;
  readonly seed: number;
  readonly carrier: Carrier;
  readonly lagMs?: number;
  /** Light from a white screen on what faces it, as a share of the ambient light. */
  readonly screen?: number;
  /** The brightest that anything gets, linear; above 1 the picture is cut. */
  readonly exposure?: number;
  /** Sensor noise as a share of the light. */
  readonly noise?: number;
  readonly framesPerSecond?: number;
  /** Milliseconds between two meshes; the first frame has one. */
  readonly meshEveryMs?: number;
  /** Pixels that the face is away from its place at a time. */
  readonly moved?: (timeMs: number) => number;
  /** Factor on the room's light at a time. */
  readonly room?: (timeMs: number) => number;
}

const WIDTH = 160;
const HEIGHT = 130;
const PIXELS_PER_CM = 5.6;
const CENTRE = { x: WIDTH / 2, y: HEIGHT / 2 } as const;
const FACE = { x: 35, y: 5, width: 90, height: 120 } as const;
const BEND_RADIUS_CM = 14;

const BYTE_OF_LIGHT = Uint8Array.from({ length: 4_096 }, (_, i) => toSrgb([i / 4_095, 0, 0])[0]);

/** The face's own shade, which a print has too: darker towards the sides, spots at random. */
function albedoOf(x: number, y: number, spots: (x: number, y: number) => number): LinearRgb {
  const tone = spots(x, y);
  return [0.42 * tone, 0.27 * tone, 0.2 * tone];
}

interface PixelSurface {
  /** Light of the room and of the white screen, and the surface's colour. */
  readonly room: number;
  readonly screen: number;
  readonly albedo: LinearRgb;
}

function screenAnswer(carrier: Carrier, normal: readonly [number, number, number], x: number): number {
  if (carrier === 'flat') return 0.9 + 0.01 * x;
  if (carrier === 'bent') return Math.sqrt(Math.max(0, 1 - (x / BEND_RADIUS_CM) ** 2));
  // The screen is a little below the camera.
  return Math.max(0, 0.97 * normal[2] - 0.2 * normal[1]);
}

/** What each pixel sees, by the canonical face's triangles; null beside it. */
function surfaceOf(carrier: Carrier, seed: number): (PixelSurface | null)[] {
  const normals = vertexNormals(CANONICAL_VERTICES);
  const depth = new Float32Array(WIDTH * HEIGHT).fill(-Infinity);
  const pixels: (PixelSurface | null)[] = Array.from({ length: WIDTH * HEIGHT }, () => null);
  const uniform = seededUniform(seed);
  const phases = Array.from({ length: 6 }, () => 6 * uniform());
  const spots = (x: number, y: number): number =>
    1 + 0.15 * Math.sin(0.7 * x + phases[0]!) * Math.sin(0.9 * y + phases[1]!) + 0.1 * Math.sin(2 * x + y + phases[2]!);
  const at = (table: Float32Array, point: number): readonly [number, number, number] => [
    table[3 * point]!,
    table[3 * point + 1]!,
    table[3 * point + 2]!,
  ];
  for (let t = 0; t < CANONICAL_TRIANGLES.length; t += 3) {
    const corners = [0, 1, 2].map((i) => CANONICAL_TRIANGLES[t + i]!);
    const [a, b, c] = corners.map((corner) => at(CANONICAL_VERTICES, corner)) as [
      readonly [number, number, number],
      readonly [number, number, number],
      readonly [number, number, number],
    ];
    const area = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
    if (Math.abs(area) < 1e-9) continue;
    const px = [a, b, c].map(([x]) => CENTRE.x + PIXELS_PER_CM * x);
    const py = [a, b, c].map(([, y]) => CENTRE.y - PIXELS_PER_CM * y);
    for (let y = Math.max(0, Math.floor(Math.min(...py))); y <= Math.min(HEIGHT - 1, Math.ceil(Math.max(...py))); y++) {
      for (
        let x = Math.max(0, Math.floor(Math.min(...px)));
        x <= Math.min(WIDTH - 1, Math.ceil(Math.max(...px)));
        x++
      ) {
        const cx = (x - CENTRE.x) / PIXELS_PER_CM;
        const cy = (CENTRE.y - y) / PIXELS_PER_CM;
        const v = ((cx - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (cy - a[1])) / area;
        const w = ((b[0] - a[0]) * (cy - a[1]) - (cx - a[0]) * (b[1] - a[1])) / area;
        const u = 1 - v - w;
        if (u < -1e-6 || v < -1e-6 || w < -1e-6) continue;
        const z = u * a[2] + v * b[2] + w * c[2];
        if (z <= depth[y * WIDTH + x]!) continue;
        depth[y * WIDTH + x] = z;
        const mixed = [0, 1, 2].map(
          (k) => u * at(normals, corners[0]!)[k]! + v * at(normals, corners[1]!)[k]! + w * at(normals, corners[2]!)[k]!,
        ) as [number, number, number];
        pixels[y * WIDTH + x] = {
          room: carrier === 'head' ? 0.6 + 0.3 * mixed[1] + 0.2 * mixed[0] : 0.8,
          screen: screenAnswer(carrier, mixed, cx),
          albedo: albedoOf(cx, cy, spots),
        };
      }
    }
  }
  return pixels;
}

function shownAt(challenge: LightChallenge, timeMs: number): LinearRgb {
  const last = challenge.colours.at(-1)!;
  const cues = [...challenge.colours, { rgb: NEUTRAL_RGB, startMs: last.startMs + last.durationMs }];
  const index = cues.findLastIndex(({ startMs }) => timeMs >= startMs);
  if (index < 0) return toLinear(NEUTRAL_RGB);
  const from = index === 0 ? NEUTRAL_RGB : cues[index - 1]!.rgb;
  const share = fadeShare(timeMs - cues[index]!.startMs, challenge.fadeMs ?? 0);
  return mixedLight(toLinear(from), toLinear(cues[index]!.rgb), share);
}

/** The mesh that a perfect model would find. */
function meshAt(shiftPixels: number): Float32Array {
  return CANONICAL_VERTICES.map((value, i) => {
    if (i % 3 === 0) return CENTRE.x + shiftPixels + PIXELS_PER_CM * value;
    return (i % 3 === 1 ? CENTRE.y : 0) - PIXELS_PER_CM * value;
  });
}

/**
 * Frames of a canonical face, or of a sheet with its picture, lit by the room and by a light challenge: matte surfaces,
 * an exposure of 20 ms, noise and 8 bits. The display's clock is `startMs` at the begin of the lead-in.
 */
export function renderShadedFace(scene: ShadedScene, startMs = 1_000): LightFrame[] {
  const { challenge, carrier, lagMs = 130, screen = 0.6, exposure = 1, noise = 0.03 } = scene;
  const { framesPerSecond = 30, meshEveryMs = 95, moved = () => 0, room = () => 1 } = scene;
  const uniform = seededUniform(scene.seed);
  const surface = surfaceOf(carrier, scene.seed);
  const last = challenge.colours.at(-1)!;
  const lengthMs = last.startMs + last.durationMs + challenge.tailMs + lagMs;
  const frames: LightFrame[] = [];
  let lastMeshMs = -Infinity;
  for (let timeMs = 20 * uniform(); timeMs < lengthMs; timeMs += 1_000 / framesPerSecond) {
    const samples = [-10, -5, 0, 5, 10].map((offset) => shownAt(challenge, timeMs - lagMs + offset));
    const light = ([0, 1, 2] as const).map((c) => samples.reduce((sum, rgb) => sum + rgb[c], 0) / samples.length);
    const shift = moved(timeMs);
    const rgb = new Uint8Array(WIDTH * HEIGHT * 3);
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++) {
        const from = x - Math.round(shift);
        const seen = from >= 0 && from < WIDTH ? surface[y * WIDTH + from]! : null;
        const {
          room: roomLight,
          screen: screenLight,
          albedo,
        } = seen ?? { room: 0.5, screen: 0.08, albedo: [0.3, 0.3, 0.3] };
        const lit = ([0, 1, 2] as const).map((c) => {
          const amount = 0.6 * room(timeMs) * roomLight + screen * screenLight * light[c]!;
          return exposure * albedo[c] * amount * (1 + noise * 2 * (uniform() - 0.5));
        });
        for (let c = 0; c < 3; c++)
          rgb[3 * (y * WIDTH + x) + c] = BYTE_OF_LIGHT[Math.min(4_095, Math.round(4_095 * lit[c]!))]!;
      }
    }
    const hasMesh = timeMs - lastMeshMs >= meshEveryMs;
    if (hasMesh) lastMeshMs = timeMs;
    const capturedAtMs = startMs + timeMs;
    frames.push({
      rgb,
      width: WIDTH,
      height: HEIGHT,
      face: FACE,
      capturedAtMs,
      ...(hasMesh && { mesh: meshAt(shift) }),
    });
  }
  return frames;
}
