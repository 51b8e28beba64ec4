import { ACTIONS, type Action } from '../../shared/domain/challenge.ts';
import { watchExcursions, type Excursion, type ExcursionRule } from './action-excursion.ts';
import type { FaceSignals, RestingFace } from './action-signals.ts';

/** An action that somebody did, whether it was asked for or not. */
export interface DoneAction extends Excursion {
  readonly action: Action;
}

/** An eye is shut below this share of its own resting opening; a fixed ratio fails on narrow eyes. */
export const CLOSED_SHARE = 0.72;
const MOUTH_OPEN = 0.2;
const MOUTH_ABOVE_REST = 0.12;
export const TURN_DEGREES = 18;
export const NOD_DEGREES = 12;

/** `maxMs` is for an unhurried person already: 60–350 ms is a usual blink, older people take up to 800. */
const RULES: Readonly<Record<Action, ExcursionRule>> = {
  blink: { restBelow: 0.5, minMs: 0, maxMs: 1_000, completes: 'return' },
  'open-mouth': { restBelow: 0.5, minMs: 100, maxMs: 4_000, completes: 'return' },
  'turn-left': { restBelow: 0.45, minMs: 150, maxMs: 6_000, completes: 'hold' },
  'turn-right': { restBelow: 0.45, minMs: 150, maxMs: 6_000, completes: 'hold' },
  nod: { restBelow: 0.45, minMs: 0, maxMs: 2_500, completes: 'return' },
};

/** How far an action has come: 0 at rest, 1 done; `clean` is false where something else explains it. */
interface Level {
  readonly level: number;
  readonly clean: boolean;
}

/** How far each action has come in this frame, compared with the face at rest. */
export function levelsOf(face: FaceSignals, rest: RestingFace): Readonly<Record<Action, Level>> {
  const yaw = face.yaw - rest.yaw;
  const pitch = face.pitch - rest.pitch;
  const squeezed = Math.abs(face.aspect / rest.aspect - 1);
  const eyes = [face.leftEye / rest.leftEye, face.rightEye / rest.rightEye] as const;
  const [wider, mean] = [Math.max(...eyes), (eyes[0] + eyes[1]) / 2];
  const mouthAsked = Math.max(MOUTH_OPEN, rest.mouth + MOUTH_ABOVE_REST) - rest.mouth;
  return {
    // The eye that is further open may lag a little, but a wink is no blink.
    blink: {
      level: (1 - Math.max(mean, wider - 0.1)) / (1 - CLOSED_SHARE),
      clean: Math.abs(yaw) < 15 && Math.abs(pitch) < 8 && squeezed < 0.08,
    },
    'open-mouth': {
      level: (face.mouth - rest.mouth) / mouthAsked,
      clean: Math.abs(yaw) < 20 && Math.abs(pitch) < 15 && squeezed < 0.12,
    },
    'turn-left': { level: yaw / TURN_DEGREES, clean: true },
    'turn-right': { level: -yaw / TURN_DEGREES, clean: true },
    nod: { level: Math.abs(pitch) / NOD_DEGREES, clean: Math.abs(yaw) < 14 },
  };
}

/** Finds actions in a face's signals. */
export interface ActionWatch {
  /** The actions that are complete with this frame. */
  see(face: FaceSignals): readonly DoneAction[];
  /** When the face left its rest for an action that is under way; null while it doesn't. */
  startedAtMs(action: Action): number | null;
}

/** Frames have to come in order of time. */
export function watchActions(rest: RestingFace): ActionWatch {
  const watches = ACTIONS.map((action) => [action, watchExcursions(RULES[action])] as const);
  const byAction = new Map(watches);
  return {
    see: (face) => {
      const levels = levelsOf(face, rest);
      return watches.flatMap(([action, watch]) => {
        const done = watch.see(face.atMs, levels[action].level, levels[action].clean);
        return done ? [{ action, ...done }] : [];
      });
    },
    startedAtMs: (action) => byAction.get(action)!.startedAtMs(),
  };
}

/** Nothing moves but perhaps the eyelids, which nobody holds still. */
export function isAtRest(face: FaceSignals, rest: RestingFace): boolean {
  const levels = levelsOf(face, rest);
  const still = ACTIONS.filter((action) => action !== 'blink');
  return still.every((action) => levels[action].level < RULES[action].restBelow);
}
