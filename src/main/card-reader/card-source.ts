import type { IdentityDocument } from '../../shared/domain/document.ts';
import type { ReaderIdentity } from '../../shared/domain/reader-diagnosis.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { CardPresence, CardProgress } from './contract.ts';

/**
 * Where cards come from: a reader that speaks SAM_V over any transport, or a vendor's service that has read them
 * already. One instance is opened once; after it was lost, a new one is made. Operations run one after another.
 */
export interface CardSource {
  /**
   * Fails with a `reader.` code that says why.
   *
   * @param onLost called once when the source goes away by itself, not after `close`.
   */
  open(onLost?: () => void): Promise<Result<void, Failure>>;
  /** Learns who answers, and prepares it for reading. */
  identify(): Promise<Result<ReaderIdentity, Failure>>;
  /** The heartbeat of an idle source. */
  checkStatus(): Promise<Result<void, Failure>>;
  /**
   * Waits for a card that wasn't read yet and reads it. Ends with `user.cancelled` when `signal` is aborted, without
   * waiting for a reply that may be under way.
   */
  waitForCard(
    signal: AbortSignal,
    onProgress?: (progress: CardProgress) => void,
  ): Promise<Result<IdentityDocument, Failure>>;
  /** About the card of the last read. A source that doesn't answer clearly gives a failure, not `gone`. */
  presence(): Promise<Result<CardPresence, Failure>>;
  /** Ends whatever is under way with `reader.missing`. */
  close(): Promise<void>;
}
