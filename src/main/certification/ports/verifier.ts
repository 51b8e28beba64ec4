import type { RecordedClip, ClipMoment } from '../../../shared/domain/clip.ts';
import type { RequestInputs } from '../../../shared/domain/certification-request.ts';
import type { Check } from '../../../shared/domain/verification.ts';
import type { NewCheck } from '../../../shared/protocol/check-delivery.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';

/** A certification whose verdict the verifier shall confirm, while its capture is still open. */
export interface AskedConfirmation {
  readonly certifyId: string;
  readonly check: Check;
  /** Null where nobody is identified. */
  readonly identity: { readonly name: string; readonly number: string } | null;
  readonly validity?: { readonly from: string; readonly to: string };
  readonly phone?: string;
  readonly bankCard?: string;
  /** What a caller gave; taken where the capture has nothing of its own. */
  readonly given?: RequestInputs;
  /** The portrait that the face was compared with; null where there was none. */
  readonly portrait: Uint8Array | null;
  /** The clip of the last challenge, where the check needs one. */
  readonly clip: (() => Promise<RecordedClip | null>) | null;
  /** When the person blinked because that challenge asked for it, on the clock of the clip's `startedAtMs`. */
  readonly blink?: ClipMoment;
}

/** Prepares what the verifier is asked beside keeping the record. */
export interface ConfirmationDesk {
  /** Why no certification may begin: too much waits for the verifier already. Null: one may. */
  refusal(): Failure | null;
  /** Collects the check's materials and keeps them encrypted, so that a commit can refer to them. */
  prepare(asked: AskedConfirmation): Promise<Result<NewCheck, Failure>>;
  /** Destroys materials that no record refers to. */
  discard(certifyId: string): Promise<void>;
}

/** The cloud side as the flow sees it. */
export interface Verifier {
  /** Whether the last exchange with the verifier succeeded lately enough for scenes that forbid deciding offline. */
  online(): boolean;
  /** A challenge will follow: the verifier's part of it can be fetched meanwhile. */
  expect(certifyId: string): void;
  /** Sends what waits in the outbox as soon as possible. */
  kick(): void;
}
