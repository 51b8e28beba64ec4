import type { ComparisonSummary } from '../../shared/domain/certification.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { InferenceContract } from '../inference/contract.ts';
import type { Caller } from '../worker-process/rpc.ts';
import type { PreparedInference } from './face-inference.ts';

const CALL_TIMEOUT_MS = 15_000;

/** The inference process as it looks at pictures that a caller gave. */
export interface PictureInference {
  /** All faces of a picture, the most prominent first, in its pixels. */
  findFaces(picture: Uint8Array): Promise<Result<readonly { width: number; height: number }[], Failure>>;
  /** The main faces of two pictures at the false-accept rate `far`. */
  compare(a: Uint8Array, b: Uint8Array, far: number): Promise<Result<ComparisonSummary, Failure>>;
  /** Each face of `photo` with the main face of `reference`; the most similar counts. */
  compareSeveral(photo: Uint8Array, reference: Uint8Array, far: number): Promise<Result<ComparisonSummary, Failure>>;
}

/** The bytes that are given are handed over to the inference process. */
export function createPictureInference(
  caller: Caller<InferenceContract>,
  inference: Pick<PreparedInference, 'state'>,
): PictureInference {
  const call = async <M extends 'inspect' | 'compareImages' | 'comparePhotoWithSeveralFaces'>(
    method: M,
    params: InferenceContract[M]['params'],
  ): Promise<Result<InferenceContract[M]['result'], Failure>> => {
    const state = inference.state();
    if (state === 'ready') return caller.call(method, params, CALL_TIMEOUT_MS);
    return err(state === 'loading' ? failure('inference.unavailable', 'models are loading') : state);
  };
  return {
    findFaces: async (image) => {
      const inspected = await call('inspect', { image });
      return inspected.ok
        ? ok(inspected.value.faces.map(({ box: { width, height } }) => ({ width, height })))
        : inspected;
    },
    compare: async (a, b, far) => {
      const compared = await call('compareImages', { a, b, kind: 'live-live', far });
      if (!compared.ok) return compared;
      const { similarity, score, kind, outcome } = compared.value;
      return ok({ similarity, score, far, kind, outcome });
    },
    compareSeveral: async (photo, reference, far) => {
      const compared = await call('comparePhotoWithSeveralFaces', { photo, reference, kind: 'live-live', far });
      if (!compared.ok) return compared;
      const best = compared.value.compared[compared.value.best];
      if (!best) return err(failure('picture.no-face', 'face'));
      const { similarity, score, kind, outcome } = best;
      return ok({ similarity, score, far, kind, outcome });
    },
  };
}
