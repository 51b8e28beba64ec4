import type { Action, ActionChallenge, ChallengeProgress } from '../../../src/shared/domain/challenge.ts';
import type { FramedEvidence } from '../../../src/shared/domain/liveness.ts';
import type { MeshFrame } from '../../../src/shared/domain/framed-judge.ts';
import { createActionJudge } from '../../../src/main/liveness/action-judge.ts';
import { frameOf, meshOf, withNoise, type FacePose } from './moving-mesh.ts';

/** 0 … 1 … 0 over `spanMs`; holds the top for the middle third. */
function swing(sinceMs: number, spanMs: number): number {
  const t = sinceMs / spanMs;
  if (t <= 0 || t >= 1) return 0;
  return t < 1 / 3 ? 3 * t : t < 2 / 3 ? 1 : 3 * (1 - t);
}

/** What a person's face does, so many milliseconds after beginning an action. */
export function actedPose(action: Action, sinceMs: number): FacePose {
  switch (action) {
    case 'blink':
      return { eyes: 1 - 0.9 * swing(sinceMs, 260) };
    case 'open-mouth':
      return { lips: 0.05 + 3.2 * swing(sinceMs, 700) };
    case 'turn-left':
      return { yaw: 28 * swing(sinceMs, 1_100) };
    case 'turn-right':
      return { yaw: -28 * swing(sinceMs, 1_100) };
    case 'nod':
      return { pitch: -18 * swing(sinceMs, 800) };
  }
}

export interface Scenario {
  readonly framesPerSecond?: number;
  readonly reactionMs?: number;
  /** What is done when `action` is asked for; null does nothing. */
  readonly answer?: (action: Action, prompt: number) => Action | null;
  /** Replaces the mesh that the person gives. */
  readonly mesh?: (pose: FacePose, atMs: number) => Float32Array | null;
  readonly frame?: (atMs: number) => Partial<MeshFrame>;
  /** Frames that don't arrive. */
  readonly drops?: (index: number) => boolean;
  /** The camera's clock. */
  readonly clock?: (atMs: number) => number;
  readonly seconds?: number;
  readonly patience?: number;
  /** A pose that is added while nothing is asked. */
  readonly idle?: (atMs: number) => FacePose;
}

export interface Played {
  readonly evidence: FramedEvidence;
  readonly progress: ChallengeProgress;
  readonly totalMs: number;
  readonly prompts: number;
}

export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A person in front of the judge: sees what it shows with the answer to a frame, and acts after the reaction time. */
export function play(challenge: ActionChallenge, scenario: Scenario = {}): Played {
  const { framesPerSecond = 17, reactionMs = 420, seconds = 40, patience } = scenario;
  const judge = createActionJudge(challenge, patience === undefined ? {} : { patience });
  const random = seeded(11);
  let acting: { readonly action: Action; readonly fromMs: number } | null = null;
  let shown: Action | null = null;
  let prompts = 0;
  let atMs = 0;
  let progress: ChallengeProgress | null = null;
  for (let i = 0; i < seconds * framesPerSecond && !progress?.ended; i++) {
    atMs = (1_000 * i) / framesPerSecond;
    if (scenario.drops?.(i)) continue;
    const pose = { ...scenario.idle?.(atMs), ...(acting ? actedPose(acting.action, atMs - acting.fromMs) : {}) };
    const own = withNoise(meshOf(pose), random);
    const mesh = scenario.mesh ? scenario.mesh(pose, atMs) : own;
    progress = judge.see(frameOf(scenario.clock?.(atMs) ?? atMs, mesh, scenario.frame?.(atMs) ?? {}));
    if (progress.kind !== 'action') throw new Error('not an action');
    if (progress.action !== null && shown === null) {
      const done = scenario.answer ? scenario.answer(progress.action, prompts) : progress.action;
      acting = done && { action: done, fromMs: atMs + reactionMs };
      prompts++;
    }
    shown = progress.action;
  }
  if (!progress) throw new Error('no frame was shown');
  return { evidence: judge.evidence() as FramedEvidence, progress, totalMs: atMs, prompts };
}

export function asking(...actions: readonly Action[]): ActionChallenge {
  return {
    kind: 'action',
    nonce: '0'.repeat(32),
    actions: actions.map((action, i) => ({ action, delayMs: 500 + 200 * i })),
  };
}
