/**
 * Refits the relief's logistic model on the development half of the simulated corpus and prints the coefficients,
 * the limits and what they would do to that half. Run:
 * `node tests/accuracy/liveness/fit-relief.ts [genuine clips] [clips of each attack] [seed] [features.json]`.
 * With a file the features are kept there, and read from there when it exists.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createLightRecording } from '../../../src/main/liveness/light-recording.ts';
import { MAX_REFUTING_NOISE } from '../../../src/main/liveness/relief-coefficients.ts';
import { featureVector, reliefScore, type ReliefCoefficients } from '../../../src/main/liveness/relief-score.ts';
import type { ReliefMeasurement } from '../../../src/shared/domain/liveness.ts';
import { ATTACK_KINDS, loadIdentities, simulateClip, splitOf, type Identity, type Presentation } from './corpus.ts';
import { seeded } from './seeded.ts';

const [genuineCount = 160, attackCount = 36, seed = 1] = process.argv.slice(2, 5).map(Number);
const keptIn = process.argv[5];

/** Carriers without a face's relief that answer the screen, or seem to. */
const CARRIERS: readonly Presentation[] = ATTACK_KINDS.filter((kind) =>
  ['print-flat', 'print-curved', 'paper-mask', 'phone-replay', 'tablet-replay', 'tint-relay'].includes(kind),
);
/** Genuine clips of the development half below the limit: the corpus's own choice between comfort and safety. */
const GENUINE_BELOW_LIMIT = 0.01;
const RIDGE = 0.02;
const ROUNDS = 60;

interface Sample {
  readonly attack: Presentation;
  readonly variant: string | null;
  readonly ambientLux: number;
  readonly rho: number;
  readonly gain: number;
  readonly relief: ReliefMeasurement | null;
}

function measure(attack: Presentation, identity: Identity, index: number): Sample {
  const random = seeded('fit', seed, attack, index);
  const palette = random.chance(0.25) ? 'gentle' : 'vivid';
  const clip = simulateClip({ seed: `fit ${seed} ${index}`, identity, attack, palette });
  if (clip.truth.split !== 'development') throw new Error('only the development half may be fitted');
  const recording = createLightRecording();
  for (const frame of clip.frames) recording.add(frame);
  const light = recording.judge(clip.challenge, clip.display, { calibration: clip.calibration });
  if (light.state === 'unmeasured') throw new Error(light.detail);
  const { variant, ambientLux } = clip.truth;
  const { rho, gain, relief = null } = light;
  return { attack, variant, ambientLux, rho, gain: Math.max(...gain), relief };
}

async function measureAll(): Promise<readonly Sample[]> {
  const identities = await loadIdentities({ modelsFolder: 'models', mediaFolder: '.cache/media', perPhoto: 12 });
  const people = identities.filter((identity) => splitOf(identity, 'genuine') === 'development');
  const samples: Sample[] = [];
  const add = (attack: Presentation, count: number): void => {
    for (let i = 0; i < count; i++) samples.push(measure(attack, people[i % people.length]!, i));
    process.stderr.write(`${attack}: ${count}\n`);
  };
  add('genuine', genuineCount);
  for (const kind of CARRIERS) add(kind, attackCount);
  return samples;
}

/** Weighted logistic regression by Newton's method: both classes count the same. */
function fit(samples: readonly (readonly [vector: readonly number[], isFace: boolean])[]): ReliefCoefficients {
  const column = (i: number): number[] => samples.map(([vector]) => vector[i]!);
  const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const mean = [0, 1, 2].map((i) => meanOf(column(i)));
  const deviation = [0, 1, 2].map((i) => Math.sqrt(meanOf(column(i).map((value) => (value - mean[i]!) ** 2))));
  const rows = samples.map(([vector]) => [1, ...vector.map((value, i) => (value - mean[i]!) / deviation[i]!)]);
  const faces = samples.filter(([, isFace]) => isFace).length;
  const weightOf = (isFace: boolean): number => 0.5 / (isFace ? faces : samples.length - faces);
  let beta = [0, 0, 0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = beta.map((value, i) => (i === 0 ? 0 : -RIDGE * value));
    const hessian = beta.map((_, i) => beta.map((_unused, j) => (i === j ? (i === 0 ? 1e-9 : RIDGE) : 0)));
    rows.forEach((row, r) => {
      const [, isFace] = samples[r]!;
      const p = 1 / (1 + Math.exp(-row.reduce((sum, value, i) => sum + value * beta[i]!, 0)));
      const weight = weightOf(isFace);
      row.forEach((value, i) => {
        gradient[i]! += weight * ((isFace ? 1 : 0) - p) * value;
        row.forEach((other, j) => (hessian[i]![j]! += weight * p * (1 - p) * value * other));
      });
    });
    const step = solve(hessian, gradient);
    beta = beta.map((value, i) => value + step[i]!);
  }
  const triple = (values: readonly number[]): [number, number, number] => {
    const rounded = values.map((value) => Number(value.toFixed(4)));
    return [rounded[0]!, rounded[1]!, rounded[2]!];
  };
  return {
    mean: triple(mean),
    deviation: triple(deviation),
    weights: triple(beta.slice(1)),
    bias: Number(beta[0]!.toFixed(4)),
  };
}

function solve(matrix: readonly (readonly number[])[], values: readonly number[]): number[] {
  const system = matrix.map((row, i) => [...row, values[i]!]);
  for (let i = 0; i < system.length; i++) {
    for (let k = 0; k < system.length; k++) {
      if (k === i) continue;
      const factor = system[k]![i]! / system[i]![i]!;
      for (let j = i; j < system[k]!.length; j++) system[k]![j]! -= factor * system[i]![j]!;
    }
  }
  return system.map((row, i) => row.at(-1)! / row[i]!);
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))]!;
}

const known = keptIn !== undefined && existsSync(keptIn);
const samples = known ? (JSON.parse(readFileSync(keptIn, 'utf8')) as readonly Sample[]) : await measureAll();
if (keptIn !== undefined && !known) writeFileSync(keptIn, JSON.stringify(samples));
const clear = samples.flatMap((sample) =>
  sample.relief && sample.relief.noise <= MAX_REFUTING_NOISE ? [{ ...sample, relief: sample.relief }] : [],
);
const model = fit(clear.map(({ relief, attack }) => [featureVector(relief), attack === 'genuine'] as const));
const scored = clear.map((sample) => ({ ...sample, score: reliefScore(sample.relief, model) }));
const genuine = scored.filter(({ attack }) => attack === 'genuine').map(({ score }) => score);
const limit = Math.min(0.5, quantile(genuine, GENUINE_BELOW_LIMIT));
console.log(JSON.stringify({ ...model, limit: Number(limit.toFixed(3)) }, null, 2));
for (const kind of new Set(samples.map(({ attack }) => attack))) {
  const all = samples.filter(({ attack }) => attack === kind);
  const here = scored.filter(({ attack }) => attack === kind);
  const scores = here.map(({ score }) => score);
  console.log(
    kind.padEnd(16),
    `clips ${all.length}, clear ${here.length}, at or above the limit ${scores.filter((score) => score >= limit).length}`,
    `scores 1 % ${quantile(scores, 0.01)?.toFixed(3)} median ${quantile(scores, 0.5)?.toFixed(3)} 99 % ${quantile(scores, 0.99)?.toFixed(3)}`,
  );
}
process.exit(0);
