import type { Countersignature } from '../../shared/domain/receipt.ts';
import type { DecisionLoad } from '../../shared/domain/review.ts';
import type { CheckMaterials } from '../../shared/domain/verification.ts';
import type { CheckState } from '../../shared/protocol/check-delivery.ts';
import type { CheckChange, CheckQuestion, KeptCheck, LaneLoad } from '../../shared/protocol/check-queue.ts';
import type { DeliveryProblem } from '../../shared/protocol/delivery.ts';
import type { AuditCheckpoint, BatchResult, Submission } from '../../shared/protocol/kv1.ts';
import type { SignedStaffDecision, StaffDecisionReceipt } from '../../shared/protocol/kv1-staff-decisions.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';

/** What waits for the verifier, durably. */
export interface Outbox {
  due(limit: number): Result<readonly Submission[], Failure>;
  confirm(countersignatures: readonly Countersignature[]): Result<null, Failure>;
  postpone(certifyIds: readonly string[], reason: Failure): Result<null, Failure>;
  stop(certifyId: string, reason: Failure): Result<null, Failure>;
  resume(): Result<number, Failure>;
  state(): Result<OutboxState, Failure>;
}

export interface OutboxState {
  readonly unsent: number;
  readonly stopped: number;
  readonly oldestAtMs: number | null;
  readonly lastFailure: Failure | null;
}

/** The enrolled verifier. */
export interface Delivery {
  submit(
    items: readonly Submission[],
    checkpoint: AuditCheckpoint | null,
  ): Promise<Result<readonly BatchResult[], DeliveryProblem>>;
  /** A signed exchange without records: whether the verifier is there and still knows this device. */
  probe(): Promise<Result<null, DeliveryProblem>>;
}

/** Runs `callback` once after `delayMs`; gives how to cancel it. */
export type StartTimer = (callback: () => void, delayMs: number) => () => void;

/** What of the outbox the administrator's window shows and a clerk decides. */
export interface InspectedOutbox {
  load(): Result<LaneLoad, Failure>;
  list(limit: number): Result<readonly QueuedRecord[], Failure>;
  retry(certifyId: string, clerk: string): Result<null, Failure>;
  giveUp(certifyId: string, clerk: string): Result<null, Failure>;
}

export interface QueuedRecord {
  readonly certifyId: string;
  readonly state: 'queued' | 'stopped';
  readonly queuedAtMs: number;
  readonly attempts: number;
  readonly bytes: number;
  readonly lastFailure: Failure | null;
}

/** Questions that wait for the verifier, durably: what is returned as changed is on the disk. */
export interface CheckQueue {
  /** The next one to carry on with: live before backlog, then the least tried, then the oldest. */
  next(asked: {
    readonly priority: 'live' | 'backlog';
    readonly today: string;
    readonly except: readonly string[];
  }): Result<KeptCheck | null, Failure>;
  find(certifyId: string): Result<KeptCheck | null, Failure>;
  question(certifyId: string): Result<CheckQuestion, Failure>;
  /** @returns `request.invalid` where the event can't happen now; nothing is changed then */
  change(certifyId: string, change: CheckChange): Result<CheckState, Failure>;
  /** Null: nobody waits for any of them, as after a restart. */
  stopWaiting(certifyId: string | null): Result<null, Failure>;
  load(): Result<LaneLoad, Failure>;
  /** Certifications of which something has not been sent (a record only where they are sent) or not been answered. */
  openCertifications(withRecords: boolean): Result<number, Failure>;
  list(limit: number): Result<readonly KeptCheck[], Failure>;
}

/** What the questions carry. */
export interface Materials {
  /** Null when there are none, or none any more. */
  read(certifyId: string): Promise<Result<CheckMaterials | null, Failure>>;
  destroy(certifyId: string, why: 'acknowledged' | 'retention' | 'erased'): Promise<Result<boolean, Failure>>;
  /** Ids of those that have been kept for as long as they may be. */
  expired(nowMs: number): Result<readonly string[], Failure>;
}

/** What the staff decided, on its way to the verifier, durably. */
export interface DecisionQueue {
  /** At most one of each record, and none whose record or predecessor the verifier doesn't have yet. */
  due(limit: number): Result<readonly SignedStaffDecision[], Failure>;
  confirm(receipt: StaffDecisionReceipt): Result<null, Failure>;
  postpone(of: DecisionOf, reason: Failure): Result<null, Failure>;
  stop(of: DecisionOf, reason: Failure): Result<null, Failure>;
  resume(): Result<number, Failure>;
  load(): Result<DecisionLoad, Failure>;
}

export type DecisionOf = Pick<StaffDecisionReceipt, 'certifyId' | 'revision'>;

export interface DecisionReceiver {
  decide(decision: SignedStaffDecision): Promise<Result<StaffDecisionReceipt, DeliveryProblem>>;
}

/** What is remembered over restarts. */
export interface OutboxMemory {
  paused(): Result<boolean, Failure>;
  setPaused(paused: boolean, clerk: string): Result<null, Failure>;
  clockOffsetMs(): Result<number | null, Failure>;
}
