import { Worker } from 'node:worker_threads';
import type { TrialResult } from './trial-judge.ts';
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

/** A worker's share of the run: every `parts`-th trial from `part` on. */
export interface WorkerShare extends CorpusRun {
  readonly part: number;
  readonly parts: number;
}

export type WorkerMessage =
  | { readonly kind: 'result'; readonly index: number; readonly result: TrialResult }
  | { readonly kind: 'planned'; readonly trials: number };

/** Runs all trials of the test half on `parts` threads; the results are in the plan's order, whatever the number. */
export async function runCorpus(
  run: CorpusRun,
  parts: number,
  progress: (done: number, total: number) => void,
): Promise<readonly TrialResult[]> {
  const results: TrialResult[] = [];
  let done = 0;
  let total = 0;
  const share = (part: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const workerData: WorkerShare = { ...run, part, parts };
      const worker = new Worker(new URL('./trial-worker.ts', import.meta.url), { workerData });
      worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'planned') total = message.trials;
        else {
          results[message.index] = message.result;
          progress(++done, total);
        }
      });
      worker.on('error', reject);
      worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
    });
  await Promise.all(Array.from({ length: parts }, (_, part) => share(part)));
  return results;
}
