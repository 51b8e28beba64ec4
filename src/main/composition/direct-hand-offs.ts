import type { Clock } from '../../shared/clock.ts';
import { HAND_OFF_LIFETIME_MS, type HandOffState, type OpenHandOff } from '../../shared/domain/hand-off.ts';
import { traceOf } from '../../shared/domain/trace-context.ts';
import type { CheckMaterials } from '../../shared/domain/verification.ts';
import { failure, isFailureCode, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Run } from '../certification/run.ts';
import type { HostedPages, OfferedPage } from '../verifiers/hosted-pages.ts';

/** Each page has an order of its own, which the record's hand-off leads to: its id as 32 letters and digits. */
export function orderIdOfHandOff(handOffId: string): string {
  return handOffId.replaceAll('-', '').toLowerCase();
}

/** A vendor is asked how a visit goes no more often than that. */
const ASK_EVERY_MS = 3_000;
const CALL_MS = 20_000;

export interface DirectHandOffsParts {
  readonly directPage: () => Result<OfferedPage | null, Failure>;
  readonly clock: Clock;
  readonly randomBytes: (length: number) => Buffer;
  readonly newId: () => string;
}

/**
 * Visits to the page of the vendor that this terminal asks by itself. They are held in memory alone: a restart ends the
 * certification that waits for one, and with it the visit.
 */
export interface DirectHandOffs {
  refusal(run: Pick<Run, 'scheme'>): Failure | null;
  open(run: Run, materials: CheckMaterials): Promise<Result<OpenHandOff, Failure>>;
  isOwn(handOffId: string): boolean;
  look(opened: OpenHandOff): Promise<Result<HandOffState, Failure>>;
  forget(handOffId: string): void;
}

interface Visit {
  readonly certifyId: string;
  readonly kept: string;
  readonly pages: HostedPages;
  askedAtMs: number;
}

/**
 * One visit at a time: opening another one forgets it. Fails with `handoff.unavailable` where no page serves the
 * scheme, `handoff.expired` for a visit that isn't known any more, or with what the vendor said.
 */
export function createDirectHandOffs({ directPage, clock, randomBytes, newId }: DirectHandOffsParts): DirectHandOffs {
  const visits = new Map<string, Visit>();
  const contextOf = (certifyId: string) => ({
    trace: traceOf(certifyId, randomBytes(8).toString('hex')),
    signal: AbortSignal.timeout(CALL_MS),
  });
  return {
    refusal: (run) => {
      const pages = pagesFor(run, directPage());
      return pages.ok ? null : pages.error;
    },
    open: async (run, materials) => {
      const pages = pagesFor(run, directPage());
      if (!pages.ok) return pages;
      const { certifyId } = run;
      const handOffId = newId();
      const visit = await pages.value.open({ orderId: orderIdOfHandOff(handOffId), materials }, contextOf(certifyId));
      if (!visit.ok) {
        const { reason, detail } = visit.error;
        return err(failure(isFailureCode(reason) ? reason : 'verifier.malformed', detail));
      }
      const { kept, url } = visit.value;
      // One certification is in hand at a time: whatever is left of another is of no use.
      visits.clear();
      visits.set(handOffId, { certifyId, kept, pages: pages.value, askedAtMs: clock.monotonicMs() });
      const expiresAtMs = Math.min(visit.value.expiresAtMs, clock.wallMs() + HAND_OFF_LIFETIME_MS);
      return ok({ handOffId, page: pages.value.page, url, expiresAtMs });
    },
    isOwn: (handOffId) => visits.has(handOffId),
    look: async ({ handOffId }) => {
      const visit = visits.get(handOffId);
      if (visit === undefined) return err(failure('handoff.expired'));
      const nowMs = clock.monotonicMs();
      if (nowMs - visit.askedAtMs < ASK_EVERY_MS) return ok({ state: 'waiting' });
      visit.askedAtMs = nowMs;
      const answer = await visit.pages.result(visit.kept, contextOf(visit.certifyId));
      const isEnd = answer.kind === 'settled' && !['service', 'throttle'].includes(answer.outcome.retry);
      if (!isEnd) return ok({ state: 'waiting' });
      visits.delete(handOffId);
      return ok({ state: 'ended', outcome: answer.outcome });
    },
    forget: (handOffId) => void visits.delete(handOffId),
  };
}

/** The vendor's page compares a face with the authority's photo; nothing else is asked of it. */
function pagesFor(
  { scheme }: Pick<Run, 'scheme'>,
  page: Result<OfferedPage | null, Failure>,
): Result<HostedPages, Failure> {
  if (!page.ok) return page;
  const unavailable = (detail: string) => err(failure('handoff.unavailable', detail.slice(0, 300)));
  if (page.value === null) return unavailable('no verifier is enrolled, and no vendor with a page is asked directly');
  if ('refusal' in page.value) return unavailable(page.value.refusal);
  if (scheme.check !== 'face-authority') return unavailable(`a vendor's page does not serve ${scheme.check ?? 'this'}`);
  return ok(page.value.offered);
}
