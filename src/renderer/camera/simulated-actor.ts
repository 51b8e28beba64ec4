import type { Action } from '../../shared/domain/challenge.ts';
import { createSimulatedActs, type ActorTiming } from './simulated-acts.ts';
import type { SimulatedPose } from './simulated-pose.ts';
import { createSimulatedVoice, type SimulatedVoice } from './simulated-voice.ts';

/** The will of a simulated person: does what it is told after the time that a person needs to react. */
export interface SimulatedActor {
  /** Does an action once. Asked again for the one that is under way, or while another is, it does nothing more. */
  readonly perform: (action: Action) => void;
  /** Reads a digit aloud: moves the lips, and sounds on the `audioStream`. */
  readonly speak: (digit: string) => void;
  /** Holds their card before the camera, or lowers it. */
  readonly holdCard: (held: boolean) => void;
  /** The voice as a microphone would deliver it. Made when it is first asked for. */
  readonly audioStream: () => MediaStream;
}

/** An actor whose pose can be asked for; what the picture is drawn from. */
export interface PosedActor extends SimulatedActor {
  /** The pose at a time on the clock of `nowMs`. */
  readonly poseAt: (timeMs: number) => SimulatedPose;
  readonly close: () => void;
}

/** @param holdCard shows the card, or the person again. */
export function createSimulatedActor(timing: ActorTiming, holdCard: (held: boolean) => void): PosedActor {
  const acts = createSimulatedActs(timing);
  let speaker: SimulatedVoice | null = null;
  const voice = (): SimulatedVoice => (speaker ??= createSimulatedVoice());
  return {
    perform: acts.perform,
    speak: (digit) => {
      acts.mouthSyllable();
      voice().say(digit, timing.reactionMs);
    },
    audioStream: () => voice().stream,
    holdCard,
    poseAt: acts.poseAt,
    close: () => {
      speaker?.close();
      speaker = null;
    },
  };
}
