import type { CertificationRecord } from '../../shared/domain/certification.ts';
import type { DisplayLog } from '../../shared/domain/challenge.ts';
import { partsOf } from '../../shared/domain/liveness-mode.ts';
import { asksForClip, evidencePolicyOf } from '../../shared/domain/scene.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { CameraCheck } from './camera-checks.ts';
import type { ClipCollection } from './clip-collection.ts';
import { createConfirmation } from './confirmation.ts';
import { documentMaterialOf, erasePictures } from './document-material.ts';
import type { Ending } from './flow-state.ts';
import type { FlowEvent } from './flow-event.ts';
import type { Run } from './run.ts';
import { isLastPart } from './liveness-route.ts';
import { recordOf } from './record.ts';
import { refusedMeanwhile } from './refused-meanwhile.ts';
import { onlyCaptures, subjectOf } from './run-facts.ts';
import type { CertificationDependencies } from './service-contract.ts';

/** What the work knows of the certification in hand. */
export interface DecisionHooks {
  readonly run: () => Run | null;
  readonly display: () => DisplayLog;
  /** Size of the camera's picture; null until a camera has reported. */
  readonly picture: () => { readonly width: number; readonly height: number } | null;
  readonly camera: Pick<CameraCheck, 'calibration' | 'findings'>;
  readonly clips: Pick<ClipCollection, 'expects' | 'collect' | 'blink' | 'erase'>;
  readonly dispatch: (event: FlowEvent) => void;
  readonly onRecord: (record: CertificationRecord) => void;
}

/** From a played challenge to a committed record. */
export interface DecisionWork {
  /** Judges the challenge that was played and, where it was the last one, compares the face. */
  judge(certifyId: string): Promise<void>;
  /** Keeps the question to the verifier where nobody is looked at. */
  keepQuestion(certifyId: string): Promise<void>;
  commit(run: Run, ending: Ending): void;
  /** Settles when what is kept of the last certification is out of its capture. */
  kept(): Promise<void>;
}

/** A reader answers within a tenth of this; nobody is kept waiting for one that hangs. */
const PRESENCE_LIMIT_MS = 2_000;

/**
 * What the face is compared with: the caller's picture where the scheme says so, else the chip's portrait, or the
 * printed one where that couldn't be had.
 */
export function portraitOf({ document, read, printedPortrait, scheme, request }: Run): Uint8Array | null {
  if (scheme.reference === 'given') return request?.inputs.reference?.bytes ?? null;
  if (!document && read) return read.portrait;
  return document?.portrait.state === 'decoded' ? document.portrait.image : printedPortrait;
}

/** Where nothing may be decided here, and where nothing here can be compared with, no face is compared. */
function comparesHere(run: Run): boolean {
  return !onlyCaptures(run) && run.scheme.reference !== 'none';
}

/** Works for one certification after the other; every result comes back through `hooks.dispatch`. */
export function createDecisionWork(deps: CertificationDependencies, hooks: DecisionHooks): DecisionWork {
  const { clock, inference, evidence, store } = deps;
  const { dispatch } = hooks;
  const confirmation = createConfirmation(deps, hooks.clips);
  let keeping: Promise<void> = Promise.resolve();

  function failed(certifyId: string, failure: Failure): void {
    dispatch({ type: 'step-failed', certifyId, failure });
  }

  function keep(run: Run, record: CertificationRecord): Promise<void> {
    const picture = hooks.picture();
    const { certifyId } = run;
    // A clip may have been recorded for the verifier only.
    const givesClip = run.request !== null && run.scheme.outputs.includes('clip');
    const wantsClip = givesClip || asksForClip(evidencePolicyOf(run.scene));
    const kept = evidence.keep({
      record,
      scene: run.scene,
      portrait: portraitOf(run),
      documents: run.request && documentMaterialOf(run),
      camera: picture && run.camera !== null ? { ...picture, label: run.camera } : null,
      clip: wantsClip && hooks.clips.expects(certifyId) ? () => hooks.clips.collect(certifyId) : null,
    });
    return kept.finally(() => {
      hooks.clips.erase(certifyId);
      erasePictures(run);
    });
  }

  /** Whether another card lies on the reader now. One that is gone or can't be told of changes nothing. */
  async function isSwapped(): Promise<boolean> {
    return new Promise((resolve) => {
      const giveUp = deps.startTimer(() => resolve(false), PRESENCE_LIMIT_MS);
      void deps.cardReader.presence().then((presence) => {
        giveUp();
        resolve(presence === 'other');
      });
    });
  }

  return {
    judge: async (certifyId) => {
      const run = hooks.run();
      if (!run?.challenge) return;
      const calibration = hooks.camera.calibration();
      const judged = await inference.judge(certifyId, run.challenge, {
        display: hooks.display(),
        calibration,
        alone: partsOf(run.route.modes[0]).length === 1,
      });
      if (!judged.ok) return failed(certifyId, judged.error);
      const { liveness, attempt } = judged.value;
      const notCompared = { type: 'judged', certifyId, liveness, attempt, comparison: null } as const;
      if (liveness.verdict !== 'live' || !isLastPart(run.route)) return dispatch(notCompared);
      if (run.document && (await isSwapped())) return dispatch({ ...notCompared, swapped: true });
      const portrait = portraitOf(run);
      const comparison = comparesHere(run)
        ? portrait && (await inference.compare(certifyId, portrait, run.scene.far))
        : null;
      if (comparison && !comparison.ok) return failed(certifyId, comparison.error);
      const subject = subjectOf(run);
      const ruling = await deps.risk.atFace(run, subject === null ? null : store.subjectKey(subject));
      if (!ruling.ok) return failed(certifyId, ruling.error);
      const prepared = await confirmation.prepare(run, portrait);
      if (!prepared.ok) return failed(certifyId, prepared.error);
      const refused = refusedMeanwhile(deps, run);
      if (refused) return failed(certifyId, refused);
      dispatch({ ...notCompared, comparison: comparison && comparison.value, ruling: ruling.value });
    },
    keepQuestion: async (certifyId) => {
      const run = hooks.run();
      if (!run) return;
      const prepared = await confirmation.prepare(run, null);
      if (!prepared.ok) return failed(certifyId, prepared.error);
      const refused = refusedMeanwhile(deps, run);
      if (refused) return failed(certifyId, refused);
      dispatch({ type: 'question-kept', certifyId });
    },
    commit: (run, ending) => {
      const also = confirmation.take(run, ending);
      const record = recordOf(run, ending, {
        decidedAtMs: clock.wallMs(),
        reader: deps.cardReader.identity(),
        simulatedCamera: deps.configuration().camera.kind === 'simulated',
        appVersion: deps.appVersion,
        cameraChecks: hooks.camera.findings(),
        subjectKey: (number) => store.subjectKey(number),
        returnedFace: also.faceReturn ?? null,
      });
      const { certifyId } = run;
      const committed = store.commit(record, also);
      if (!committed.ok) {
        if (also.check) void deps.confirmation.discard(certifyId);
        if (also.faceReturn) void deps.faceReturns.discard(certifyId);
        erasePictures(run);
        return dispatch({ type: 'commit-failed', certifyId, failure: committed.error });
      }
      keeping = keep(run, record);
      dispatch({ type: 'committed', certifyId, committed: committed.value });
      hooks.onRecord(record);
    },
    kept: () => keeping,
  };
}
