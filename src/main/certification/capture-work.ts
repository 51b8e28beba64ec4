import { distanceLimits } from '../../shared/domain/camera-geometry.ts';
import type { CertificationRecord } from '../../shared/domain/certification.ts';
import type { DisplayLog } from '../../shared/domain/challenge.ts';
import type { QualityLimits } from '../../shared/domain/face-quality.ts';
import { evidencePolicyOf } from '../../shared/domain/scene.ts';
import type { CameraReport } from '../../shared/ipc/kiosk-capture.ts';
import { failure } from '../../shared/reasons.ts';
import { createCameraCheck, type CameraCheck } from './camera-checks.ts';
import { createChallengeWatch } from './challenge-watch.ts';
import { createClipCollection, type ClipCollection } from './clip-collection.ts';
import { createDecisionWork, type DecisionWork } from './decision-work.ts';
import { runOf, type FlowState } from './flow-state.ts';
import type { FlowEffect } from './flow-effect.ts';
import type { FlowEvent } from './flow-event.ts';
import { createFrameIntake, type FrameIntake } from './frame-intake.ts';
import { createPositionWatch } from './position-watch.ts';
import { facesCamera, recordsClipOf } from './run-facts.ts';
import type { CertificationDependencies } from './service-contract.ts';

type Effect<Type extends FlowEffect['type']> = Extract<FlowEffect, { type: Type }>;

/** How far from the middle of the picture the face of somebody who sits may be, as a share of the frame. */
const SITTING_OFF_CENTRE = 0.32;

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

/** Everything about the picture of a face: camera, challenges, clip, judgement, evidence. */
export interface CaptureWork {
  readonly camera: CameraCheck;
  readonly clips: ClipCollection;
  readonly decision: DecisionWork;
  readonly frames: FrameIntake;
  cameraReady(report: Extract<CameraReport, { type: 'ready' }>): void;
  open(effect: Pick<Effect<'open-capture'>, 'certifyId' | 'limits'>): void;
  begin(effect: Effect<'begin-challenge'>): void;
  wipe(certifyId: string): void;
  /** The flow is somewhere else now. */
  moved(state: FlowState): void;
}

export interface CaptureHooks {
  readonly state: () => FlowState;
  readonly dispatch: (event: FlowEvent) => void;
  readonly publish: () => void;
  readonly onPerson: () => void;
  readonly language: () => 'zh-CN' | 'en';
  readonly elder: () => boolean;
  /** Whether the screen serves somebody who sits. */
  readonly low: () => boolean;
  readonly at: <S extends FlowState['step']>(step: S, certifyId: string) => Extract<FlowState, { step: S }> | null;
  readonly onRecord: (record: CertificationRecord) => void;
}

/** Carries out what the flow asks for about the face; every result comes back through `hooks.dispatch`. */
export function createCaptureWork(deps: CertificationDependencies, hooks: CaptureHooks): CaptureWork {
  const { clock, inference } = deps;
  const { dispatch } = hooks;
  const run = () => runOf(hooks.state());
  let display: DisplayLog = [];
  let picture: { width: number; height: number } | null = null;
  /** Width over height of the camera's picture; what is asked of a camera until one has reported. */
  let aspect = 16 / 9;

  const camera = createCameraCheck(deps.camera, {
    certifyId: () => run()?.certifyId ?? null,
    source: () => deps.configuration().camera,
    dispatch,
    onChange: hooks.publish,
  });
  const position = createPositionWatch(clock);
  const watch = createChallengeWatch(clock, deps.startTimer, (certifyId) =>
    dispatch({ type: 'step-failed', certifyId, failure: failure('challenge.expired') }),
  );
  const clips = createClipCollection(deps.startTimer);
  const decision = createDecisionWork(deps, {
    run,
    display: () => display,
    picture: () => picture,
    camera,
    clips,
    dispatch,
    onRecord: hooks.onRecord,
  });
  const frames = createFrameIntake({
    inference,
    camera,
    challenges: deps.challenges,
    position,
    watch,
    language: hooks.language,
    elder: hooks.elder,
    dispatch,
    at: hooks.at,
    onFace: hooks.onPerson,
    onProgress: (...seen) => clips.see(...seen),
    onDisplay: (shown) => {
      display = shown;
    },
  });

  /** The lens's limits of distance, and the scene's own before those; somebody who sits is lower in the picture. */
  function limitsFor(scene: QualityLimits): QualityLimits {
    const { cameraGeometry } = deps.configuration();
    const limits = cameraGeometry ? { ...distanceLimits(cameraGeometry, aspect), ...scene } : scene;
    const offCentre = Math.max(SITTING_OFF_CENTRE, limits['off-centre'] ?? 0);
    return hooks.low() ? { ...limits, 'off-centre': offCentre } : limits;
  }

  function open({ certifyId, limits }: Pick<Effect<'open-capture'>, 'certifyId' | 'limits'>): void {
    const scene = run()?.scene;
    const records = scene !== undefined && evidencePolicyOf(scene).keep !== 'none';
    deps.verifier.expect(certifyId);
    void inference.openCapture(certifyId, limitsFor(limits), records).then((opened) => {
      if (!opened.ok) dispatch({ type: 'step-failed', certifyId, failure: opened.error });
    });
  }

  /** A picture of another shape moves the limits of a capture that has no frames yet. */
  function noteAspect(reported: number): void {
    const before = aspect;
    aspect = reported;
    if (aspect === before || deps.configuration().cameraGeometry === null) return;
    const now = run();
    if (!now || !facesCamera(now) || !BEFORE_FRAMES.has(hooks.state().step)) return;
    open({ certifyId: now.certifyId, limits: now.scene.qualityLimits ?? {} });
  }

  return {
    camera,
    clips,
    decision,
    frames,
    open,
    cameraReady: (report) => {
      picture = { width: report.width, height: report.height };
      noteAspect(report.width / report.height);
      void camera.opened(report);
    },
    begin: ({ certifyId, challenge }) => {
      display = [];
      const now = run();
      if (now && recordsClipOf(now)) clips.expect(certifyId, challenge.nonce);
      if (challenge.kind === 'light') return;
      void inference.beginChallenge(certifyId, challenge).then((begun) => {
        if (!begun.ok) dispatch({ type: 'step-failed', certifyId, failure: begun.error });
      });
    },
    wipe: (certifyId) => {
      display = [];
      camera.reset();
      // What is kept of the capture has to be out of it first.
      void decision.kept().finally(() => {
        clips.erase(certifyId);
        void deps.documents.endWatch(certifyId);
        return inference.closeCapture(certifyId);
      });
    },
    moved: (state) => {
      if (state.step === 'position') position.reset();
      if (state.step === 'challenge') watch.begin(state.run.certifyId, state.challenge);
      else watch.end();
    },
  };
}
