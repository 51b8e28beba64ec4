import type { CertificationRequest } from '../../../shared/domain/certification-request.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';
import type { BoundRequest } from '../run.ts';

/** Requests of callers. */
export interface RequestDesk {
  /** The request that waits for the next visitor, put there by the staff; null: none. */
  called(): CertificationRequest | null;
  /**
   * Takes a request for a certification, once. Fails with `request.unknown`, `request.expired`, `request.used`,
   * `request.passed` or `scene.changed`.
   */
  begin(requestId: string, certifyId: string): Result<BoundRequest, Failure>;
}
