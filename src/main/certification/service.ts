import type { CertificationRecord } from '../../shared/domain/certification.ts';
import { siteTexts } from '../../shared/domain/site.ts';
import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import { failure, stateOf } from '../../shared/reasons.ts';
import { err, ok } from '../../shared/result.ts';
import { createCaptureWork } from './capture-work.ts';
import { createCardPhotoIntake } from './card-photo-intake.ts';
import type { ConsentContext } from './consent-view.ts';
import { createCountdown } from './countdown.ts';
import { createEffectWork } from './effect-work.ts';
import { runOf, type FlowState } from './flow-state.ts';
import type { FlowEvent } from './flow-event.ts';
import { reduce } from './flow.ts';
import { createHandOffWork } from './hand-off-work.ts';
import { createIdentityWork } from './identity-work.ts';
import { createIdleWatch } from './idle-watch.ts';
import { createKioskActions } from './kiosk-actions.ts';
import { refusedMeanwhile } from './refused-meanwhile.ts';
import { prepareRun } from './run-preparation.ts';
import { portraitForStaff, runningFacts } from './running-facts.ts';
import type { CertificationDependencies, CertificationService } from './service-contract.ts';
import { AWAIT_MS, OTHER_METHOD_SECONDS, RESULT_SECONDS } from './timing.ts';
import { viewOf } from './view.ts';

/** Drives certifications: feeds the pure flow with events and carries out what it asks for. */
export function createCertificationService(deps: CertificationDependencies): CertificationService {
  const { clock } = deps;
  const viewListeners: ((view: KioskView) => void)[] = [];
  const recordListeners: ((record: CertificationRecord) => void)[] = [];
  let state: FlowState = { step: 'attract' };
  let revision = 0;
  let closed = false;
  let language: 'zh-CN' | 'en' = 'zh-CN';
  let elder = false;
  let low = false;
  let stopAwaiting: () => void = () => undefined;

  const idle = createIdleWatch(clock, deps.startTimer, {
    onChange: () => publish(),
    onWipe: () => dispatch({ type: 'timed-out' }),
    unhurried: () => elder || low,
  });
  const countdown = createCountdown(deps.startTimer, {
    onChange: () => publish(),
    onEnd: () => dispatch({ type: 'done' }),
  });
  const onPerson = (): void => idle.touch();
  const capture = createCaptureWork(deps, {
    state: () => state,
    dispatch,
    publish: () => publish(),
    onPerson,
    language: () => language,
    elder: () => elder,
    low: () => low,
    at,
    onRecord: (record) => {
      for (const listener of recordListeners) listener(record);
      deps.verifier.kick();
    },
  });
  const identity = createIdentityWork(deps, {
    dispatch,
    state: () => state,
    onPerson,
    kept: () => capture.decision.kept(),
  });
  const handOff = createHandOffWork({
    desk: deps.handOffs,
    clock,
    startTimer: deps.startTimer,
    dispatch,
    refusal: () => refusedMeanwhile(deps, runOf(state)),
    onPerson,
    onLook: () => publish(),
  });
  const carryOut = createEffectWork({
    deps,
    state: () => state,
    dispatch,
    language: () => language,
    identity,
    capture,
    handOff,
  });
  const actions = createKioskActions({
    deps,
    state: () => state,
    dispatch,
    language: () => language,
    documents: identity.documents,
    consentContext,
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
    if (state.step === 'result' && before.step === 'result' && state.ending.reason !== before.ending.reason) {
      // The verifier's word has come meanwhile: there is time to read it.
      countdown.start(RESULT_SECONDS[stateOf(state.ending.reason)]);
    }
    if (state.step === before.step) return;
    idle.watch(state.step);
    if (state.step === 'attract') {
      language = 'zh-CN';
      elder = false;
      low = false;
    }
    capture.moved(state);
    stopAwaiting();
    stopAwaiting =
      state.step === 'awaiting' ? deps.startTimer(() => dispatch({ type: 'timed-out' }), AWAIT_MS) : () => undefined;
    const seconds = clearsAfter(state);
    if (seconds === null) countdown.stop();
    else countdown.start(seconds);
  }

  function consentContext(): ConsentContext {
    const { site, recipient } = deps.configuration();
    const { siteName, purpose } = siteTexts(site, language);
    const contact = site.contact === undefined ? {} : { contact: site.contact };
    return { siteName, purpose, ...contact, recipient, returnsFaces: deps.faceReturns.ready() };
  }

  function currentView(): KioskView {
    const configuration = deps.configuration();
    const called = state.step === 'attract' ? deps.requests.called() : null;
    const calledScene = called && configuration.findScene(called.sceneId);
    const { name } = runOf(state)?.scene ?? calledScene ?? configuration.scene;
    return viewOf(state, {
      revision,
      ...consentContext(),
      sceneName: name,
      language,
      elder,
      low,
      peripherals: configuration.peripherals,
      brand: configuration.brand,
      today: deps.today(),
      idleSecondsLeft: idle.secondsLeft(),
      clearsInSeconds: countdown.secondsLeft(),
      demo: configuration.demo,
      camera: configuration.camera,
      documentCamera: configuration.documentCamera,
      readsSwipes: configuration.readsSwipes,
      cameraChallenge: capture.camera.plan(),
      encodesClips: deps.evidence.encodesClips(),
      mayWithdraw: configuration.readsCards,
      expected: called && { orderId: called.orderId, nameMasked: called.nameMasked ?? null },
      staffCall: deps.staffCall?.() ?? 'none',
      handOffSecondsLeft: handOff.secondsLeft(),
    });
  }

  function publish(): void {
    revision += 1;
    const view = currentView();
    for (const listener of viewListeners) listener(view);
  }

  /** The certification in hand, if it has this id and is at this step. */
  function at<S extends FlowState['step']>(step: S, certifyId: string): Extract<FlowState, { step: S }> | null {
    return state.step === step && runOf(state)?.certifyId === certifyId
      ? (state as Extract<FlowState, { step: S }>)
      : null;
  }

  return {
    view: currentView,
    running: () => runningFacts(state),
    portraitForStaff: (certifyId) => portraitForStaff(state, certifyId),
    onView: (listener) => void viewListeners.push(listener),
    onRecord: (listener) => void recordListeners.push(listener),
    startTest: () => {
      if (state.step !== 'attract') return err(failure('setup.not-idle', state.step));
      const run = prepareRun(deps, { attempt: 1, typing: false, language, called: null, test: true });
      if (!run.ok) return run;
      dispatch({ type: 'start', run: run.value });
      return ok(run.value.certifyId);
    },
    act: (action) => {
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
        case 'set-low':
          low = action.low;
          publish();
          return ok(null);
        case 'still-here':
          publish();
          return ok(null);
        default:
          return actions(action);
      }
    },
    reportCamera: (report) => {
      if (report.type === 'failed') return dispatch({ type: 'camera-failed', failure: failure(report.code) });
      capture.cameraReady(report);
    },
    cameraFrame: (certifyId, nonce, frame) => {
      if (at('position', certifyId)) capture.camera.see(nonce, frame);
    },
    cameraAnswered: (certifyId, report) => {
      if (runOf(state)?.certifyId === certifyId) capture.camera.answered(report);
    },
    ...capture.frames,
    ...createCardPhotoIntake({ inference: deps.inference, dispatch, at, onCard: onPerson }),
    ...identity.documents.intake,
    challengeAborted: (certifyId, nonce, code) => dispatch({ type: 'challenge-aborted', certifyId, nonce, code }),
    takeClip: (certifyId, nonce, clip) => capture.clips.take(certifyId, nonce, clip),
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

/** Seconds after which a screen clears by itself; null for one that doesn't. */
function clearsAfter(state: FlowState): number | null {
  if (state.step === 'result') return RESULT_SECONDS[stateOf(state.ending.reason)];
  return state.step === 'other-method' || state.step === 'withdrawal-done' ? OTHER_METHOD_SECONDS : null;
}
