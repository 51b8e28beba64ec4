import type { ComparisonSummary, LivenessSummary, Verdict } from '../../shared/domain/certification.ts';
import type { ReadIdentity } from './read-identity.ts';
import type { Portrait } from '../../shared/domain/document.ts';
import type { Reference } from '../../shared/domain/scheme.ts';
import { stateOf, type ReasonCode } from '../../shared/reasons.ts';

export interface Evidence {
  readonly liveness: LivenessSummary;
  /** Null when there was no portrait to compare with; `no-face` when the portrait shows none. */
  readonly comparison: ComparisonSummary | { readonly outcome: 'no-face' } | null;
  /** What the scheme compares the face with. Absent: the chip's portrait. */
  readonly reference?: Reference;
  /** The verifier decides, or nothing may be decided here: only what speaks against the person counts. */
  readonly leftToVerifier?: boolean;
  /** Somebody is identified, by whatever. Absent: yes. */
  readonly identified?: boolean;
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
 * portrait (or with the picture that the caller gave) *and* a document without a warning; anything missing, unknown,
 * typed in or photographed leads elsewhere. `ok.live` is for schemes that identify nobody.
 */
export function decide(evidence: Evidence): ReasonCode {
  const { liveness, reference = 'chip-portrait', leftToVerifier = false } = evidence;
  if (liveness.verdict === 'spoof') return firstOf(liveness.reasons, 'failed') ?? 'liveness.spoof-suspected';
  if (liveness.verdict === 'undecided') return firstOf(liveness.reasons, 'error') ?? 'challenge.incomplete';
  if (evidence.read?.signature === 'forged') return 'document.chip-forged';
  if (leftToVerifier) return decideForVerifier(evidence, reference);
  switch (reference) {
    case 'none':
      return (evidence.identified ?? true) ? (evidence.documentWarning ?? 'authority.not-asked') : 'ok.live';
    case 'authority':
    case 'retained':
      return evidence.documentWarning ?? 'verification.pending';
    case 'given':
      return decideOnGiven(evidence);
    case 'chip-portrait':
    case 'card-portrait':
      return evidence.read ? decideOnRead(evidence.read, evidence) : decideOnCard(evidence);
  }
}

/** Where the verifier has the last word, a comparison on this device can refute, but a match proves nothing yet. */
function decideForVerifier({ comparison, documentWarning, ...evidence }: Evidence, reference: Reference): ReasonCode {
  const fromChip = evidence.portrait === 'decoded' && !evidence.printed;
  const counts = fromChip || reference === 'given' || reference === 'card-portrait';
  if (reference === 'given' && comparison?.outcome === 'no-face') return 'picture.no-face';
  if (reference === 'card-portrait' && comparison?.outcome === 'no-face') return 'document.no-face';
  if (counts && comparison?.outcome === 'no-match') return 'face.low-similarity';
  if (counts && comparison?.outcome === 'grey') return 'face.grey-band';
  return documentWarning ?? 'verification.pending';
}

function decideOnCard({ comparison, portrait, printed, typed, documentWarning }: Evidence): ReasonCode {
  const fromChip = portrait === 'decoded' && !typed && !printed;
  if (!fromChip && !printed) return typed ? 'document.typed' : 'document.photo-not-decoded';
  if (comparison === null || comparison.outcome === 'no-face') return 'document.no-face';
  if (comparison.outcome === 'no-match') return 'face.low-similarity';
  if (comparison.outcome === 'grey') return 'face.grey-band';
  return documentWarning ?? (fromChip ? 'ok.matched' : 'document.printed-portrait');
}

/** By the picture that the caller gave. A picture without a face decides nothing; what was only typed proves nothing. */
function decideOnGiven({ comparison, read, typed, documentWarning }: Evidence): ReasonCode {
  if (comparison === null || comparison.outcome === 'no-face') return 'picture.no-face';
  if (comparison.outcome === 'no-match') return 'face.low-similarity';
  if (comparison.outcome === 'grey') return 'face.grey-band';
  if (documentWarning) return documentWarning;
  if (read && read.signature !== 'valid') return 'document.photographed';
  return typed ? 'document.typed' : 'ok.matched';
}

/**
 * By a read document: only a chip whose signature was found valid can lead to a pass. What was photographed, swiped or
 * read from a chip that nobody vouches for is for a clerk, however well the face matches.
 */
function decideOnRead(
  { source, portrait, signature }: NonNullable<Evidence['read']>,
  { comparison, documentWarning }: Evidence,
): ReasonCode {
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
 * @param basis what a comparison took part with, or whose word it is; null where there was none.
 * @param transmit the person agreed to sending: then a pass or a failure is provisional until the verifier confirms.
 */
export function verdictFor(reason: ReasonCode, basis: Verdict['basis'] | null, transmit: boolean): Verdict {
  const state = stateOf(reason);
  return {
    state,
    reason,
    basis: basis ?? 'local',
    provisional: transmit && (state === 'passed' || state === 'failed'),
  };
}
