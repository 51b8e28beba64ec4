import type { NewCheck } from '../../shared/protocol/check-delivery.ts';
import { stateOf, type Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { ClipCollection } from './clip-collection.ts';
import type { Ending, Run } from './flow-state.ts';
import type { ConfirmationDesk } from './ports.ts';

/** What the verifier is asked about the certification in hand. */
export interface Confirmation {
  /** Prepares the question, where scene, consent and person make one: before the commit, which has no time to wait. */
  prepare(run: Run, portrait: Uint8Array | null): Promise<Result<null, Failure>>;
  /** The prepared question, if this ending leaves anything to confirm; else its materials are destroyed. */
  take(run: Run, ending: Ending): NewCheck | undefined;
}

/** Resident identity numbers are all that authorities are asked by. */
const RESIDENT_NUMBER = /^\d{17}[\dX]$/;

/**
 * Why the scene's question can't be asked about this person, although both want it: the document has a number that no
 * authority knows. Null where it can, or where nothing is to be asked.
 */
export function unaskable(run: Run): 'authority.not-asked' | null {
  const { scene, consent } = run;
  if (scene.confirmation === undefined || scene.confirmation === 'face-reference') return null;
  if (consent?.transmit !== true) return null;
  return RESIDENT_NUMBER.test(identityOf(run)?.number ?? '') ? null : 'authority.not-asked';
}

function identityOf({ document, typed, read }: Run): { readonly name: string; readonly number: string } | null {
  return document?.fields ?? typed ?? read;
}

export function createConfirmation(
  desk: ConfirmationDesk,
  clips: Pick<ClipCollection, 'expects' | 'collect' | 'blink'>,
): Confirmation {
  let prepared: { readonly certifyId: string; readonly check: NewCheck } | null = null;

  /** The certification that was committed last. */
  let ended: string | null = null;

  function drop(): void {
    if (prepared) void desk.discard(prepared.certifyId);
    prepared = null;
  }

  return {
    prepare: async (run, portrait) => {
      drop();
      const { certifyId, scene, consent } = run;
      const identity = identityOf(run);
      if (scene.confirmation === undefined || consent?.transmit !== true || !identity) return ok(null);
      if (unaskable(run) !== null) return ok(null);
      const blink = clips.blink(certifyId);
      const made = await desk.prepare({
        certifyId,
        check: scene.confirmation,
        identity: { name: identity.name, number: identity.number },
        portrait: portrait && new Uint8Array(portrait),
        clip: clips.expects(certifyId) ? () => clips.collect(certifyId) : null,
        ...(blink ? { blink } : {}),
      });
      if (!made.ok) return made;
      // It has ended meanwhile, without the question.
      if (ended === certifyId) {
        void desk.discard(certifyId);
        return ok(null);
      }
      prepared = { certifyId, check: made.value };
      return ok(null);
    },
    take: (run, ending) => {
      ended = run.certifyId;
      const mine = prepared?.certifyId === run.certifyId ? prepared.check : undefined;
      const asked = ['passed', 'review'].includes(stateOf(ending.reason)) && run.liveness?.verdict === 'live';
      if (!mine || !asked) {
        drop();
        return undefined;
      }
      prepared = null;
      return mine;
    },
  };
}
