import { identificationPolicyOf } from '../../shared/domain/scene.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import type { DocumentRuling } from './document-rules.ts';
import type { Run } from './run.ts';
import type { Step } from './flow-effect.ts';
import {
  awaitCard,
  beginDocument,
  beginEntry,
  end,
  go,
  openCapture,
  otherThanNamed,
  positionAgain,
} from './flow-moves.ts';
import { beginGuardian } from './guardian-steps.ts';
import { facesCamera, identityOf } from './run-facts.ts';

/** What a certification does, in this order; each scheme does some of it. */
export const PHASES = [
  'consent',
  'identity',
  'ruling',
  'guardian',
  'phone',
  'bankCard',
  'card-pictures',
  'card-photo',
  'face',
  'hand-off',
  'question',
] as const;
export type Phase = (typeof PHASES)[number];

/** What comes next: the first that this certification needs and has not got. The last one ends it. */
export function nextPhase(run: Run): Phase {
  return PHASES.find((phase) => NEEDS[phase](run)) ?? 'question';
}

const NEEDS: Readonly<Record<Phase, (run: Run) => boolean>> = {
  consent: ({ consent }) => consent === null,
  identity: (run) => run.scheme.identity !== 'none' && !isIdentified(run),
  ruling: (run) => !run.ruled && identityOf(run) !== null,
  guardian: ({ guardianNeeded, guardian }) => guardianNeeded && guardian === null,
  phone: (run) => lacks(run, 'phone'),
  bankCard: (run) => lacks(run, 'bankCard'),
  'card-pictures': ({ scheme, read }) => scheme.cardPictures === 'yes' && read === null,
  'card-photo': needsCardPhoto,
  face: facesCamera,
  'hand-off': ({ scheme }) => scheme.actor === 'phone',
  question: () => true,
};

/** Another way keeps whoever is known already, however they became known. */
function isIdentified(run: Run): boolean {
  const ownWay = run.fallback === null;
  if (ownWay && run.scheme.identity === 'card-pictures') return run.read !== null;
  return identityOf(run) !== null;
}

function lacks({ scheme, elements, request }: Run, element: 'phone' | 'bankCard'): boolean {
  if (!scheme.asks.includes(element)) return false;
  return elements[element] === undefined && request?.inputs[element] === undefined;
}

/** The printed portrait is asked for where a card's portrait is compared with and none could be had. */
function needsCardPhoto(run: Run): boolean {
  if (run.cardPhotoAsked || run.read !== null || run.scheme.reference !== 'chip-portrait' || !facesCamera(run)) {
    return false;
  }
  return identificationPolicyOf(run.scene).cardPhoto && run.document?.portrait.state !== 'decoded';
}

/** On to whatever comes next, by the scheme in hand. */
export function proceed(run: Run): Step {
  if (run.guardianNeeded && run.guardian === null && run.scene.guardian !== true) {
    return end(run, { code: 'document.guardian-needed' }, 'result');
  }
  const phase = nextPhase(run);
  switch (phase) {
    case 'consent':
      return go({ step: 'consent', run });
    case 'identity':
      return identify(run);
    case 'ruling':
      return { state: { step: 'ruling', run }, effects: [{ type: 'rule-risk', certifyId: run.certifyId }] };
    case 'guardian':
      return beginGuardian(run);
    case 'phone':
    case 'bankCard':
      return go({ step: 'element-entry', run, asks: phase });
    case 'card-pictures':
      return beginDocument(run, 'id-card-front');
    case 'card-photo':
      return go({ step: 'card-photo', run, hint: null });
    case 'face':
      return go({ step: 'position', run, hint: null });
    case 'hand-off':
      return handOff(run);
    case 'question':
      return { state: { step: 'deciding', run }, effects: [{ type: 'keep-question', certifyId: run.certifyId }] };
  }
}

/** Back to where it stood: what a camera has seen before somebody looked elsewhere is not used. */
export function resume(run: Run): Step {
  const next = proceed(run);
  if (!facesCamera(run) || run.consent?.capture !== true) return next;
  if (next.state.step === 'position') return positionAgain(run);
  return { state: next.state, effects: [openCapture(run), ...next.effects] };
}

function identify(run: Run): Step {
  if (run.scheme.identity === 'card-pictures') return beginDocument(run, 'id-card-front');
  return run.scheme.identity === 'typed' || run.typing ? beginEntry(run) : awaitCard(run, null);
}

/** Without consent to sending there is nothing that a phone could open. */
function handOff(run: Run): Step {
  if (run.consent?.transmit !== true) return end(run, { code: 'authority.not-asked' }, 'result');
  // A page from before was closed when it was left.
  const state = { step: 'hand-off', run: { ...run, handOff: null } } as const;
  return { state, effects: [{ type: 'open-hand-off', certifyId: run.certifyId }] };
}

/**
 * Somebody has been identified. A card that is refused ends it, and so does somebody else than the caller has named.
 *
 * @param run with the identity in it.
 * @param doubt what was found about the document beside its own words; it counts before those.
 */
export function identified(run: Run, ruling: DocumentRuling, doubt: ReasonCode | null): Step {
  const child = ruling.kind === 'stop' && ruling.reason === 'document.guardian-needed';
  if (ruling.kind === 'stop' && !child) return end(run, { code: ruling.reason }, 'result');
  const identity = identityOf(run);
  const other = identity && otherThanNamed(run, identity);
  if (other) return end(run, other, 'result');
  const own = ruling.kind === 'stop' ? (ruling.beside ?? null) : ruling.kind === 'warning' ? ruling.reason : null;
  return proceed({ ...run, documentWarning: doubt ?? own, guardianNeeded: child });
}
