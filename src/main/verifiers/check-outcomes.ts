import {
  missingMaterial,
  type Capability,
  type Check,
  type CheckAnswer,
  type CheckMaterials,
  type CheckOutcome,
  type Material,
  type RetryClass,
  type VerifierId,
} from '../../shared/domain/verification.ts';
import type { Failure, FailureCode } from '../../shared/reasons.ts';
import { stateOf } from '../../shared/reasons.ts';
import type { TransportProblem } from './contract.ts';

/** What is said of an outcome that isn't a pass. */
export interface OutcomeTerms {
  readonly retry: RetryClass;
  readonly basis?: CheckOutcome['basis'];
  readonly vendor?: CheckOutcome['vendor'];
  readonly retryAfterMs?: number | null;
  readonly detail?: string | undefined;
}

/** An outcome that confirms nothing: the type of `code` leaves no way to a pass. */
export function unconfirmed(code: FailureCode, terms: OutcomeTerms): CheckOutcome {
  return {
    state: stateOf(code),
    reason: code,
    retry: terms.retry,
    retryAfterMs: terms.retryAfterMs ?? null,
    basis: terms.basis ?? 'local',
    scores: [],
    vendor: terms.vendor ?? null,
    ...(terms.detail === undefined ? {} : { detail: terms.detail.slice(0, 300) }),
  };
}

/** An answer that is here now, whatever it says: nobody has to be asked for it again. */
export function settled(outcome: CheckOutcome): CheckAnswer & { readonly kind: 'settled' } {
  return { kind: 'settled', outcome };
}

/** What of an operation decides how an exchange is taken that gave no answer. */
export type AskedOperation = Pick<Capability, 'operation' | 'basis' | 'billed'>;

/**
 * The rule of all adapters for calls without an answer of the vendor's:
 * - The call surely didn't arrive, or costs nothing: it can be made again (`service`).
 * - HTTP 429, whatever comes with it: `verifier.throttled`, after the wait that was asked for.
 * - A redirect: `verifier.malformed`, and nobody goes there. Other 4xx: `verifier.refused`.
 * - Anything else without a readable answer (5xx, half of an answer, somebody's page): the call may have been carried
 *   out. Where it may be billed that is `outcome.unknown`, which the attempt runner resolves by a query or leaves to a
 *   clerk; otherwise it is made again.
 * - A readable answer decides by its code, whatever the status. `unlessBillUnknown` makes one exception.
 */
export function outcomeOfTransport(
  { failure, arrived }: TransportProblem,
  verifier: VerifierId,
  asked: Omit<AskedOperation, 'billed'> & Partial<AskedOperation>,
): CheckOutcome {
  const { operation, basis, billed = true } = asked;
  const code = failure.detail ?? failure.code;
  const vendor = { name: verifier, operation, code, message: '', requestId: null, billed: null };
  if (arrived === 'no' || !billed) {
    return unconfirmed(failure.code, { retry: 'service', basis, vendor: { ...vendor, billed: false } });
  }
  return unconfirmed('outcome.unknown', { retry: 'clerk', basis, vendor, detail: failure.code });
}

/** What came back in place of an answer. */
export interface ForeignAnswer {
  readonly status: number;
  readonly retryAfterMs: number | null;
  /** What of it could be read all the same. */
  readonly code?: string;
  readonly requestId?: string | null;
  readonly detail?: string;
}

/** Where nobody says how long; the vendors count calls by the second. */
const USUAL_THROTTLE_MS = 2_000;

/** An HTTP answer that isn't the vendor's; the rule stands at `outcomeOfTransport`. */
export function outcomeOfForeign(
  answer: ForeignAnswer,
  verifier: VerifierId,
  { operation, basis, billed }: AskedOperation,
): CheckOutcome {
  const { status, code = `HTTP ${status}`, requestId = null, detail = 'no answer of the vendor' } = answer;
  const vendor = { name: verifier, operation, code, message: '', requestId, billed: false };
  if (isThrottled(status)) {
    const retryAfterMs = answer.retryAfterMs ?? USUAL_THROTTLE_MS;
    return unconfirmed('verifier.throttled', { retry: 'throttle', basis, vendor, retryAfterMs });
  }
  if (isRedirect(status)) return unconfirmed('verifier.malformed', { retry: 'service', basis, vendor, detail });
  if (status >= 400 && status < 500) {
    return unconfirmed('verifier.refused', { retry: 'configuration', basis, vendor, detail });
  }
  const terms = { basis, detail, retryAfterMs: answer.retryAfterMs };
  if (billed) {
    return unconfirmed('outcome.unknown', { ...terms, retry: 'clerk', vendor: { ...vendor, billed: null } });
  }
  const reason = status >= 500 ? 'verifier.unreachable' : 'verifier.malformed';
  return unconfirmed(reason, { ...terms, retry: 'service', vendor });
}

/** Statuses that count whatever comes with them. */
export function isThrottled(status: number): boolean {
  return status === 429;
}

/** Any 3xx; nobody goes there. */
export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

const BY_ITSELF: ReadonlySet<RetryClass> = new Set(['service', 'throttle', 'tomorrow']);

/**
 * The exception: a readable answer such as "system error" that doesn't say whether the call is billed. Of an operation
 * that is billed and can't be queried it isn't repeated by itself, since unknown is not absent.
 */
export function unlessBillUnknown(
  outcome: CheckOutcome,
  { billed, queryable }: Pick<Capability, 'billed' | 'queryable'>,
): CheckOutcome {
  const { retry, vendor, basis, reason } = outcome;
  const mayBeBilled = billed && !queryable && vendor !== null && vendor.billed === null;
  if (!mayBeBilled || !BY_ITSELF.has(retry)) return outcome;
  return unconfirmed('outcome.unknown', { retry: 'clerk', basis, vendor, detail: reason });
}

const LONGEST_WAIT_MS = 3_600_000;

/** How long a server wants to be left alone, at most one hour: in seconds or until a time, measured by its own clock. */
export function retryAfterMs(headers: Headers): number | null {
  const text = headers.get('retry-after') ?? '';
  if (/^\d{1,9}(\.\d{1,9})?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1_000), LONGEST_WAIT_MS);
  const waitMs = Date.parse(text) - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(waitMs) ? Math.min(Math.max(waitMs, 0), LONGEST_WAIT_MS) : null;
}

/** A failure of our own (the journal's disk, say) before anybody was asked. */
export function outcomeOfFailure({ code, detail }: Failure, basis: CheckOutcome['basis']): CheckOutcome {
  return unconfirmed(code, { retry: 'service', basis, detail });
}

/** As `missingMaterial`, and a clip is as good as a picture for `fake-face`. */
export function lackingMaterial(check: Check, materials: CheckMaterials): Material | null {
  if (check === 'fake-face' && materials.clip !== undefined) return null;
  return missingMaterial(check, materials);
}
