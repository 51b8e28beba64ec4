import type { ComparisonSummary, Verdict } from '../../shared/domain/certification.ts';
import type { OfflinePolicy } from '../../shared/domain/scene.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';
import { stateOf, type ReasonCode } from '../../shared/reasons.ts';

/** What was found in what a caller gave, where nobody stands at the kiosk. */
export interface GivenEvidence {
  /** Null where nothing was to be compared. */
  readonly comparison: ComparisonSummary | null;
  /** What speaks against the pictures of a card; null where nothing does, or where none was given. */
  readonly document: ReasonCode | null;
  /** A card shows for certain another name or number than the caller gave. */
  readonly namesOther: boolean;
  /** What the rules about risk make of it. */
  readonly risk: ReasonCode | null;
}

/** How things are while it is decided. */
export interface UnattendedCircumstances {
  readonly policy: OfflinePolicy;
  readonly online: boolean;
  /** The caller has the person's consent to sending. */
  readonly transmit: boolean;
}

/**
 * The reason for what a caller gave. What this device has refuted stays refuted; where the verifier decides, or nothing
 * may be decided without it, everything else waits for the verifier. Nobody was looked at: only a comparison with the
 * picture that came along, or a card that was read without any doubt, can pass here.
 */
export function decideUnattended(scheme: Scheme, found: GivenEvidence, now: UnattendedCircumstances): ReasonCode {
  const { comparison, document, namesOther, risk } = found;
  if (namesOther) return 'identity.not-the-named';
  if (comparison?.outcome === 'no-match') return 'face.low-similarity';
  if (document) return document;
  if (comparison?.outcome === 'grey') return 'face.grey-band';
  if (risk) return risk;
  const mayDecide = scheme.decides === 'device' && (now.online || now.policy === 'local_decide');
  if (!mayDecide) return leftToVerifier(scheme, now);
  if (comparison) return 'ok.matched';
  return readsCards(scheme) ? 'ok.read' : 'authority.not-asked';
}

function leftToVerifier({ check }: Scheme, { online, transmit }: UnattendedCircumstances): ReasonCode {
  if (check === null || !transmit) return 'authority.not-asked';
  return online ? 'verification.pending' : 'verification.captured';
}

/** Whether reading a card is all that a scheme does. */
export function readsCards({ check }: Scheme): boolean {
  return check === 'id-card-reading' || check === 'bank-card-reading';
}

/** The verdict for such a reason. `asked`: the verifier is asked and may still say something else. */
export function unattendedVerdict(reason: ReasonCode, compared: boolean, asked: boolean): Verdict {
  const state = stateOf(reason);
  const decided = state === 'passed' || state === 'failed';
  return { state, reason, basis: compared ? 'reference' : 'local', provisional: asked && decided };
}
