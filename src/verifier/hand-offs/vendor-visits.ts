import type { HostedVisitRequest } from '../../main/verifiers/hosted-pages.ts';
import { unconfirmed } from '../../main/verifiers/check-outcomes.ts';
import type { Clock } from '../../shared/clock.ts';
import { traceOf } from '../../shared/domain/trace-context.ts';
import type { CheckOutcome } from '../../shared/domain/verification.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { z } from 'zod';
import type { RandomBytes } from '../sessions/envelope.ts';
import type { HandOff } from './hand-off.ts';
import type { HandOffRows } from './hand-off-rows.ts';
import type { HandOffVault } from './hand-off-vault.ts';
import type { OfferedPages } from './offered-pages.ts';

/** A vendor is asked about one visit no more often than that, however often the kiosk asks. */
const ASK_EVERY_MS = 3_000;
const MOST_REMEMBERED = 1_000;

const keptSchema = z.strictObject({ url: z.string().max(2_000), kept: z.string().max(20_000) });

/** Visits to vendors' pages. */
export interface VendorVisits {
  /** The page's address; the same for an opened visit. What went wrong is the vendor's outcome. */
  open(handOff: HandOff, materials: HostedVisitRequest['materials']): Promise<Result<string, CheckOutcome>>;
  /**
   * How the visit ended, or null while it hasn't or it was asked a moment ago.
   *
   * @param atOnce for the last time: however lately it was asked
   */
  ask(handOff: HandOff, atOnce: boolean): Promise<CheckOutcome | null>;
}

export interface VendorVisitsParts {
  readonly pages: OfferedPages;
  readonly rows: HandOffRows;
  readonly vault: HandOffVault;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

/**
 * What a vendor gave is kept encrypted with its hand-off, when it was asked last in memory alone. A call ends after 20
 * s.
 */
export function createVendorVisits({ pages, rows, vault, clock, randomBytes }: VendorVisitsParts): VendorVisits {
  const askedAtMs = new Map<string, number>();
  const isDue = (handOffId: string): boolean => {
    const nowMs = clock.monotonicMs();
    if (nowMs - (askedAtMs.get(handOffId) ?? Number.NEGATIVE_INFINITY) < ASK_EVERY_MS) return false;
    askedAtMs.delete(handOffId);
    askedAtMs.set(handOffId, nowMs);
    const oldest = askedAtMs.size > MOST_REMEMBERED ? askedAtMs.keys().next().value : undefined;
    if (oldest !== undefined) askedAtMs.delete(oldest);
    return true;
  };
  const contextOf = ({ request }: HandOff) => ({
    trace: traceOf(request.certifyId, randomBytes(8).toString('hex')),
    signal: AbortSignal.timeout(20_000),
  });
  const keptOf = (handOff: HandOff): z.infer<typeof keptSchema> | null => {
    const text = vault.vendorOf(handOff);
    return text === null ? null : keptSchema.parse(JSON.parse(text));
  };
  return {
    open: async (handOff, materials) => {
      const known = keptOf(handOff);
      if (known !== null) return ok(known.url);
      const page = pages.vendor(handOff.request.page);
      if (page === null) return err(unconfirmed('handoff.unavailable', { retry: 'configuration' }));
      const visit = await page.open({ orderId: handOff.request.orderId, materials }, contextOf(handOff));
      if (!visit.ok) return visit;
      const { url, kept } = visit.value;
      const sealed = vault.sealVendor(handOff, JSON.stringify({ url, kept }));
      const isKept = sealed !== null && (await rows.keepVendor(handOff.request.handOffId, sealed));
      return isKept ? ok(url) : err(unconfirmed('handoff.expired', { retry: 'none' }));
    },
    ask: async (handOff, atOnce) => {
      const page = pages.vendor(handOff.request.page);
      const known = keptOf(handOff);
      if (page === null || known === null || !(isDue(handOff.request.handOffId) || atOnce)) return null;
      const answer = await page.result(known.kept, contextOf(handOff));
      if (answer.kind === 'pending') return null;
      // What may be another time in a moment is no end of it, as long as there is time.
      const mayPass = answer.outcome.state === 'error' && ['service', 'throttle'].includes(answer.outcome.retry);
      return mayPass && !atOnce ? null : answer.outcome;
    },
  };
}
