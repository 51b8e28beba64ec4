import { stateOf, type ReasonCode } from '../../shared/reasons.ts';
import { checkOf, checkNeeds, identityOf, onlyCaptures } from './run-facts.ts';
import type { Run } from './run.ts';

/** Resident identity numbers are all that authorities are asked by. */
const RESIDENT_NUMBER = /^\d{17}[\dX]$/;

/**
 * Why the question that both scene and person want can't be asked: it is about a document whose number no authority
 * knows, or about nobody. Null where it can be asked, or where nothing is to be asked.
 */
export function unaskable(run: Run): 'authority.not-asked' | null {
  const check = checkOf(run);
  if (check === null || run.consent?.transmit !== true || !checkNeeds(check, 'identity')) return null;
  return RESIDENT_NUMBER.test(identityOf(run)?.number ?? '') ? null : 'authority.not-asked';
}

/** What a local finding meets. */
export interface Settling {
  /** Who has the last word. */
  readonly decides: 'device' | 'verifier';
  /** A question to the verifier is to be asked and can be. */
  readonly asks: boolean;
  /** The person agreed to sending. */
  readonly transmit: boolean;
  readonly online: boolean;
  /** Nothing may be decided here as things are. */
  readonly onlyCaptures: boolean;
  /** A rule about risk leaves the decision to a clerk. */
  readonly riskReview: boolean;
}

/** What the certification in hand meets as things are now. */
export function settlingOf(run: Run): Settling {
  return {
    decides: run.scheme.decides,
    asks: checkOf(run) !== null && unaskable(run) === null,
    transmit: run.consent?.transmit ?? false,
    online: run.online,
    onlyCaptures: onlyCaptures(run),
    riskReview: run.riskReview,
  };
}

/**
 * The reason that a certification ends with on this device. What was refuted, left undecided or left to a clerk stays as
 * it is; what would pass here can only become less. `verification.pending`, `verification.captured` and
 * `authority.not-asked` stand for "nothing speaks against it, and this device has not the last word".
 *
 * @param local what the device found: a pass, or `verification.pending` where it has nothing to find by itself.
 */
export function settledReason(local: ReasonCode, settling: Settling): ReasonCode {
  const mayGoOn = stateOf(local) === 'passed' || local === 'verification.pending';
  if (!mayGoOn) return local;
  if (settling.riskReview) return 'risk.review';
  const leftToVerifier = settling.decides === 'verifier' || settling.onlyCaptures || stateOf(local) !== 'passed';
  if (!leftToVerifier) return local;
  if (!settling.transmit) return 'authority.not-asked';
  if (settling.onlyCaptures)
    return settling.asks || settling.decides === 'device' ? 'verification.captured' : 'authority.not-asked';
  if (!settling.asks) return 'authority.not-asked';
  return settling.online ? 'verification.pending' : 'verification.captured';
}
