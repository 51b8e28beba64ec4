import { STAGES, type Stage } from './certification.ts';

/**
 * Upper ends of the histogram's buckets in milliseconds, each included; one more bucket takes what is longer. Steps last
 * from a commit's milliseconds to a person's minute: each end is about half as much again as the one before.
 */
export const STEP_BUCKETS_MS = [
  5, 10, 20, 50, 100, 200, 300, 500, 750, 1_000, 1_500, 2_000, 3_000, 4_000, 6_000, 8_000, 12_000, 20_000, 30_000,
  60_000,
] as const;

/** How often a step was taken, how long it took in all (whole milliseconds), and how often in which bucket. */
export interface StepTimes {
  count: number;
  sumMs: number;
  readonly buckets: number[];
}

export type StepTimesByStage = Partial<Record<Stage, StepTimes>>;

/** A new one each time, since steps are added in place; it has one bucket more than `STEP_BUCKETS_MS`. */
export function noStepTimes(): StepTimes {
  return { count: 0, sumMs: 0, buckets: new Array<number>(STEP_BUCKETS_MS.length + 1).fill(0) };
}

/** Adds one certification's steps to what was counted, in place. */
export function addSteps(times: StepTimesByStage, stagesMs: Readonly<Partial<Record<Stage, number>>>): void {
  for (const stage of STAGES) {
    const ms = stagesMs[stage];
    if (ms === undefined) continue;
    const step = (times[stage] ??= noStepTimes());
    const wholeMs = Math.round(ms);
    step.count += 1;
    step.sumMs += wholeMs;
    const bucket = bucketOf(wholeMs);
    step.buckets[bucket] = (step.buckets[bucket] ?? 0) + 1;
  }
}

/** Adds what was counted apart, in place. */
export function mergeSteps(into: StepTimesByStage, from: StepTimesByStage): void {
  for (const stage of STAGES) {
    const added = from[stage];
    if (added === undefined) continue;
    const step = (into[stage] ??= noStepTimes());
    step.count += added.count;
    step.sumMs += added.sumMs;
    for (let bucket = 0; bucket < added.buckets.length; bucket += 1) {
      const count = added.buckets[bucket] ?? 0;
      if (count > 0) step.buckets[bucket] = (step.buckets[bucket] ?? 0) + count;
    }
  }
}

/**
 * The time within which a share of the steps was done, read off the histogram: exact to the width of its bucket. Null
 * where nothing was counted. In the last bucket, which has no end, it is the end of the one before: at least that long.
 *
 * @param share 0..1
 */
export function stepQuantileMs({ count, buckets }: StepTimes, share: number): number | null {
  if (count === 0) return null;
  const wanted = share * count;
  let before = 0;
  for (const [bucket, within] of buckets.entries()) {
    if (within > 0 && before + within >= wanted) {
      const from = bucket === 0 ? 0 : STEP_BUCKETS_MS[bucket - 1]!;
      const to = STEP_BUCKETS_MS[bucket] ?? from;
      return from + ((to - from) * (wanted - before)) / within;
    }
    before += within;
  }
  return STEP_BUCKETS_MS.at(-1) ?? null;
}

function bucketOf(ms: number): number {
  const found = STEP_BUCKETS_MS.findIndex((end) => ms <= end);
  return found < 0 ? STEP_BUCKETS_MS.length : found;
}

/** As a row keeps it: how often, how long in all, then each bucket that isn't empty and its count. */
export function writeSteps(times: StepTimesByStage): string {
  let text = '';
  for (const stage of STAGES) {
    const step = times[stage];
    if (step === undefined) continue;
    text += `${text === '' ? '' : ','}"${stage}":[${step.count},${step.sumMs}`;
    for (let bucket = 0; bucket < step.buckets.length; bucket += 1) {
      const within = step.buckets[bucket] ?? 0;
      if (within > 0) text += `,${bucket},${within}`;
    }
    text += ']';
  }
  return `{${text}}`;
}

/** Null for a text that isn't what `writeSteps` wrote. */
export function readSteps(text: string): StepTimesByStage | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  const times: StepTimesByStage = {};
  for (const name in parsed) {
    const stage = STAGES.find((known) => known === name);
    const step = stage && readStep(Reflect.get(parsed, name));
    if (!step) return null;
    times[stage] = step;
  }
  return times;
}

function readStep(numbers: unknown): StepTimes | null {
  if (!Array.isArray(numbers) || numbers.length % 2 !== 0) return null;
  for (const number of numbers) if (!Number.isSafeInteger(number) || number < 0) return null;
  const [count, sumMs, ...pairs] = numbers as number[];
  if (count === undefined || sumMs === undefined) return null;
  const step: StepTimes = { ...noStepTimes(), count, sumMs };
  for (let at = 0; at < pairs.length; at += 2) {
    const bucket = pairs[at]!;
    if (bucket >= step.buckets.length) return null;
    step.buckets[bucket] = pairs[at + 1]!;
  }
  return step;
}
