import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';
import type { ServiceCall } from './http-exchange.ts';
import type { ServiceReading } from './vendor-service.ts';

/** A call and what its answer means. */
export interface Question<T> {
  readonly call: ServiceCall;
  readonly parse: (answer: unknown) => Result<T, Failure>;
}

/** How one make of service is spoken to. Null is what it doesn't have. */
export interface HttpDialect {
  /** For people: the make. */
  readonly label: string;
  readonly emptyAfterMs: number | null;
  /** Opens the device. May be asked again. */
  readonly prepare: Question<void> | null;
  /** Whether the device is there; touches no card and opens nothing. */
  readonly status: Question<void> | null;
  /** Version of the service; touches no device. */
  readonly version: Question<string | null> | null;
  /** Id of the security module; null when the answer holds none. */
  readonly samId: Question<string | null> | null;
  readonly read: Question<ServiceReading>;
  /** Used instead of `read` by versions that don't know it (HTTP status 404). */
  readonly olderRead: Question<ServiceReading> | null;
  /** Lets go of the device. */
  readonly close: ServiceCall | null;
}

/** Opening a device may go through its ports; the services' own pages allow 5 s. */
export const OPEN_TIMEOUT_MS = 5_000;
/** Reading takes a second or two, with pictures of both sides of the card a little more. */
export const READ_TIMEOUT_MS = 8_000;
/** What is answered without touching the device. */
export const STATUS_TIMEOUT_MS = 3_000;
export const CLOSE_TIMEOUT_MS = 1_000;

/** A short word of a service about itself; null for anything that isn't one. */
export function plainWord(text: string): string | null {
  const word = text.trim();
  return /^[\w.\-]{1,64}$/.test(word) ? word : null;
}
