import { createHash } from 'node:crypto';
import { NEUTRAL_RGB, type DisplayLog, type LightChallenge } from '../../../src/shared/domain/challenge.ts';
import type { LightFrame, PixelBox } from '../../../src/shared/domain/liveness.ts';
import { fadeShare, mixedLight } from '../../../src/shared/domain/light-field.ts';
import { toLinear, toSrgb, type LinearRgb } from '../../../src/shared/domain/linear-light.ts';
import type { RandomBytes } from '../../../src/main/liveness/random-choice.ts';

/** A reproducible byte stream: SHA-256 over seed and counter. */
export function seededBytes(seed: number | string): RandomBytes {
  let counter = 0;
  let pool = new Uint8Array(0);
  return (count) => {
    const out = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      if (pool.length === 0) pool = createHash('sha256').update(`${seed}:${counter++}`).digest();
      out[i] = pool[0]!;
      pool = pool.subarray(1);
    }
    return out;
  };
}

/** Mulberry32: uniform in 0–1, for noise in tests only. */
export function seededUniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function displayAsIssued(challenge: LightChallenge, startMs = 1_000): DisplayLog {
  return challenge.colours.map((colour, index) => ({ index, shownAtMs: startMs + colour.startMs }));
}

export interface SyntheticScene {
  readonly challenge: LightChallenge;
  readonly seed: number;
  readonly lagMs?: number;
  /** Light that the face and the background get from a white screen, as a share of the ambient light. */
  readonly faceGain?: number;
  readonly backgroundGain?: number;
  /** Share of frames that are lost at random. */
  readonly dropShare?: number;
  /** The camera's gain per channel over time, 0–1 through the recording. */
  readonly cameraGain?: (share: number) => LinearRgb;
  /** A tight crop without anything beside the face. */
  readonly tight?: boolean;
  readonly framesPerSecond?: number;
}

const SIZE = 40;
const WIDE: PixelBox = { x: 10, y: 4, width: 20, height: 32 };
const TIGHT: PixelBox = { x: 0, y: 0, width: SIZE, height: SIZE };
const SKIN: LinearRgb = [0.36, 0.22, 0.16];
const WALL: LinearRgb = [0.25, 0.27, 0.24];

function lightAt(challenge: LightChallenge, timeMs: number): LinearRgb {
  const { colours, fadeMs = 0 } = challenge;
  const last = colours.at(-1)!;
  const cues = [...colours, { rgb: NEUTRAL_RGB, startMs: last.startMs + last.durationMs }];
  const index = cues.findLastIndex((cue) => timeMs >= cue.startMs);
  if (index < 0) return toLinear(NEUTRAL_RGB);
  const from = index === 0 ? NEUTRAL_RGB : cues[index - 1]!.rgb;
  return mixedLight(toLinear(from), toLinear(cues[index]!.rgb), fadeShare(timeMs - cues[index]!.startMs, fadeMs));
}

/** Frames of a face and a wall under ambient light and the screen: exposure of 20 ms, sensor noise, 8 bits. */
export function renderFrames(scene: SyntheticScene, startMs = 1_000): LightFrame[] {
  const { challenge, lagMs = 130, faceGain = 0.5, backgroundGain = 0.05, dropShare = 0 } = scene;
  const uniform = seededUniform(scene.seed);
  const last = challenge.colours.at(-1)!;
  const lengthMs = last.startMs + last.durationMs + challenge.tailMs + lagMs;
  const frames: LightFrame[] = [];
  for (let timeMs = uniform() * 33; timeMs < lengthMs; timeMs += 1_000 / (scene.framesPerSecond ?? 30)) {
    if (uniform() < dropShare) continue;
    const capturedMs = timeMs + (uniform() - 0.5) * 3;
    const samples = [-10, -5, 0, 5, 10].map((offset) => lightAt(challenge, capturedMs - lagMs + offset));
    const light = ([0, 1, 2] as const).map((c) => samples.reduce((sum, rgb) => sum + rgb[c], 0) / samples.length);
    const gain = scene.cameraGain?.(timeMs / lengthMs) ?? [1, 1, 1];
    const drift = 1 + 0.04 * Math.sin(timeMs / 900);
    const lit = (albedo: LinearRgb, k: number): LinearRgb => {
      const channel = (c: 0 | 1 | 2): number => albedo[c] * gain[c] * (0.6 * drift + k * light[c]!);
      return [channel(0), channel(1), channel(2)];
    };
    frames.push(
      paint(scene.tight ? TIGHT : WIDE, lit(SKIN, faceGain), lit(WALL, backgroundGain), uniform, startMs + capturedMs),
    );
  }
  return frames;
}

function paint(
  face: PixelBox,
  skin: LinearRgb,
  wall: LinearRgb,
  uniform: () => number,
  capturedAtMs: number,
): LightFrame {
  const rgb = new Uint8Array(SIZE * SIZE * 3);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const inside = x >= face.x && x < face.x + face.width && y >= face.y && y < face.y + face.height;
      const noisy = (inside ? skin : wall).map((value) => value * (1 + 0.06 * (uniform() - 0.5)));
      rgb.set(toSrgb([noisy[0]!, noisy[1]!, noisy[2]!]), (y * SIZE + x) * 3);
    }
  }
  return { rgb, width: SIZE, height: SIZE, face, capturedAtMs };
}
