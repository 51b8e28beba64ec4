import type { CertificationRecord } from '../domain/certification.ts';
import type { Check, CheckMaterials, CheckOutcome } from '../domain/verification.ts';
import type { Result } from '../result.ts';
import type { DeliveryProblem } from './delivery.ts';
import type { SignedDecision } from './kv1-sessions.ts';

/**
 * Where a question to the verifier stands on this device. `draft`: its materials are being written; `sealed`: committed
 * with the record; `uploading`, `submitted`: on their way; `decided`: the verifier's answer is kept; `acked`: the
 * materials may go; `erased`: they are gone. `unknown`: asked, never answered, may have been billed: a clerk decides.
 * `stopped`: refused for good until somebody has acted.
 */
export const CHECK_STATES = [
  'draft',
  'sealed',
  'uploading',
  'submitted',
  'decided',
  'acked',
  'erased',
  'unknown',
  'stopped',
] as const;
export type CheckState = (typeof CHECK_STATES)[number];

/** `live`: somebody waits for it; `backlog`: from an outage, sent when nothing live is waiting. */
export const CHECK_PRIORITIES = ['live', 'backlog'] as const;
export type CheckPriority = (typeof CHECK_PRIORITIES)[number];

/** What is committed together with a record whose verdict the verifier shall confirm. */
export interface NewCheck {
  /** UUID version 7, made before anything was captured. */
  readonly sessionId: string;
  readonly check: Check;
  /** 32 lower-case letters and digits, the same for every try. */
  readonly orderId: string;
  /** Bytes of the materials in the vault, for the caps. */
  readonly bytes: number;
}

export interface QueuedCheck extends NewCheck {
  readonly certifyId: string;
  readonly state: CheckState;
  readonly priority: CheckPriority;
  readonly queuedAtMs: number;
  readonly attempts: number;
  /** A vendor's reference of a question that it works on, or has answered and keeps; null with our own verifier. */
  readonly reference: string | null;
}

/** One question with everything that is needed to ask it. */
export interface CheckToDeliver {
  readonly queued: QueuedCheck;
  readonly record: CertificationRecord;
  readonly materials: CheckMaterials;
  /** A clerk has let it be asked again although its outcome is unknown. */
  readonly clerk: string | null;
  /** What it was answered last time, where that decided nothing and nothing was asked since: it is to be asked anew. */
  readonly lastOutcome?: CheckOutcome | null;
}

/** How far a question got. */
export type CheckProgress =
  | { readonly state: 'uploading'; readonly sentBytes: number; readonly totalBytes: number }
  | { readonly state: 'submitted'; readonly reference: string | null; readonly askAgainAfterMs: number }
  | { readonly state: 'unknown'; readonly outcome: CheckOutcome }
  | {
      readonly state: 'decided';
      readonly outcome: CheckOutcome;
      readonly decision: SignedDecision | null;
      /** By which a vendor finds what it keeps of the question, so that it can be told to erase it. */
      readonly reference?: string;
    };

/** Whoever answers questions for this device: our verifier over kv1, or a vendor directly. */
export interface CheckDelivery {
  /** Carries a question on from where it stands, until it is decided, has to wait, or fails. */
  deliver(
    item: CheckToDeliver,
    onProgress: (progress: CheckProgress) => void,
    signal: AbortSignal,
  ): Promise<Result<CheckProgress, DeliveryProblem>>;
  /** Tells that the decision is kept here, so that the verifier can erase what it was decided by. */
  acknowledge(item: QueuedCheck): Promise<Result<null, DeliveryProblem>>;
}
