import type { InferenceContract } from '../inference/contract.ts';
import type { DocumentInference } from '../certification/ports/document-inference.ts';
import { failure } from '../../shared/reasons.ts';
import { err, type Result } from '../../shared/result.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Caller } from '../worker-process/rpc.ts';
import type { PreparedInference } from './face-inference.ts';

/** A side takes about a second; the first one loads the models of text too. */
const READ_TIMEOUT_MS = 30_000;
const WATCH_TIMEOUT_MS = 10_000;

/** The inference process as it reads documents; nothing is read before the models of faces are loaded. */
export function createDocumentReading(
  caller: Caller<InferenceContract>,
  inference: Pick<PreparedInference, 'state'>,
): DocumentInference {
  const call = async <M extends 'readDocument' | 'watchDocument' | 'endWatch'>(
    method: M,
    params: InferenceContract[M]['params'],
    timeoutMs: number,
  ): Promise<Result<InferenceContract[M]['result'], Failure>> => {
    const state = inference.state();
    if (state === 'ready') return caller.call(method, params, timeoutMs);
    return err(state === 'loading' ? failure('inference.unavailable', 'models are loading') : state);
  };
  return {
    watch: (watchId, page, frame) => call('watchDocument', { watchId, page, ...frame }, WATCH_TIMEOUT_MS),
    endWatch: (watchId) => call('endWatch', { watchId }, WATCH_TIMEOUT_MS),
    read: (image, page, today) => call('readDocument', { image, page, today }, READ_TIMEOUT_MS),
  };
}
