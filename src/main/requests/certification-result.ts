import type { CertificationRecord } from '../../shared/domain/certification.ts';
import type { CertificationResult, KeptMaterial } from '../../shared/domain/certification-result.ts';
import type { SettledBy } from '../../shared/domain/review.ts';
import type { CheckOutcome } from '../../shared/domain/verification.ts';
import { isLeftToVerifier, type VerificationDetail } from '../../shared/protocol/check-queue.ts';
import { stateOf, type ReasonCode, type VerdictState } from '../../shared/reasons.ts';

/** A record with everything that was said about it since. */
export interface RecordedCertification {
  readonly record: CertificationRecord;
  /** SHA-256 of the receipt's canonical body, hex. */
  readonly receiptHash: string;
  /** Null until the verifier has confirmed that it keeps the record. */
  readonly countersignature: unknown;
  readonly verification: VerificationDetail | null;
  /** What it is listed with where that isn't its own verdict; absent: nothing else. */
  readonly settled?: { readonly by: SettledBy; readonly state: VerdictState; readonly reason: ReasonCode };
}

/**
 * What became of a certification, put together from what is kept here. What the device had left to the verifier is as
 * the verifier's newest decision says; a contradiction of a pass is a review; what the staff has decided goes over both,
 * with the machine's own verdict beside it; nothing else changes what the record says.
 */
export function certificationResult(
  { record, receiptHash, countersignature, verification, settled }: RecordedCertification,
  materials: readonly KeptMaterial[],
): CertificationResult {
  const decided = decidedOutcome(verification);
  const { basis, ...machine } = verdictNow(record, decided);
  const byStaff = settled?.by === 'staff' ? settled : null;
  const { state, reason } = byStaff ?? machine;
  const confirmed = verification === null ? countersignature !== null : decided !== null;
  const outcome = newestOutcome(verification) ?? record.handOff?.outcome ?? null;
  return {
    certifyId: record.certifyId,
    requestId: record.order?.requestId ?? null,
    orderId: record.order?.orderId ?? null,
    sceneId: record.sceneId,
    scheme: record.scheme,
    state,
    reason,
    basis,
    provisional: record.verdict.provisional && !confirmed && byStaff === null,
    underReview: state === 'review',
    ...(settled ? { settledBy: settled.by } : {}),
    ...(byStaff ? { machine: { state: stateOf(record.verdict.reason), reason: record.verdict.reason } } : {}),
    decidedAtMs: record.decidedAtMs,
    liveness: record.liveness,
    comparison: record.comparison && { ...record.comparison, threshold: scoreAtRate(record.comparison.far) },
    scores: outcome?.scores ?? [],
    outcome,
    handOff: record.handOff?.page ?? null,
    risk: record.risk ?? [],
    materials,
    receiptHash,
    simulated: record.simulated,
    ...(record.test === true ? { test: true as const } : {}),
  };
}

function verdictNow(record: CertificationRecord, decided: CheckOutcome | null) {
  const { reason, basis } = record.verdict;
  const state = stateOf(reason);
  if (decided === null) return { state, reason, basis };
  if (isLeftToVerifier(reason)) return { state: decided.state, reason: decided.reason, basis: decided.basis };
  const contradicted = state === 'passed' && decided.state !== 'passed';
  return contradicted
    ? ({ state: 'review', reason: 'authority.contradicts', basis } as const)
    : { state, reason, basis };
}

/** The newest decision that decided something; null where nothing has. */
function decidedOutcome(verification: VerificationDetail | null): CheckOutcome | null {
  return verification?.decisions.findLast(({ effect }) => effect !== 'undecided')?.outcome ?? null;
}

/** What the verifier said last, decided or not. */
function newestOutcome(verification: VerificationDetail | null): CheckOutcome | null {
  return verification?.decisions.at(-1)?.outcome ?? verification?.check.outcome ?? null;
}

/** Scores at false-accept rates in powers of ten, as cloud services scale them: 60 at 1e-2, 80, 90, 95 at 1e-5. */
const SCORES = [
  [2, 60],
  [3, 80],
  [4, 90],
  [5, 95],
] as const;

/** The score (0–100) from which on a false-accept rate is met; the next stricter one where it lies between two. */
function scoreAtRate(far: number): number {
  return SCORES.find(([exponent]) => far >= 10 ** -exponent * 0.999)?.[1] ?? 100;
}
