import type { Portrait } from '../../../shared/domain/document.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';
import type { CardText } from '../layouts.ts';

/** What a service answered when it was asked for the card. */
export type ServiceReading =
  | { readonly state: 'card'; readonly text: CardText; readonly portrait: Portrait }
  /** The service looked, and there was no card, or none that it could read. */
  | { readonly state: 'none' };

export interface ServiceIdentity {
  readonly samId: string | null;
  /** Name and version. */
  readonly service: string;
}

/**
 * A vendor's service, whatever it speaks. Calls run one after another. When `signal` is aborted, a call ends at once,
 * its answer is never taken for another call's, and its failure means nothing.
 *
 * A reading fails with a `card.` code when a card was read that is no good, with `reader.service-` codes otherwise.
 */
export interface VendorService {
  /** Whether a card that lies there is given as long as it lies there, and `none` after that. */
  readonly tellsPresence: boolean;
  /**
   * For services that answer only when a card comes: an answer that took longer than this had no card to give before.
   * Null where an answer's time says nothing.
   */
  readonly emptyAfterMs: number | null;
  /** @param onLost called once when a lasting connection breaks by itself. */
  open(onLost: () => void): Promise<Result<void, Failure>>;
  /** Prepares the device and learns what answers. */
  identify(signal: AbortSignal): Promise<Result<ServiceIdentity, Failure>>;
  /** @param thorough asks the device itself, where `false` may only find out whether the service is there. */
  checkStatus(signal: AbortSignal, thorough: boolean): Promise<Result<void, Failure>>;
  read(signal: AbortSignal): Promise<Result<ServiceReading, Failure>>;
  /** Lets go of the device, for at most about a second. */
  close(): Promise<void>;
}
