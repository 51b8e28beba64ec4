import type { Failure } from '../../shared/reasons.ts';
import { stateOf } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Check } from '../../shared/domain/verification.ts';
import type { ClipCollection } from './clip-collection.ts';
import type { Ending } from './flow-state.ts';
import type { Run } from './run.ts';
import type { AskedConfirmation, ConfirmationDesk } from './ports/verifier.ts';
import type { CommittedWith } from './ports/record-store.ts';
import type { FaceReturnDesk } from './ports/face-return-desk.ts';
import { createPreparedMaterial } from './prepared-material.ts';
import { checkNeeds, checkOf, facesCamera, identityOf } from './run-facts.ts';
import { unaskable } from './settlement.ts';

/** What goes with the record of the certification in hand: the question to the verifier, and the face picture's return. */
export interface Confirmation {
  /** Prepares it, where scene, consent and person make it possible: before the commit, which has no time to wait. */
  prepare(run: Run, portrait: Uint8Array | null): Promise<Result<null, Failure>>;
  /** What was prepared, if this ending leaves anything to confirm; else it is destroyed. */
  take(run: Run, ending: Ending): CommittedWith;
}

/** Prepares for one certification at a time; what no commit takes is destroyed. */
export function createConfirmation(
  desks: { readonly confirmation: ConfirmationDesk; readonly faceReturns: FaceReturnDesk },
  clips: Pick<ClipCollection, 'expects' | 'collect' | 'blink'>,
): Confirmation {
  const { confirmation, faceReturns } = desks;
  const question = createPreparedMaterial<NonNullable<CommittedWith['check']>>((id) => confirmation.discard(id));
  const picture = createPreparedMaterial<NonNullable<CommittedWith['faceReturn']>>((id) => faceReturns.discard(id));

  return {
    prepare: async (run, portrait) => {
      const { certifyId } = run;
      const check = run.consent?.transmit === true && unaskable(run) === null ? checkOf(run) : null;
      if (check !== null) {
        const asked = askedOf(run, check, portrait, clips);
        const kept = await question.make(certifyId, () => confirmation.prepare(asked));
        if (!kept.ok) return kept;
      }
      return returnsFace(run, faceReturns) ? picture.make(certifyId, () => faceReturns.prepare(certifyId)) : ok(null);
    },
    take: (run, ending) => {
      const wanted = leavesOpen(run, ending);
      const check = question.take(run.certifyId, wanted);
      const faceReturn = picture.take(run.certifyId, wanted);
      return { ...(check ? { check } : {}), ...(faceReturn ? { faceReturn } : {}) };
    },
  };
}

function returnsFace(run: Run, desk: FaceReturnDesk): boolean {
  const agreed = run.scene.returnsFace === true && run.consent?.returnFace === true;
  return agreed && facesCamera(run) && desk.ready();
}

/** Whether an ending is one that a verifier can still say something about. */
function leavesOpen(run: Run, { reason }: Ending): boolean {
  if (stateOf(reason) !== 'passed' && stateOf(reason) !== 'review') return false;
  return facesCamera(run) ? run.liveness?.verdict === 'live' : !reason.startsWith('user.');
}

function askedOf(
  run: Run,
  check: Check,
  portrait: Uint8Array | null,
  clips: Pick<ClipCollection, 'expects' | 'collect' | 'blink'>,
): AskedConfirmation {
  const { certifyId, elements, request } = run;
  const identity = checkNeeds(check, 'identity') ? identityOf(run) : null;
  const validity = checkNeeds(check, 'validity') ? validityOf(run) : null;
  const blink = clips.blink(certifyId);
  return {
    certifyId,
    check,
    identity: identity && { name: identity.name, number: identity.number },
    ...(validity ? { validity } : {}),
    ...(elements.phone !== undefined && checkNeeds(check, 'phone') ? { phone: elements.phone } : {}),
    ...(elements.bankCard !== undefined && checkNeeds(check, 'bank-card') ? { bankCard: elements.bankCard } : {}),
    ...(request ? { given: request.inputs } : {}),
    // The caller's own picture goes as it came.
    portrait: run.scheme.reference === 'given' ? null : portrait && new Uint8Array(portrait),
    clip: clips.expects(certifyId) ? () => clips.collect(certifyId) : null,
    ...(blink ? { blink } : {}),
  };
}

function validityOf({ document, read }: Run): AskedConfirmation['validity'] | null {
  if (document) return { from: document.fields.validFrom, to: document.fields.validTo };
  return read?.validFrom === undefined ? null : { from: read.validFrom, to: read.validTo };
}
