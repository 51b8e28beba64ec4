import {
  missingMaterial,
  type Capability,
  type Check,
  type CheckAnswer,
  type CheckMaterials,
  type CheckOutcome,
  type Material,
  type RetryClass,
  type VerifierId,
} from '../../shared/domain/verification.ts';
import type { Failure, FailureCode } from '../../shared/reasons.ts';
import { stateOf } from '../../shared/reasons.ts';
import type { TransportProblem } from './contract.ts';

/** What is said of an outcome that isn't a pass. */
export interface OutcomeTerms {
  readonly retry: RetryClass;
  readonly basis?: CheckOutcome['basis'];
  readonly vendor?: CheckOutcome['vendor'];
  readonly retryAfterMs?: number | null;
  readonly detail?: string | undefined;
}

/** An outcome that confirms nothing: the type of `code` leaves no way to a pass. */
export function unconfirmed(code: FailureCode, terms: OutcomeTerms): CheckOutcome {
  return {
    state: stateOf(code),
    reason: code,
    retry: terms.retry,
    retryAfterMs: terms.retryAfterMs ?? null,
    basis: terms.basis ?? 'local',
    scores: [],
    vendor: terms.vendor ?? null,
    ...(terms.detail === undefined ? {} : { detail: terms.detail.slice(0, 300) }),
  };
}

export function settled(outcome: CheckOutcome): CheckAnswer & { readonly kind: 'settled' } {
  return { kind: 'settled', outcome };
}

/**
 * What a transport problem says about a call. A call that surely didn't arrive can be made again; one that may have
 * arrived is `outcome.unknown`, which the attempt runner resolves by a query or leaves to a clerk.
 */
export function outcomeOfTransport(
  { failure, arrived }: TransportProblem,
  verifier: VerifierId,
  { operation, basis }: Pick<Capability, 'operation' | 'basis'>,
): CheckOutcome {
  const code = failure.detail ?? failure.code;
  const vendor = { name: verifier, operation, code, message: '', requestId: null, billed: null };
  if (arrived === 'no') {
    return unconfirmed(failure.code, { retry: 'service', basis, vendor: { ...vendor, billed: false } });
  }
  return unconfirmed('outcome.unknown', { retry: 'clerk', basis, vendor, detail: failure.code });
}

/** A failure of our own (the journal's disk, say) before anybody was asked. */
export function outcomeOfFailure({ code, detail }: Failure, basis: CheckOutcome['basis']): CheckOutcome {
  return unconfirmed(code, { retry: 'service', basis, detail });
}

/** As `missingMaterial`, and a clip is as good as a picture for `fake-face`. */
export function lackingMaterial(check: Check, materials: CheckMaterials): Material | null {
  if (check === 'fake-face' && materials.clip !== undefined) return null;
  return missingMaterial(check, materials);
}
