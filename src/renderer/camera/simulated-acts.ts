import type { Action } from '../../shared/domain/challenge.ts';
import { movedPose, restingPose, type Movement, type SimulatedPose } from './simulated-pose.ts';

export interface ActorTiming {
  readonly nowMs: () => number;
  /** From the prompt to the begin of the movement. */
  readonly reactionMs: number;
}

/** What a simulated person does over time. */
export interface SimulatedActs {
  /** Does an action once. Asked while one is under way, it does nothing more. */
  readonly perform: (action: Action) => void;
  /** Moves the lips for one syllable. */
  readonly mouthSyllable: () => void;
  /** The pose at a time on the clock of `nowMs`. */
  readonly poseAt: (timeMs: number) => SimulatedPose;
}

const DEGREE = Math.PI / 180;

interface Performance {
  /** Up to the full movement, its hold, and back. */
  readonly outMs: number;
  readonly holdMs: number;
  readonly backMs: number;
  readonly movement: Movement;
}

const PERFORMANCES: Readonly<Record<Action, Performance>> = {
  // On purpose, as people blink when they are asked to: slower than of themselves.
  blink: { outMs: 110, holdMs: 300, backMs: 150, movement: { eyesClosed: 1 } },
  'open-mouth': { outMs: 260, holdMs: 450, backMs: 260, movement: { mouthOpen: 1 } },
  'turn-left': { outMs: 420, holdMs: 380, backMs: 420, movement: { yaw: 22 * DEGREE } },
  'turn-right': { outMs: 420, holdMs: 380, backMs: 420, movement: { yaw: -22 * DEGREE } },
  nod: { outMs: 320, holdMs: 160, backMs: 360, movement: { pitch: 15 * DEGREE } },
};

/** One syllable with the lips half open. */
const SYLLABLE: Performance = { outMs: 90, holdMs: 130, backMs: 110, movement: { mouthOpen: 0.4 } };

interface Act {
  readonly name: string;
  readonly performance: Performance;
  readonly startMs: number;
}

function lengthMs({ outMs, holdMs, backMs }: Performance): number {
  return outMs + holdMs + backMs;
}

function eased(share: number): number {
  const s = Math.min(1, Math.max(0, share));
  return s * s * (3 - 2 * s);
}

/** How much of its movement an act shows, 0–1. */
function shownShare({ performance, startMs }: Act, timeMs: number): number {
  const elapsed = timeMs - startMs;
  const { outMs, holdMs, backMs } = performance;
  return elapsed < outMs + holdMs ? eased(elapsed / outMs) : 1 - eased((elapsed - outMs - holdMs) / backMs);
}

function scaled(movement: Movement, share: number): Movement {
  return Object.fromEntries(Object.entries(movement).map(([name, value]) => [name, value * share]));
}

/** Acts that ended this long ago are forgotten: more than any camera's latency. */
const REMEMBERED_MS = 2_000;

export function createSimulatedActs(timing: ActorTiming): SimulatedActs {
  let acts: Act[] = [];
  const begin = (name: string, performance: Performance): void => {
    const nowMs = timing.nowMs();
    acts = acts.filter((one) => one.startMs + lengthMs(one.performance) > nowMs - REMEMBERED_MS);
    acts.push({ name, performance, startMs: nowMs + timing.reactionMs });
  };
  const isActing = (): boolean =>
    acts.some((act) => act.name !== 'speak' && act.startMs + lengthMs(act.performance) > timing.nowMs());
  return {
    perform: (action) => {
      if (!isActing()) begin(action, PERFORMANCES[action]);
    },
    mouthSyllable: () => begin('speak', SYLLABLE),
    poseAt: (timeMs) =>
      acts.reduce(
        (pose, act) => movedPose(pose, scaled(act.performance.movement, shownShare(act, timeMs))),
        restingPose(timeMs),
      ),
  };
}
