import type { NewFaceReturn } from '../../../shared/domain/face-return.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';

/** Pictures for the customer's own store. */
export interface FaceReturnDesk {
  /** Whether a destination is set up. */
  ready(): boolean;
  /** Keeps the capture's best picture encrypted until it was sent, so that a commit can refer to it. */
  prepare(certifyId: string): Promise<Result<NewFaceReturn, Failure>>;
  discard(certifyId: string): Promise<void>;
}
