import { distanceLimits } from '../../shared/domain/camera-geometry.ts';
import type { CertificationRecord } from '../../shared/domain/certification.ts';
import type { DisplayLog } from '../../shared/domain/challenge.ts';
import type { QualityLimits } from '../../shared/domain/face-quality.ts';
import { evidencePolicyOf, recordsClip as asksForRecording } from '../../shared/domain/scene.ts';
import { siteTexts } from '../../shared/domain/site.ts';
import type { KioskView } from '../../shared/ipc/kiosk.ts';
import { failure, stateOf, type Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import { createCameraCheck } from './camera-checks.ts';
import { createCardPhotoIntake } from './card-photo-intake.ts';
import { createCardReading } from './card-reading.ts';
import { createClipCollection } from './clip-collection.ts';
import { createCountdown } from './countdown.ts';
import { createDecisionWork } from './decision-work.ts';
import { createDocumentIntake } from './document-intake.ts';
import { createTravelChipReading } from './travel-chip-reading.ts';
import { createFrameIntake } from './frame-intake.ts';
import { createChallengeWatch } from './challenge-watch.ts';
import { runOf, type FlowEffect, type FlowEvent, type FlowState } from './flow-state.ts';
import { reduce } from './flow.ts';
import { createIdleWatch } from './idle-watch.ts';
import { createPositionWatch } from './position-watch.ts';
import { prepareRun } from './run-preparation.ts';
import { OTHER_METHOD_SECONDS, RESULT_SECONDS } from './timing.ts';
import { takeTypedIdentity } from './typed-intake.ts';
import { viewOf } from './view.ts';
import type { CertificationDependencies, CertificationService } from './service-contract.ts';

export const CONSENT_VERSION = '2026-11';

/** Steps at which a capture is open that holds nothing of the person's face yet. */
const BEFORE_FRAMES = new Set<FlowState['step']>([
  'card',
  'identity-entry',
  'card-photo',
  'document-capture',
  'document-confirm',
  'travel-chip',
  'position',
]);

/** Drives certifications: feeds the pure flow with events and carries out what it asks for. */
export function createCertificationService(deps: CertificationDependencies): CertificationService {
  const { clock, inference } = deps;
  const viewListeners: ((view: KioskView) => void)[] = [];
  const recordListeners: ((record: CertificationRecord) => void)[] = [];
  let state: FlowState = { step: 'attract' };
  let revision = 0;
  let closed = false;
  /** Width over height of the camera's picture; what is asked of a camera until one has reported. */
  let aspect = 16 / 9;
  let language: 'zh-CN' | 'en' = 'zh-CN';
  let elder = false;
  let display: DisplayLog = [];
  let picture: { width: number; height: number } | null = null;

  const idle = createIdleWatch(clock, deps.startTimer, {
    onChange: () => publish(),
    onWipe: () => dispatch({ type: 'timed-out' }),
  });
  const countdown = createCountdown(deps.startTimer, {
    onChange: () => publish(),
    onEnd: () => dispatch({ type: 'done' }),
  });
  const card = createCardReading({
    cardReader: deps.cardReader,
    dispatch,
    today: deps.today,
    isNumberValid: deps.isNumberValid,
    acceptsSimulated: () => deps.configuration().demo !== null,
    onCard: () => idle.touch(),
  });
  const chip = createTravelChipReading({
    chips: deps.chips,
    dispatch,
    today: deps.today,
    onDocument: () => idle.touch(),
  });
  const documents = createDocumentIntake({
    documents: deps.documents,
    dispatch,
    state: () => state,
    today: deps.today,
    onDocument: () => idle.touch(),
  });
  const camera = createCameraCheck(deps.camera, {
    certifyId: () => runOf(state)?.certifyId ?? null,
    source: () => deps.configuration().camera,
    dispatch,
    onChange: () => publish(),
  });
  const position = createPositionWatch(clock);
  const watch = createChallengeWatch(clock, deps.startTimer, (certifyId) =>
    dispatch({ type: 'step-failed', certifyId, failure: failure('challenge.expired') }),
  );

  const clips = createClipCollection(deps.startTimer);
  const decision = createDecisionWork(deps, {
    run: () => runOf(state),
    display: () => display,
    picture: () => picture,
    camera,
    clips,
    dispatch,
    onRecord: (record) => {
      for (const listener of recordListeners) listener(record);
      deps.verifier.kick();
    },
  });

  function dispatch(event: FlowEvent): void {
    if (closed) return;
    const before = state;
    const next = reduce(state, event, clock.monotonicMs());
    state = next.state;
    if (state !== before) entered(before);
    for (const effect of next.effects) carryOut(effect);
    if (state !== before) publish();
  }

  function entered(before: FlowState): void {
    if (state.step === before.step) return;
    idle.watch(state.step);
    if (state.step === 'attract') {
      language = 'zh-CN';
      elder = false;
    }
    if (state.step === 'position') position.reset();
    if (state.step === 'challenge') watch.begin(state.run.certifyId, state.challenge);
    else watch.end();
    if (state.step === 'result') countdown.start(RESULT_SECONDS[stateOf(state.ending.reason)]);
    else if (state.step === 'other-method') countdown.start(OTHER_METHOD_SECONDS);
    else countdown.stop();
  }

  function carryOut(effect: FlowEffect): void {
    switch (effect.type) {
      case 'open-capture':
        deps.verifier.expect(effect.certifyId);
        void inference
          .openCapture(effect.certifyId, limitsFor(effect.limits), recordsCapture())
          .then((opened) => orFail(effect.certifyId, opened));
        return;
      case 'read-card':
        void card.start(effect.certifyId);
        return;
      case 'stop-reading':
        card.stop();
        chip.stop();
        return;
      case 'read-chip':
        void chip.start(effect.certifyId, effect.key);
        return;
      case 'accept-reading':
        documents.accept(effect.certifyId, effect.sides);
        return;
      case 'begin-challenge':
        display = [];
        if (recordsClip()) clips.expect(effect.certifyId, effect.challenge.nonce);
        if (effect.challenge.kind === 'light') return;
        void inference
          .beginChallenge(effect.certifyId, effect.challenge)
          .then((begun) => orFail(effect.certifyId, begun));
        return;
      case 'judge':
        void decision.judge(effect.certifyId);
        return;
      case 'commit':
        decision.commit(effect.run, effect.ending);
        return;
      case 'wipe':
        display = [];
        camera.reset();
        // What is kept of the capture has to be out of it first.
        void decision.kept().finally(() => {
          clips.erase(effect.certifyId);
          void deps.documents.endWatch(effect.certifyId);
          return inference.closeCapture(effect.certifyId);
        });
    }
  }

  function recordsCapture(): boolean {
    const scene = runOf(state)?.scene;
    return scene !== undefined && evidencePolicyOf(scene).keep !== 'none';
  }

  function recordsClip(): boolean {
    const scene = runOf(state)?.scene;
    return scene !== undefined && asksForRecording(scene);
  }

  /** The lens's limits of distance, and the scene's own before those. */
  function limitsFor(scene: QualityLimits): QualityLimits {
    const { cameraGeometry } = deps.configuration();
    return cameraGeometry ? { ...distanceLimits(cameraGeometry, aspect), ...scene } : scene;
  }

  /** A picture of another shape moves the limits of a capture that has no frames yet. */
  function noteAspect(reported: number): void {
    const before = aspect;
    aspect = reported;
    if (aspect === before || deps.configuration().cameraGeometry === null) return;
    if (!BEFORE_FRAMES.has(state.step)) return;
    const run = runOf(state);
    if (!run) return;
    const { certifyId, scene } = run;
    carryOut({ type: 'open-capture', certifyId, limits: scene.qualityLimits ?? {} });
  }

  function orFail(certifyId: string, result: Result<unknown, Failure>): boolean {
    if (!result.ok) dispatch({ type: 'step-failed', certifyId, failure: result.error });
    return result.ok;
  }

  function currentView(): KioskView {
    const { scene, site, camera: source, demo, documentCamera, readsSwipes } = deps.configuration();
    return viewOf(state, {
      revision,
      ...siteTexts(site, language),
      sceneName: scene.name,
      retentionDays: scene.retentionDays,
      language,
      elder,
      today: deps.today(),
      idleSecondsLeft: idle.secondsLeft(),
      clearsInSeconds: countdown.secondsLeft(),
      demo,
      camera: source,
      documentCamera,
      readsSwipes,
      cameraChallenge: camera.plan(),
      encodesClips: deps.evidence.encodesClips(),
    });
  }

  function publish(): void {
    revision += 1;
    const view = currentView();
    for (const listener of viewListeners) listener(view);
  }

  function act(action: Parameters<CertificationService['act']>[0]): Result<null, Failure> {
    idle.touch();
    switch (action.type) {
      case 'set-language':
        language = action.language;
        publish();
        return ok(null);
      case 'set-elder':
        elder = action.elder;
        publish();
        return ok(null);
      case 'still-here':
        publish();
        return ok(null);
      case 'start':
        return start(1, false);
      case 'retry': {
        const run = runOf(state);
        return run ? start(run.attempt + 1, action.typing === true) : ok(null);
      }
      case 'submit-identity':
        return takeTypedIdentity(action, deps.today(), state, dispatch);
      case 'consent': {
        const { capture, transmit } = action;
        dispatch({
          type: 'consent',
          consent: { capture, transmit, version: CONSENT_VERSION, givenAtMs: clock.wallMs() },
        });
        return ok(null);
      }
      case 'document-confirmed':
        documents.confirm(action.values);
        return ok(null);
      case 'continue':
      case 'refuse-consent':
      case 'other-method':
      case 'avoid-flashing':
      case 'type-identity':
      case 'use-card':
      case 'skip-card-photo':
      case 'photograph-card':
      case 'use-travel-document':
      case 'retake-document':
      case 'skip-chip':
      case 'cancel':
      case 'done':
        dispatch({ type: action.type });
        return ok(null);
      default:
        return ok(null);
    }
  }

  function start(attempt: number, typing: boolean): Result<null, Failure> {
    const run = prepareRun(deps, { attempt, typing, language });
    if (!run.ok) return run;
    dispatch({ type: attempt === 1 ? 'start' : 'retry', run: run.value });
    return ok(null);
  }

  /** The certification in hand, if it has this id and is at this step. */
  function at<S extends FlowState['step']>(step: S, certifyId: string): Extract<FlowState, { step: S }> | null {
    return state.step === step && runOf(state)?.certifyId === certifyId
      ? (state as Extract<FlowState, { step: S }>)
      : null;
  }

  const frames = createFrameIntake({
    inference,
    camera,
    challenges: deps.challenges,
    position,
    watch,
    language: () => language,
    elder: () => elder,
    dispatch,
    at,
    onFace: () => idle.touch(),
    onProgress: (...seen) => clips.see(...seen),
    onDisplay: (shown) => {
      display = shown;
    },
  });

  return {
    view: currentView,
    onView: (listener) => void viewListeners.push(listener),
    onRecord: (listener) => void recordListeners.push(listener),
    act,
    reportCamera: (report) => {
      if (report.type === 'failed') return dispatch({ type: 'camera-failed', failure: failure(report.code) });
      picture = { width: report.width, height: report.height };
      noteAspect(report.width / report.height);
      void camera.opened(report);
    },
    cameraFrame: (certifyId, nonce, frame) => {
      if (at('position', certifyId)) camera.see(nonce, frame);
    },
    cameraAnswered: (certifyId, report) => {
      if (runOf(state)?.certifyId === certifyId) camera.answered(report);
    },
    ...frames,
    ...createCardPhotoIntake({ inference, dispatch, at, onCard: () => idle.touch() }),
    ...documents.intake,
    challengeAborted: (certifyId, nonce, code) => dispatch({ type: 'challenge-aborted', certifyId, nonce, code }),
    takeClip: (certifyId, nonce, clip) => clips.take(certifyId, nonce, clip),
    confirmed: (certifyId) => dispatch({ type: 'confirmed', certifyId }),
    decided: (certifyId, { state: decided, reason }) => dispatch({ type: 'decided', certifyId, decided, reason }),
    screenLost: (detail) => {
      const certifyId = runOf(state)?.certifyId;
      if (certifyId !== undefined) {
        dispatch({ type: 'step-failed', certifyId, failure: failure('internal.bug', detail) });
      }
    },
    outOfService: (reason) => dispatch({ type: 'out-of-service', reason }),
    backInService: (part) => dispatch({ type: 'back-in-service', part }),
    refresh: publish,
    close: () => {
      dispatch({ type: 'cancel' });
      closed = true;
    },
  };
}
