import type { OutboxCaps } from '../../shared/ipc/admin-outbox.ts';
import { failure, type Failure } from '../../shared/reasons.ts';

const HOUR_MS = 3_600_000;

/** How much may wait for the verifier before this device takes nobody on any more. */
export const DEFAULT_CAPS: OutboxCaps = { maxCount: 500, maxAgeMs: 72 * HOUR_MS, maxBytes: 2_000_000_000 };

/** From this share of a cap on, staff are warned. */
const WARNING_SHARE = 0.8;

/** What waits, on both lanes together. */
export interface Backlog {
  /** A device that was never enrolled only keeps records, and no cap holds it up. */
  readonly enrolled: boolean;
  /** Certifications of which something has not been sent or not been answered, or waits for a person. */
  readonly count: number;
  /** Since when the oldest that goes out by itself waits; null where nothing does. */
  readonly oldestAgeMs: number | null;
  readonly bytes: number;
}

/** The largest share of a cap that is used up, and whose; 0 with nothing waiting. A clock set back makes no age. */
function fullestCap(caps: OutboxCaps, backlog: Backlog): { readonly cap: keyof OutboxCaps; share: number } {
  const shares = [
    { cap: 'maxAgeMs' as const, share: Math.max(0, backlog.oldestAgeMs ?? 0) / caps.maxAgeMs },
    { cap: 'maxCount' as const, share: backlog.count / caps.maxCount },
    { cap: 'maxBytes' as const, share: backlog.bytes / caps.maxBytes },
  ];
  return shares.reduce((fullest, next) => (next.share > fullest.share ? next : fullest));
}

/** Why no new certification may begin; null while there is room. */
export function refusalOf(caps: OutboxCaps, backlog: Backlog): Failure | null {
  if (!backlog.enrolled) return null;
  const { cap, share } = fullestCap(caps, backlog);
  if (share < 1) return null;
  return cap === 'maxAgeMs' ? failure('outbox.too-old') : failure('outbox.full', DETAILS[cap]);
}

const DETAILS = { maxCount: 'count', maxBytes: 'bytes' } as const;

/** Whether staff should be told before anybody is refused. */
export function isNearlyFull(caps: OutboxCaps, backlog: Backlog): boolean {
  return backlog.enrolled && fullestCap(caps, backlog).share >= WARNING_SHARE;
}
