import type { Action } from '../../shared/domain/challenge.ts';
import { movedPose, restingPose, type Movement, type SimulatedPose } from './simulated-pose.ts';
import { createSimulatedVoice, type SimulatedVoice } from './simulated-voice.ts';

/** The will of a simulated person: does what it is told after the time that a person needs to react. */
export interface SimulatedActor {
  /** Does an action once. Asked again for the one that is under way, or while another is, it does nothing more. */
  readonly perform: (action: Action) => void;
  /** Reads a digit aloud: moves the lips, and sounds on the `audioStream`. */
  readonly speak: (digit: string) => void;
  /** The voice as a microphone would deliver it. Made when it is first asked for. */
  readonly audioStream: () => MediaStream;
}

export interface ActorTiming {
  readonly nowMs: () => number;
  /** From the prompt to the begin of the movement. */
  readonly reactionMs: number;
}

/** An actor whose pose can be asked for; what the picture is drawn from. */
export interface PosedActor extends SimulatedActor {
  /** The pose at a time on the clock of `nowMs`. */
  readonly poseAt: (timeMs: number) => SimulatedPose;
  readonly close: () => void;
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
  blink: { outMs: 110, holdMs: 120, backMs: 150, movement: { eyesClosed: 1 } },
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

/** @param voice what speaks; another one in tests. */
export function createSimulatedActor(
  timing: ActorTiming,
  voice: () => SimulatedVoice = createSimulatedVoice,
): PosedActor {
  let acts: Act[] = [];
  let speaker: SimulatedVoice | null = null;
  const begin = (name: string, performance: Performance): Act => {
    const nowMs = timing.nowMs();
    const act = { name, performance, startMs: nowMs + timing.reactionMs };
    acts = acts.filter((one) => one.startMs + lengthMs(one.performance) > nowMs - REMEMBERED_MS);
    acts.push(act);
    return act;
  };
  const isActing = (): boolean =>
    acts.some((act) => act.name !== 'speak' && act.startMs + lengthMs(act.performance) > timing.nowMs());
  const heard = (): SimulatedVoice => (speaker ??= voice());
  return {
    perform: (action) => {
      if (!isActing()) begin(action, PERFORMANCES[action]);
    },
    speak: (digit) => {
      begin('speak', SYLLABLE);
      heard().say(digit, timing.reactionMs);
    },
    audioStream: () => heard().stream,
    poseAt: (timeMs) =>
      acts.reduce(
        (pose, act) => movedPose(pose, scaled(act.performance.movement, shownShare(act, timeMs))),
        restingPose(timeMs),
      ),
    close: () => {
      speaker?.close();
      speaker = null;
    },
  };
}
