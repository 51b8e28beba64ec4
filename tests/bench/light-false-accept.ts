/**
 * False-accept bound of the light code by Monte-Carlo: noise-free light that follows one drawn challenge, scored
 * against another drawn challenge by the product's own correlation at the best accepted lag. Run:
 * `node tests/bench/light-false-accept.ts [pairs] [seed] [calibrated|any] [frames a second]`.
 */
import { correlateCode } from '../../src/main/liveness/code-correlation.ts';
import { issueLightChallenge, LIGHT_PALETTES, LIGHT_SLOTS } from '../../src/main/liveness/light-challenge.ts';
import type { LinearRgb } from '../../src/shared/domain/linear-light.ts';
import { buildStimulus, PLAIN_COLOUR_MATRIX, type Stimulus } from '../../src/main/liveness/stimulus.ts';
import { displayAsIssued, seededUniform } from '../unit/liveness/synthetic-light.ts';

const RHO_STEPS = [0.8, 0.85, 0.9, 0.91, 0.92, 0.93, 0.95];
/** A calibrated window of ± 45 ms around the lag, or every lag that an uncalibrated kiosk accepts. */
const WINDOWS = { calibrated: [75, 165], any: [40, 300] } as const;
const window = process.argv[4] === 'any' ? 'any' : 'calibrated';
const LAGS_MS = Array.from(
  { length: 1 + Math.floor((WINDOWS[window][1] - WINDOWS[window][0]) / 15) },
  (_, i) => WINDOWS[window][0] + 15 * i,
);
const pairs = Number(process.argv[2] ?? 5_000);
const framesPerSecond = Number(process.argv[5] ?? 30);
const uniform = seededUniform(Number(process.argv[3] ?? 1));
const randomBytes = (count: number): Uint8Array =>
  Uint8Array.from({ length: count }, () => Math.floor(uniform() * 256));

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
  for (
    let t = followed.fromMs + lagMs + uniform() * (1_000 / framesPerSecond);
    t < followed.toMs + lagMs;
    t += 1_000 / framesPerSecond
  ) {
    const light = followed.over(t - lagMs - 12, t - lagMs + 12);
    if (!light) continue;
    timesMs.push(t);
    values.push(light);
  }
  const ratio = correlateCode({ timesMs, values }, asked, 'ratio', LAGS_MS);
  const chroma = correlateCode({ timesMs, values: values.map(withoutBrightness) }, asked, 'chroma', LAGS_MS);
  return Math.max(ratio?.rho ?? 0, chroma?.rho ?? 0);
}

for (const palette of LIGHT_PALETTES) {
  for (const slots of LIGHT_SLOTS) {
    const reached = RHO_STEPS.map(() => 0);
    let sum = 0;
    for (let pair = 0; pair < pairs; pair++) {
      const rho = score(draw(palette, slots), draw(palette, slots));
      sum += rho;
      RHO_STEPS.forEach((step, i) => (reached[i]! += rho >= step ? 1 : 0));
    }
    const shares = RHO_STEPS.map((step, i) => [`P(rho>=${step})`, Number((reached[i]! / pairs).toExponential(2))]);
    console.log(
      JSON.stringify({
        palette,
        slots,
        pairs,
        meanRho: Number((sum / pairs).toFixed(3)),
        ...Object.fromEntries(shares),
      }),
    );
  }
}
