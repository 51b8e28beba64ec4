import { Worker } from 'node:worker_threads';
import type { KeptMeasurements } from './kept-measurements.ts';
import type { TrialMeasurement } from './trial-measurement.ts';
import type { TrialCounts } from './trial-plan.ts';

/** What to simulate, and where people come from. */
export interface CorpusRun {
  readonly modelsFolder: string;
  readonly mediaFolder: string;
  readonly facesFolder: string | null;
  readonly perPhoto: number;
  readonly counts: TrialCounts;
  readonly seed: number;
  readonly mesh: 'tracked' | 'model';
}

/** A worker's share of the run: of the trials that aren't known yet, every `parts`-th from `part` on. */
export interface WorkerShare extends CorpusRun {
  readonly part: number;
  readonly parts: number;
  readonly known: readonly number[];
}

export type WorkerMessage =
  | { readonly kind: 'measured'; readonly index: number; readonly measurement: TrialMeasurement }
  | { readonly kind: 'planned'; readonly trials: number };

/** Measures all trials of the test half on `parts` threads, in the plan's order whatever their number. */
export async function runCorpus(
  run: CorpusRun,
  parts: number,
  kept: KeptMeasurements,
  progress: (done: number, total: number) => void,
): Promise<readonly TrialMeasurement[]> {
  const measurements: TrialMeasurement[] = [];
  for (const [index, measurement] of kept.known) measurements[index] = measurement;
  let done = kept.known.size;
  let total = 0;
  const share = (part: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const workerData: WorkerShare = { ...run, part, parts, known: [...kept.known.keys()] };
      const worker = new Worker(new URL('./trial-worker.ts', import.meta.url), { workerData });
      worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'planned') total = message.trials;
        else {
          measurements[message.index] = message.measurement;
          kept.keep(message.index, message.measurement);
          progress(++done, total);
        }
      });
      worker.on('error', reject);
      worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
    });
  await Promise.all(Array.from({ length: parts }, (_, part) => share(part)));
  return measurements;
}
