import type { Countersignature } from '../../shared/domain/receipt.ts';
import type { DeliveryProblem } from '../../shared/protocol/delivery.ts';
import type { AuditCheckpoint, BatchResult, Submission } from '../../shared/protocol/kv1.ts';
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
