/**
 * False-accept bound of the light code by Monte-Carlo: noise-free light that follows one drawn challenge, scored
 * against another drawn challenge by the product's own correlation at the best accepted lag. Run:
 * `node tests/bench/light-false-accept.ts [pairs] [seed] [calibrated|any] [frames a second] [palette] [slots]`.
 * Frames come at even times, or with `jitter` as a seventh argument as a camera's do: ± 5 ms, every tenth lost.
 */
import { correlateCode } from '../../src/main/liveness/code-correlation.ts';
import { issueLightChallenge, LIGHT_PALETTES, LIGHT_SLOTS } from '../../src/main/liveness/light-challenge.ts';
import { buildStimulus, PLAIN_COLOUR_MATRIX, type Stimulus } from '../../src/main/liveness/stimulus.ts';
import type { LinearRgb } from '../../src/shared/domain/linear-light.ts';
import { displayAsIssued, seededUniform } from '../unit/liveness/synthetic-light.ts';

const RHO_STEPS = [0.8, 0.85, 0.88, 0.9, 0.91, 0.92, 0.93, 0.95];
/** A calibrated window of ± 45 ms around the lag, or every lag that an uncalibrated kiosk accepts. */
const WINDOWS = { calibrated: [75, 165], any: [40, 300] } as const;
const window = process.argv[4] === 'any' ? 'any' : 'calibrated';
const LAG_STEP_MS = 15;
const LAGS_MS = Array.from(
  { length: 1 + Math.floor((WINDOWS[window][1] - WINDOWS[window][0]) / LAG_STEP_MS) },
  (_, i) => WINDOWS[window][0] + LAG_STEP_MS * i,
);
const pairs = Number(process.argv[2] ?? 5_000);
const framesPerSecond = Number(process.argv[5] ?? 30);
const palettes = LIGHT_PALETTES.filter((palette) => (process.argv[6] ?? palette) === palette);
const slotCounts = LIGHT_SLOTS.filter((slots) => (process.argv[7] ?? String(slots)) === String(slots));
const jitter = process.argv[8] === 'jitter';
const uniform = seededUniform(Number(process.argv[3] ?? 1));
const randomBytes = (count: number): Uint8Array =>
  Uint8Array.from({ length: count }, () => Math.floor(uniform() * 256));
/** Half of a usual exposure. */
const HALF_EXPOSURE_MS = 12;

function draw(palette: (typeof LIGHT_PALETTES)[number], slots: (typeof LIGHT_SLOTS)[number]): Stimulus {
  const challenge = issueLightChallenge({ randomBytes, palette, slots });
  const stimulus = buildStimulus(challenge, displayAsIssued(challenge), PLAIN_COLOUR_MATRIX);
  if (!stimulus) throw new Error('an issued challenge has a complete display');
  return stimulus;
}

function withoutBrightness([r, g, b]: LinearRgb): LinearRgb {
  const mean = (r + g + b) / 3;
  return [r - mean, g - mean, b - mean];
}

function score(followed: Stimulus, asked: Stimulus): number {
  const lagMs = 120;
  const timesMs: number[] = [];
  const values: LinearRgb[] = [];
  const frameMs = 1_000 / framesPerSecond;
  for (let t = followed.fromMs + lagMs + uniform() * frameMs; t < followed.toMs + lagMs; t += frameMs) {
    if (jitter && uniform() < 0.1) continue;
    const takenMs = jitter ? t + 10 * (uniform() - 0.5) : t;
    const light = followed.over(takenMs - lagMs - HALF_EXPOSURE_MS, takenMs - lagMs + HALF_EXPOSURE_MS);
    if (!light) continue;
    timesMs.push(takenMs);
    values.push(light);
  }
  const ratio = correlateCode({ timesMs, values }, asked, 'ratio', LAGS_MS);
  const chroma = correlateCode({ timesMs, values: values.map(withoutBrightness) }, asked, 'chroma', LAGS_MS);
  return Math.max(ratio?.rho ?? 0, chroma?.rho ?? 0);
}

/** One-sided 95 % upper bound of a rate (Wilson), a rule of three where nothing was seen. */
function upperBound(hits: number, trials: number): number {
  if (hits === 0) return 3 / trials;
  const z = 1.645;
  const p = hits / trials;
  const spread = z * Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials));
  return (p + (z * z) / (2 * trials) + spread) / (1 + (z * z) / trials);
}

for (const palette of palettes) {
  for (const slots of slotCounts) {
    const reached = RHO_STEPS.map(() => 0);
    let sum = 0;
    for (let pair = 0; pair < pairs; pair++) {
      const rho = score(draw(palette, slots), draw(palette, slots));
      sum += rho;
      RHO_STEPS.forEach((step, i) => (reached[i]! += rho >= step ? 1 : 0));
    }
    const counts = RHO_STEPS.map((step, i) => [
      `rho>=${step}`,
      `${reached[i]!} (<= ${upperBound(reached[i]!, pairs).toExponential(1)})`,
    ]);
    console.log(
      JSON.stringify({
        palette,
        slots,
        window,
        framesPerSecond,
        jitter,
        pairs,
        meanRho: Number((sum / pairs).toFixed(3)),
        ...Object.fromEntries(counts),
      }),
    );
  }
}
