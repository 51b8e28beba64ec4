import type { CheckOutcome } from '../../shared/domain/verification.ts';
import type { OutboxView, ResolveOutboxItem } from '../../shared/ipc/admin-outbox.ts';
import type { VerifierStatus } from '../../shared/ipc/admin.ts';
import type { Policy } from '../../shared/protocol/kv1.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { Verifier } from '../certification/ports/verifier.ts';
import type { Kv1Client } from '../verifiers/countersign/kv1-client.ts';

/** The cloud side as the windows and the flow see it. */
export interface SyncService extends Verifier {
  start(): void;
  /** Settles when an exchange under way has ended. */
  stop(): Promise<void>;
  status(): Result<VerifierStatus, Failure>;
  /**
   * Enrols this device at `address` with a one-time code; the settings keep what it got.
   *
   * @param compared fingerprint of the server's key that an administrator has compared; null where nobody could
   */
  enrol(address: string, code: string, compared: string | null): Promise<Result<null, Failure>>;
  /** The verifier's seed for a challenge of this certification, if it has been fetched; each is given once. */
  takeSeed(certifyId: string): Uint8Array | null;
  /** Called with the id of every record that the verifier has confirmed and about which nothing more is asked. */
  onConfirmed(listener: (certifyId: string) => void): void;
  /** Asks the question that was committed with a record now; somebody waits for it at the counter. */
  ask(certifyId: string): void;
  /** Called when the answer to a question is kept here. */
  onDecided(listener: (certifyId: string, outcome: CheckOutcome) => void): void;
  /** Why no new certification may begin: too much waits. Null: one may. */
  refusal(): Failure | null;
  outbox(): Result<OutboxView, Failure>;
  setPaused(paused: boolean): Result<null, Failure>;
  resolve(item: ResolveOutboxItem): Promise<Result<null, Failure>>;
  /** The enrolled verifier, for what isn't queued; null while this device isn't enrolled. */
  client(): Kv1Client | null;
  /** Whether anybody is set up who could be asked, there or not. */
  answers(): boolean;
  /** What the verifier offers, as it last said; null before that. */
  policy(): Policy | null;
  /** The staff has decided about a record: the verifier is told as soon as it can be reached. */
  decisionQueued(): void;
  /** Somebody was erased here: the verifier is told as soon as it can be reached. */
  subjectErased(): void;
  /** Sends what is due now and resolves when that is done. */
  syncNow(): Promise<void>;
}
