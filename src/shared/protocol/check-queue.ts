import { z } from 'zod';
import type { CertificationRecord } from '../domain/certification.ts';
import { checkOutcomeSchema, CHECKS, type CheckOutcome } from '../domain/verification.ts';
import { stateOf, type Failure, type ReasonCode, type VerdictState } from '../reasons.ts';
import type { QueuedCheck } from './check-delivery.ts';
import { sessionIdSchema, signedDecisionSchema, type SignedDecision } from './kv1-sessions.ts';

export const newCheckSchema = z.strictObject({
  sessionId: sessionIdSchema,
  check: z.enum(CHECKS),
  orderId: z.string().regex(/^[a-z0-9]{32}$/),
  bytes: z.int().nonnegative(),
});

/** A question as it is kept, with what became of it so far. */
export interface KeptCheck extends QueuedCheck {
  /** Local day on which its source said that it answers no more today. */
  readonly refusedDay: string | null;
  readonly lastFailure: Failure | null;
  /** Of the last try that decided nothing. */
  readonly outcome: CheckOutcome | null;
  readonly clerk: string | null;
  /** Who gave it up, or `expired`: its materials are gone and it is never sent. */
  readonly closed: string | null;
}

/** An event of the check machine with what is kept of it. */
export type CheckChange =
  | { readonly event: 'upload' }
  | { readonly event: 'submit'; readonly reference: string | null }
  | {
      readonly event: 'defer';
      readonly failure: Failure;
      readonly outcome: CheckOutcome | null;
      readonly refusedDay: string | null;
    }
  | { readonly event: 'refuse'; readonly failure: Failure; readonly outcome: CheckOutcome | null }
  | { readonly event: 'lose'; readonly outcome: CheckOutcome }
  | {
      readonly event: 'decide';
      readonly outcome: CheckOutcome;
      readonly decision: SignedDecision | null;
      /** Of what the vendor keeps; left out where it is the one that is known, or there is none. */
      readonly reference?: string;
    }
  | { readonly event: 'acknowledge' }
  | { readonly event: 'erase' }
  | { readonly event: 'retry'; readonly clerk: string }
  | { readonly event: 'give-up'; readonly clerk: string }
  | { readonly event: 'expire' };

/**
 * What a decision does to what this device had decided: `contradicts` and `review` ask for a clerk, `undecided` leaves
 * the record provisional; `settles` decides what this device had left to the verifier; `differs` is any other
 * disagreement. The record itself never changes.
 */
export const DECISION_EFFECTS = ['confirms', 'contradicts', 'review', 'differs', 'undecided', 'settles'] as const;
export type DecisionEffect = (typeof DECISION_EFFECTS)[number];

/** Reasons of records that the verifier decides: this device has taken everything and decided nothing. */
const LEFT_TO_VERIFIER: readonly ReasonCode[] = ['verification.pending', 'verification.captured'];

/**
 * Whether a record with this reason has no verdict of its own until the verifier decides; every other reason is a
 * verdict of this device.
 */
export function isLeftToVerifier(reason: ReasonCode): boolean {
  return LEFT_TO_VERIFIER.includes(reason);
}

/** @param reason what this device had decided */
export function effectOf(reason: ReasonCode, decided: VerdictState): DecisionEffect {
  const local = stateOf(reason);
  if (decided === 'error') return 'undecided';
  if (isLeftToVerifier(reason)) return decided === 'review' ? 'review' : 'settles';
  if (decided === local) return 'confirms';
  if (decided === 'review') return 'review';
  return local === 'passed' ? 'contradicts' : 'differs';
}

/** Whether a clerk has to look at a record because of the newest decision about it. */
export function asksForClerk(effect: DecisionEffect): boolean {
  return effect === 'contradicts' || effect === 'review';
}

export const keptDecisionSchema = z.strictObject({
  /** 1 for the first answer, more for amendments. */
  revision: z.int().positive(),
  effect: z.enum(DECISION_EFFECTS),
  outcome: checkOutcomeSchema,
  /** Null where a vendor was asked directly, which signs nothing. */
  decision: signedDecisionSchema.nullable(),
  keptAtMs: z.int(),
});
export type KeptDecision = z.infer<typeof keptDecisionSchema>;

/** What the verifier said about a record, for the records page. */
export interface VerificationDetail {
  readonly check: KeptCheck;
  /** In order; the last one counts. */
  readonly decisions: readonly KeptDecision[];
  readonly needsReview: boolean;
}

export interface CheckQuestion {
  readonly queued: KeptCheck;
  readonly record: CertificationRecord;
  readonly clerk: string | null;
}

/** Sums of one lane of the outbox. */
export interface LaneLoad {
  readonly waiting: number;
  readonly stopped: number;
  readonly unknown: number;
  readonly bytes: number;
  readonly oldestAtMs: number | null;
  /** Of those alone that go out by themselves: what waits for a person never gets younger. */
  readonly oldestWaitingAtMs: number | null;
}

/** What a decision says, as the outcome that it settles. */
export function outcomeOfDecision({ body }: SignedDecision): CheckOutcome {
  const { state, reason, retry, basis, scores, vendor } = body;
  return { state, reason, retry, retryAfterMs: null, basis, scores, vendor };
}
