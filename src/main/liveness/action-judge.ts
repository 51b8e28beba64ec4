import type { Action, ActionChallenge, ChallengeProgress, ProgressHint } from '../../shared/domain/challenge.ts';
import type { FramedJudge, MeshFrame } from '../../shared/domain/framed-judge.ts';
import type { FramedEvidence } from '../../shared/domain/liveness.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import { watchBaseline, type Baseline } from './action-baseline.ts';
import { createActionMeasures } from './action-measures.ts';
import type { FaceSignals } from './action-signals.ts';
import { isAtRest, levelsOf, watchActions, type ActionWatch, type DoneAction } from './action-watch.ts';
import { trackFace } from './action-face.ts';
import { isSolid, watchDepth, type DepthWatch } from './head-depth.ts';

/** Nobody reacts faster: an action that began earlier was not an answer. */
const FASTEST_REACTION_MS = 150;
/** After this without a beginning, and after this without completion, the prompt is withdrawn. */
const BEGIN_WITHIN_MS = 3_000;
const COMPLETE_WITHIN_MS = 6_000;
/** How often one action may be asked for. */
const TRIES = 3;
const WRONG_ACTIONS = 2;
const FLAT_TURNS = 2;
const SEVERAL_FACES_MS = 1_500;
/** Eyelids need this many frames a second. */
const MIN_FRAMES_PER_SECOND = 8;
/** All in all, for each action and to begin with. */
const LIMIT_MS = { action: 12_000, start: 8_000 } as const;

export interface ActionJudgeOptions {
  /** Multiplies all times that a person is given; 1–3. */
  readonly patience?: number;
}

type Phase =
  | { readonly step: 'settle' }
  | { readonly step: 'wait'; readonly restingSinceMs: number | null }
  | { readonly step: 'prompt'; readonly shownAtMs: number }
  | { readonly step: 'ended' };

interface Known {
  readonly baseline: Baseline;
  readonly watch: ActionWatch;
  readonly depth: DepthWatch;
}

/**
 * Judges actions from mesh frames. Waits for a face that looks ahead, shows each action after its delay, and counts it
 * when it begins after it was shown. An action of before, a late one and a wrong one are asked for again; a second
 * wrong one, a picture that is turned instead of a head, and another face refute.
 */
export function createActionJudge(
  { actions }: ActionChallenge,
  { patience = 1 }: ActionJudgeOptions = {},
): FramedJudge {
  const track = trackFace();
  const baselines = watchBaseline();
  const measures = createActionMeasures();
  let phase: Phase = { step: 'settle' };
  let known: Known | null = null;
  let index = 0;
  let tries = 0;
  let hint: ProgressHint | null = null;
  let wrong = 0;
  let flat = 0;
  let done = 0;
  let startedAtMs: number | null = null;
  let lastAtMs = -Infinity;

  const expected = (): Action | null => actions[index]?.action ?? null;
  const restart = (why: ProgressHint): void => {
    known = null;
    baselines.reset();
    hint = why;
    if (phase.step !== 'ended') phase = { step: 'settle' };
  };
  const again = (): void => {
    tries++;
    hint = 'again';
    phase = tries >= TRIES ? { step: 'ended' } : { step: 'wait', restingSinceMs: null };
  };

  const settle = (face: FaceSignals, mesh: Float32Array): void => {
    const seen = baselines.see(face, mesh);
    if (!('rest' in seen)) {
      if (!seen.frontal) hint = 'face-forward';
      else if (hint !== 'again') hint = null;
      return;
    }
    known = { baseline: seen, watch: watchActions(seen.rest), depth: watchDepth(seen) };
    phase = { step: 'wait', restingSinceMs: face.atMs };
  };

  const wait = (face: FaceSignals, now: Known, acted: readonly DoneAction[], since: number | null): void => {
    const resting = isAtRest(face, now.baseline.rest) && now.watch.startedAtMs('blink') === null;
    // Everybody blinks now and then: that delays the prompt and is no attempt.
    const early = acted.some(({ action, startedAtMs: began }) => {
      return action === expected() && action !== 'blink' && since !== null && began >= since;
    });
    if (early) return again();
    const restingSinceMs = resting ? (since ?? face.atMs) : null;
    const due = restingSinceMs !== null && face.atMs - restingSinceMs >= actions[index]!.delayMs;
    if (due) hint = null;
    phase = due ? { step: 'prompt', shownAtMs: face.atMs } : { step: 'wait', restingSinceMs };
  };

  const accept = (action: DoneAction, now: Known, shownAtMs: number): void => {
    const axis = action.action === 'nod' ? 'pitch' : 'yaw';
    const headAction = action.action !== 'blink' && action.action !== 'open-mouth';
    const depth = headAction ? now.depth.measure(axis, action.startedAtMs) : null;
    measures.action(index, action, shownAtMs, depth);
    if (headAction && !(depth && isSolid(depth))) {
      flat++;
      return again();
    }
    index++;
    tries = 0;
    done = 0;
    phase = index === actions.length ? { step: 'ended' } : { step: 'wait', restingSinceMs: null };
  };

  const prompted = (face: FaceSignals, now: Known, acted: readonly DoneAction[], shownAtMs: number): void => {
    const wanted = expected()!;
    const answers = acted.filter(({ startedAtMs: began }) => began >= shownAtMs + FASTEST_REACTION_MS);
    const right = answers.find(({ action }) => action === wanted);
    const waitedMs = face.atMs - shownAtMs;
    done = Math.max(0, Math.min(1, levelsOf(face, now.baseline.rest)[wanted].level));
    if (right) return accept(right, now, shownAtMs);
    // Eyelids close on their own, so a blink is never a wrong answer.
    if (answers.some(({ action }) => action !== 'blink')) {
      wrong++;
      return again();
    }
    if (acted.some(({ action }) => action === wanted && action !== 'blink')) return again();
    const begun = now.watch.startedAtMs(wanted) !== null;
    const limitMs = begun ? COMPLETE_WITHIN_MS : BEGIN_WITHIN_MS;
    if (waitedMs > limitMs * patience) again();
  };

  const see = (frame: MeshFrame): void => {
    const sight = track.see(frame);
    if (sight.state === 'interrupted') return restart(sight.hint);
    if (sight.state === 'blinked-out') return;
    const { face, mesh } = sight;
    if (phase.step === 'settle' || !known) return settle(face, mesh);
    const acted = known.watch.see(face);
    known.depth.see(face, mesh);
    if (phase.step === 'wait') wait(face, known, acted, phase.restingSinceMs);
    else if (phase.step === 'prompt') prompted(face, known, acted, phase.shownAtMs);
  };

  const overdue = (atMs: number): boolean =>
    atMs - (startedAtMs ?? atMs) > (LIMIT_MS.start + actions.length * LIMIT_MS.action) * patience;

  const progress = (): ChallengeProgress => ({
    kind: 'action',
    action: phase.step === 'prompt' ? expected() : null,
    index,
    count: actions.length,
    done: phase.step === 'prompt' ? done : 0,
    hint,
    ended: phase.step === 'ended',
  });

  const refuted = (): ReasonCode[] => {
    const reasons: ReasonCode[] = [];
    if (track.swapped) reasons.push('liveness.face-swapped');
    if (flat >= FLAT_TURNS) reasons.push('liveness.flat-response');
    if (wrong >= WRONG_ACTIONS) reasons.push('liveness.wrong-action');
    return reasons;
  };

  const missing = (): ReasonCode[] => {
    const reasons: ReasonCode[] = [];
    if (track.severalMs > SEVERAL_FACES_MS) reasons.push('capture.several-faces');
    if (track.facesSeen === 0) reasons.push('capture.no-face');
    if (measures.framesPerSecond() < MIN_FRAMES_PER_SECOND) reasons.push('camera.too-slow');
    if (index < actions.length) reasons.push('capture.action-not-done');
    return reasons;
  };

  return {
    see: (frame) => {
      if (phase.step === 'ended' || frame.capturedAtMs <= lastAtMs) return progress();
      lastAtMs = frame.capturedAtMs;
      startedAtMs ??= frame.capturedAtMs;
      measures.frame(frame);
      see(frame);
      const broken = refuted().length > 0 || track.severalMs > SEVERAL_FACES_MS || overdue(frame.capturedAtMs);
      if (broken) phase = { step: 'ended' };
      return progress();
    },
    evidence: (): FramedEvidence => {
      if (startedAtMs === null) {
        return { state: 'unmeasured', reason: 'capture.too-few-frames', detail: 'no picture came' };
      }
      const counts = { actionsDone: index, wrongActions: wrong, flatTurns: flat, jumps: track.jumps };
      const similarity = track.leastSimilarity;
      return {
        state: 'measured',
        kind: 'action',
        refuted: refuted(),
        missing: missing(),
        measures: {
          ...measures.values(),
          ...counts,
          severalFacesMs: Math.round(track.severalMs),
          ...(similarity === null ? {} : { similarityMin: similarity }),
        },
      };
    },
  };
}
