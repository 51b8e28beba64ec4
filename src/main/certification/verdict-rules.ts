import type { ComparisonSummary, LivenessSummary, Verdict } from '../../shared/domain/certification.ts';
import type { Portrait } from '../../shared/domain/document.ts';
import { stateOf, type ReasonCode } from '../../shared/reasons.ts';

export interface Evidence {
  readonly liveness: LivenessSummary;
  /** Null when there was no portrait to compare with; `no-face` when the portrait shows none. */
  readonly comparison: ComparisonSummary | { readonly outcome: 'no-face' } | null;
  readonly portrait: Portrait['state'];
  /** A finding about the document itself that leaves the decision to a clerk. */
  readonly documentWarning: ReasonCode | null;
}

/**
 * The one place where evidence becomes a reason. `ok.matched` needs a live person *and* a match *and* a document
 * without a warning; anything missing or unknown leads elsewhere.
 */
export function decide(evidence: Evidence): ReasonCode {
  const { liveness, comparison, portrait, documentWarning } = evidence;
  if (liveness.verdict === 'spoof') return firstOf(liveness.reasons, 'failed') ?? 'liveness.spoof-suspected';
  if (liveness.verdict === 'undecided') return firstOf(liveness.reasons, 'error') ?? 'challenge.incomplete';
  if (portrait !== 'decoded') return 'document.photo-not-decoded';
  if (comparison === null || comparison.outcome === 'no-face') return 'document.no-face';
  if (comparison.outcome === 'no-match') return 'face.low-similarity';
  if (comparison.outcome === 'grey') return 'face.grey-band';
  return documentWarning ?? 'ok.matched';
}

function firstOf(reasons: readonly ReasonCode[], state: Verdict['state']): ReasonCode | undefined {
  return reasons.find((reason) => stateOf(reason) === state);
}

/**
 * The verdict for a reason reached on this device.
 *
 * @param compared a comparison with the chip portrait took part.
 * @param transmit the person agreed to sending: then a pass or a failure is provisional until the verifier confirms.
 */
export function verdictFor(reason: ReasonCode, compared: boolean, transmit: boolean): Verdict {
  const state = stateOf(reason);
  return {
    state,
    reason,
    basis: compared ? 'chip' : 'local',
    provisional: transmit && (state === 'passed' || state === 'failed'),
  };
}
