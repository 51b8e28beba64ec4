import type { VoiceWindow } from './speech-timing.ts';

/** The mouth in one frame. */
export interface LipSample {
  readonly atMs: number;
  /** Height of the gap between the lips, in distances of the outer eye corners. */
  readonly gap: number;
  /** Distance of the corners of the mouth, in the same unit. */
  readonly width: number;
}

export interface LipSync {
  /** Correlation of the gap with the logarithm of the sound's level at the best lag, −1–1; 0 when nothing moved. */
  readonly correlation: number;
  /** How much later the lips are seen than the sound is heard, at the best correlation. */
  readonly lagMs: number;
  /** How far the gap goes: 95th less 5th percentile, in distances of the outer eye corners. */
  readonly amplitude: number;
  readonly samples: number;
}

/** Searched lags: a camera may be later than the microphone by a quarter of a second, hardly the other way round. */
const LAG_MS = { least: -120, most: 240, step: 20 } as const;
/** The sound's level is taken over this much to both sides of a frame, about a frame's time. */
const LEVEL_REACH_MS = 48;
/** Quieter than −60 dB of full scale is silence, whatever it is. */
const SILENCE = 1e-3;

/** How well mouth and sound go together. Both in order of time, on one clock. */
export function lipSync(lips: readonly LipSample[], sound: readonly VoiceWindow[]): LipSync {
  const gaps = smoothed(lips.map(({ gap }) => gap));
  let best = { correlation: 0, lagMs: 0 };
  let first = true;
  for (let lagMs = LAG_MS.least; lagMs <= LAG_MS.most; lagMs += LAG_MS.step) {
    const pairs = lips.flatMap(({ atMs }, i) => {
      const level = levelAt(sound, atMs - lagMs);
      return level === null ? [] : [[gaps[i]!, level] as const];
    });
    const correlation = correlationOf(pairs);
    if (first || correlation > best.correlation) best = { correlation, lagMs };
    first = false;
  }
  return { ...best, amplitude: amplitudeOf(gaps), samples: lips.length };
}

/** Whether the lips moved between two times: gap or width changed by more than `least` (5th to 95th percentile). */
export function lipsMoved(lips: readonly LipSample[], fromMs: number, toMs: number, least: number): boolean {
  const within = lips.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
  return [within.map(({ gap }) => gap), within.map(({ width }) => width)].some(
    (values) => amplitudeOf(smoothed(values)) > least,
  );
}

function levelAt(sound: readonly VoiceWindow[], atMs: number): number | null {
  let sum = 0;
  let count = 0;
  for (const { startMs, durationMs, level } of sound) {
    if (Math.abs(startMs + durationMs / 2 - atMs) > LEVEL_REACH_MS) continue;
    sum += Math.log(level + SILENCE);
    count++;
  }
  return count === 0 ? null : sum / count;
}

function correlationOf(pairs: readonly (readonly [number, number])[]): number {
  if (pairs.length < 3) return 0;
  const meanA = mean(pairs.map(([a]) => a));
  const meanB = mean(pairs.map(([, b]) => b));
  let [ab, aa, bb] = [0, 0, 0];
  for (const [a, b] of pairs) {
    ab += (a - meanA) * (b - meanB);
    aa += (a - meanA) ** 2;
    bb += (b - meanB) ** 2;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

/** Mean of each value and its neighbours: landmarks tremble by about as much as a still mouth seems to move. */
function smoothed(values: readonly number[]): readonly number[] {
  return values.map((_, i) => mean(values.slice(Math.max(0, i - 1), i + 2)));
}

function amplitudeOf(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  return at(0.95) - at(0.05);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
