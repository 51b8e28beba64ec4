import type { Challenge, ChallengeProgress, DisplayLog } from '../../shared/domain/challenge.ts';
import type { Guidance } from '../../shared/ipc/kiosk-guidance.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { CameraCheck } from './camera-checks.ts';
import type { FlowEvent } from './flow-event.ts';
import type { FlowState } from './flow-state.ts';
import type { Run } from './run.ts';
import { leastLengthMs, type ChallengeWatch } from './challenge-watch.ts';
import { nextPart } from './liveness-route.ts';
import type { ChallengeFrame, FaceInference, LightFrame } from './ports/face-inference.ts';
import type { ChallengeIssuer } from './ports/challenge-issuer.ts';
import type { PositionWatch } from './position-watch.ts';

/** What the camera's frames meet in the main process. */
export interface FrameIntake {
  guide(frame: { certifyId: string; jpeg: Uint8Array; capturedAtMs: number }): Promise<Result<Guidance, Failure>>;
  addEvidence(frame: {
    certifyId: string;
    jpeg: Uint8Array;
    capturedAtMs: number;
    phase: 'neutral' | 'light';
  }): Promise<Result<null, Failure>>;
  addLightFrame(certifyId: string, frame: LightFrame): Promise<Result<null, Failure>>;
  lightPlayed(certifyId: string, nonce: string, display: DisplayLog): void;
  /** `challenge.replayed` for another challenge's nonce, `challenge.expired` when none runs. */
  challengeFrame(certifyId: string, nonce: string, frame: ChallengeFrame): Promise<Result<ChallengeProgress, Failure>>;
  challengeAudio(
    certifyId: string,
    nonce: string,
    sound: { pcm: Uint8Array; startedAtMs: number },
  ): Promise<Result<null, Failure>>;
}

export interface FrameIntakeParts {
  readonly inference: FaceInference;
  readonly challenges: ChallengeIssuer;
  readonly camera: CameraCheck;
  readonly position: PositionWatch;
  readonly watch: ChallengeWatch;
  readonly language: () => 'zh-CN' | 'en';
  readonly elder: () => boolean;
  readonly dispatch: (event: FlowEvent) => void;
  /** The certification in hand, if it has this id and is at this step. */
  readonly at: <S extends FlowState['step']>(step: S, certifyId: string) => Extract<FlowState, { step: S }> | null;
  /** A face was seen: somebody is there. */
  readonly onFace: () => void;
  /** How a framed challenge stood after a frame. */
  readonly onProgress: (certifyId: string, nonce: string, progress: ChallengeProgress, capturedAtMs: number) => void;
  /** Keeps when the colours were shown, for the judge. */
  readonly onDisplay: (display: DisplayLog) => void;
}

/** Evidence frames in a row without exactly one face after which a running challenge is broken off. */
const FRAMES_WITHOUT_FACE = 2;
const NO_GUIDANCE: Guidance = { box: null, hint: null, progress: 0 };

/** Takes frames only for the certification in hand and the step that they belong to; all others are dropped. */
export function createFrameIntake(parts: FrameIntakeParts): FrameIntake {
  const { inference, position, watch, dispatch, at } = parts;
  let framesWithoutFace = 0;

  function failed(certifyId: string, error: Failure): { readonly ok: false; readonly error: Failure } {
    dispatch({ type: 'step-failed', certifyId, failure: error });
    return err(error);
  }

  /** The running challenge of this certification, if the nonce is its own. */
  function running(certifyId: string, nonce: string): Result<Challenge, Failure> {
    const challenge = at('challenge', certifyId)?.challenge;
    if (!challenge) return err(failure('challenge.expired', 'no challenge runs'));
    return challenge.nonce === nonce ? ok(challenge) : err(failure('challenge.replayed', 'the nonce is not its own'));
  }

  function issueNext({ certifyId, scene, route }: Run): void {
    const part = nextPart(route);
    if (!part) throw new Error('a certification whose parts are all passed asks for another challenge');
    const challenge = parts.challenges.issue({
      certifyId,
      scene,
      part,
      language: parts.language(),
      elder: parts.elder(),
    });
    dispatch({ type: 'positioned', certifyId, challenge });
  }

  return {
    guide: async ({ certifyId, jpeg, capturedAtMs }) => {
      if (!at('position', certifyId)) return ok(NO_GUIDANCE);
      const answer = await inference.guide(certifyId, { jpeg, capturedAtMs });
      if (!answer.ok) return failed(certifyId, answer.error);
      const held = at('position', certifyId);
      if (!held) return ok(NO_GUIDANCE);
      if (answer.value.faces > 0) parts.onFace();
      const progress = position.see(answer.value);
      const hint = position.hint(answer.value);
      dispatch({ type: 'hint', certifyId, hint });
      if (progress >= 1 && held.run.camera !== null && parts.camera.plan() === null) {
        framesWithoutFace = 0;
        issueNext(held.run);
      }
      return ok({ box: answer.value.box, hint, progress });
    },
    addEvidence: async ({ certifyId, ...frame }) => {
      if (!at('position', certifyId) && !at('challenge', certifyId)) return ok(null);
      const added = await inference.addEvidence(certifyId, frame);
      if (!added.ok) return failed(certifyId, added.error);
      if (frame.phase === 'neutral') {
        if (added.value.accepted) position.countNeutral();
        return ok(null);
      }
      // A full queue says nothing about the person; a frame without exactly one face does.
      const lost = !added.value.accepted && added.value.reason !== 'queue-full';
      framesWithoutFace = lost ? framesWithoutFace + 1 : 0;
      // A head that turns or nods as it is asked to may be missed; that challenge's own judge notices who leaves.
      if (at('challenge', certifyId)?.challenge.kind !== 'light') return ok(null);
      return framesWithoutFace >= FRAMES_WITHOUT_FACE ? err(failure('capture.face-left')) : ok(null);
    },
    addLightFrame: async (certifyId, frame) => {
      if (at('challenge', certifyId)?.challenge.kind !== 'light') return ok(null);
      parts.camera.watch(frame);
      const added = await inference.addLightFrame(certifyId, frame);
      return added.ok ? added : failed(certifyId, added.error);
    },
    lightPlayed: (certifyId, nonce, shown) => {
      const playing = at('challenge', certifyId);
      if (playing?.challenge.kind !== 'light') return;
      if (watch.elapsedMs() < leastLengthMs(playing.challenge)) {
        // Nobody can have shown the whole sequence yet, whatever the renderer says.
        return dispatch({ type: 'step-failed', certifyId, failure: failure('challenge.incomplete', 'ended early') });
      }
      const refusal = parts.camera.refusal();
      if (refusal) return dispatch({ type: 'camera-failed', failure: refusal });
      parts.onDisplay(shown);
      dispatch({ type: 'challenge-played', certifyId, nonce });
    },
    challengeFrame: async (certifyId, nonce, frame) => {
      const before = running(certifyId, nonce);
      if (!before.ok) return before;
      if (before.value.kind === 'light') return err(failure('request.invalid', 'a light challenge takes other frames'));
      const answer = await inference.challengeFrame(certifyId, frame);
      const now = running(certifyId, nonce);
      if (!now.ok) return now;
      // A picture that can't be counted is left out; the challenge goes on without it.
      if (!answer.ok && answer.error.code === 'request.invalid') return answer;
      if (!answer.ok) return failed(certifyId, answer.error);
      parts.onProgress(certifyId, nonce, answer.value, frame.capturedAtMs);
      if (answer.value.ended) dispatch({ type: 'challenge-played', certifyId, nonce });
      return answer;
    },
    challengeAudio: async (certifyId, nonce, sound) => {
      const before = running(certifyId, nonce);
      if (!before.ok) return before;
      if (before.value.kind !== 'digits') return err(failure('request.invalid', 'this challenge takes no sound'));
      const heard = await inference.challengeAudio(certifyId, sound);
      return heard.ok ? heard : failed(certifyId, heard.error);
    },
  };
}
