import type { Failure } from '../reasons.ts';

/**
 * Why a delivery to the verifier did not happen.
 * - `transient`: nothing is known about the records; try again later.
 * - `device`: nothing from this device is accepted until somebody acts (not enrolled, revoked).
 * - `items`: the verifier understood and refused what was sent; sending it again changes nothing.
 */
export interface DeliveryProblem {
  readonly failure: Failure;
  readonly scope: 'transient' | 'device' | 'items';
  /** How long the verifier asked to be left alone; null when it did not say. */
  readonly retryAfterMs: number | null;
}

/**
 * A problem that says nothing about what was sent, which is sent again later.
 *
 * @param retryAfterMs null: nobody said how long to wait
 */
export function transientProblem(failure: Failure, retryAfterMs: number | null = null): DeliveryProblem {
  return { failure, scope: 'transient', retryAfterMs };
}
