import type { FaceInspection } from '../../main/inference/face-inspection.ts';
import type { Clock } from '../../shared/clock.ts';
import type { ComparisonOutcome, FaceComparison } from '../../shared/domain/comparison.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import { createInferenceProcess } from './inference-process.ts';

/** What is asked about single pictures, of an inference process of its own. */
export interface FaceProcess {
  inspect(picture: Uint8Array): Promise<Result<FaceInspection, Failure>>;
  /** Two pictures of people, each with one main face; `far` decides the outcome. */
  compare(
    live: Uint8Array,
    reference: Uint8Array,
    far: number,
  ): Promise<Result<FaceComparison & { readonly outcome: ComparisonOutcome }, Failure>>;
  stop(): void;
}

/**
 * The process starts and loads its models with the first call, and starts again when it ends, until `stop`. Pairs are
 * judged as two live pictures.
 */
export function createFaceProcess(modelsFolder: string, clock: Clock, threads = 1): FaceProcess {
  const inference = createInferenceProcess(modelsFolder, clock, threads);
  return {
    inspect: (image) => inference.call('inspect', { image }),
    compare: (a, b, far) => inference.call('compareImages', { a, b, kind: 'live-live', far }),
    stop: () => inference.stop(),
  };
}
