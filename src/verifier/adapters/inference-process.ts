import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { InferenceContract } from '../../main/inference/contract.ts';
import { forkWorker } from '../../main/worker-process/child-process.ts';
import type { Caller } from '../../main/worker-process/rpc.ts';
import { superviseWorker } from '../../main/worker-process/supervisor.ts';
import type { Clock } from '../../shared/clock.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, type Result } from '../../shared/result.ts';

/** Faces in pictures, by a process of its own: what a picture can do to a decoder doesn't end the verifier. */
export interface InferenceProcess {
  /** Loads the models if they aren't yet, and then carries the call out. */
  call<M extends keyof InferenceContract>(
    method: M,
    params: InferenceContract[M]['params'],
  ): Promise<Result<InferenceContract[M]['result'], Failure>>;
  stop(): void;
}

const CODES = { crashed: 'inference.crashed', late: 'inference.unavailable' } as const;
const PREPARE_TIMEOUT_MS = 60_000;
const CALL_TIMEOUT_MS = 15_000;

/** Starts the process at the first call and keeps it; one that ends is started again, with its models. */
export function createInferenceProcess(modelsFolder: string, clock: Clock, threads = 1): InferenceProcess {
  let running: { readonly caller: Caller<InferenceContract>; stop(): void } | null = null;
  let prepared: Promise<Result<unknown, Failure>> | null = null;
  const prepare = (caller: Caller<InferenceContract>): Promise<Result<unknown, Failure>> =>
    caller.call('prepare', { modelsFolder, threads }, PREPARE_TIMEOUT_MS);
  const start = (): Caller<InferenceContract> => {
    running ??= superviseWorker<InferenceContract>('inference', () => forkWorker(workerFile()), CODES, clock, {
      onRestart: () => {
        prepared = null;
      },
      onExhausted: () => {
        prepared = Promise.resolve(err(failure('inference.crashed', 'too often')));
      },
    });
    return running.caller;
  };
  return {
    call: async (method, params) => {
      const caller = start();
      prepared ??= prepare(caller);
      const ready = await prepared;
      if (ready.ok) return caller.call(method, params, CALL_TIMEOUT_MS);
      if (ready.error.code === 'inference.unavailable') prepared = null;
      return ready;
    },
    stop: () => running?.stop(),
  };
}

/** Beside the built entries, from an entry or from a chunk; among the sources, where inference is. */
function workerFile(): string {
  const built = ['inference.js', '../inference.js'].map((name) => join(import.meta.dirname, name));
  return built.find((file) => existsSync(file)) ?? join(import.meta.dirname, '../../main/inference/worker.ts');
}
