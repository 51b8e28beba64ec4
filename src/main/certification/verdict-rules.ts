import type { ComparisonSummary, LivenessSummary, Verdict } from '../../shared/domain/certification.ts';
import type { ReadIdentity } from './read-identity.ts';
import type { Portrait } from '../../shared/domain/document.ts';
import { stateOf, type ReasonCode } from '../../shared/reasons.ts';

export interface Evidence {
  readonly liveness: LivenessSummary;
  /** Null when there was no portrait to compare with; `no-face` when the portrait shows none. */
  readonly comparison: ComparisonSummary | { readonly outcome: 'no-face' } | null;
  /** The chip's portrait. */
  readonly portrait: Portrait['state'];
  /** A portrait from a picture of the card took the place of the chip's. */
  readonly printed: boolean;
  /** Name and number were typed in: nothing vouches for them. */
  readonly typed: boolean;
  /** Who it is by pictures of a document or by a travel document's chip; null with an ID card's chip or typing. */
  readonly read: Pick<ReadIdentity, 'source' | 'portrait' | 'signature'> | null;
  /** A finding about the document itself that leaves the decision to a clerk. */
  readonly documentWarning: ReasonCode | null;
}

/**
 * The one place where evidence becomes a reason. `ok.matched` needs a live person *and* a match with the chip's own
 * portrait *and* a document without a warning; anything missing, unknown, typed in or photographed leads elsewhere.
 */
export function decide(evidence: Evidence): ReasonCode {
  const { liveness, comparison, portrait, printed, typed, documentWarning } = evidence;
  if (liveness.verdict === 'spoof') return firstOf(liveness.reasons, 'failed') ?? 'liveness.spoof-suspected';
  if (liveness.verdict === 'undecided') return firstOf(liveness.reasons, 'error') ?? 'challenge.incomplete';
  if (evidence.read) return decideOnRead(evidence.read, evidence);
  const fromChip = portrait === 'decoded' && !typed && !printed;
  if (!fromChip && !printed) return typed ? 'document.typed' : 'document.photo-not-decoded';
  if (comparison === null || comparison.outcome === 'no-face') return 'document.no-face';
  if (comparison.outcome === 'no-match') return 'face.low-similarity';
  if (comparison.outcome === 'grey') return 'face.grey-band';
  return documentWarning ?? (fromChip ? 'ok.matched' : 'document.printed-portrait');
}

/**
 * By a read document: only a chip whose signature was found valid can lead to a pass. What was photographed, swiped or
 * read from a chip that nobody vouches for is for a clerk, however well the face matches.
 */
function decideOnRead(
  { source, portrait, signature }: NonNullable<Evidence['read']>,
  { comparison, documentWarning }: Evidence,
): ReasonCode {
  if (signature === 'forged') return 'document.chip-forged';
  const unproven = source === 'travel-chip' ? 'document.chip-unchecked' : 'document.photographed';
  if (!portrait) return documentWarning ?? (source === 'travel-chip' ? 'document.photo-not-decoded' : unproven);
  if (comparison === null || comparison.outcome === 'no-face') return 'document.no-face';
  if (comparison.outcome === 'no-match') return 'face.low-similarity';
  if (comparison.outcome === 'grey') return 'face.grey-band';
  return documentWarning ?? (source === 'travel-chip' && signature === 'valid' ? 'ok.matched' : unproven);
}

function firstOf(reasons: readonly ReasonCode[], state: Verdict['state']): ReasonCode | undefined {
  return reasons.find((reason) => stateOf(reason) === state);
}

/**
 * The verdict for a reason reached on this device.
 *
 * @param compared whose portrait a comparison took part with; null where there was none.
 * @param transmit the person agreed to sending: then a pass or a failure is provisional until the verifier confirms.
 */
export function verdictFor(reason: ReasonCode, compared: 'chip' | 'card-photo' | null, transmit: boolean): Verdict {
  const state = stateOf(reason);
  return {
    state,
    reason,
    basis: compared ?? 'local',
    provisional: transmit && (state === 'passed' || state === 'failed'),
  };
}
