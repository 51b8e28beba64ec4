import { z } from 'zod';
import type { ChallengeKind } from './challenge.ts';

/** One part of a mode: a kind of challenge; `actions` fixes what an action challenge asks for. */
export interface LivenessPart {
  readonly kind: ChallengeKind;
  readonly actions?: readonly ['blink'];
}

/**
 * Ways to find out whether somebody is alive. All parts of a mode have to be passed, in order, by the same face.
 * FaceIn's levels are `silent` (simple), `action` (medium) and `digits` (advanced); Tencent's light, action, digit
 * and silent liveness are the modes of that name; Aliyun's PHOTINUS_LIVENESS is `light-blink`, its MULTI_ACTION
 * `action`.
 */
export const LIVENESS_MODES = {
  light: [{ kind: 'light' }],
  'light-blink': [{ kind: 'light' }, { kind: 'action', actions: ['blink'] }],
  'light-action': [{ kind: 'light' }, { kind: 'action' }],
  'light-digits': [{ kind: 'light' }, { kind: 'digits' }],
  action: [{ kind: 'action' }],
  digits: [{ kind: 'digits' }],
  silent: [{ kind: 'silent' }],
} as const satisfies Record<string, readonly LivenessPart[]>;
export const LIVENESS_MODE_IDS = Object.keys(LIVENESS_MODES) as [LivenessMode, ...LivenessMode[]];
export type LivenessMode = keyof typeof LIVENESS_MODES;

/** One or two parts, in the order in which they are taken. */
export function partsOf(mode: LivenessMode): readonly LivenessPart[] {
  return LIVENESS_MODES[mode];
}

/** Whether the screen flashes in a part of it: people may ask for another mode then. */
export function flashes(mode: LivenessMode): boolean {
  return partsOf(mode).some(({ kind }) => kind === 'light');
}

/** Which mode a scene begins with and, in order, what it turns to when that can't be decided here and now. */
export const livenessPlanSchema = z
  .strictObject({
    mode: z.enum(LIVENESS_MODE_IDS),
    fallback: z.array(z.enum(LIVENESS_MODE_IDS)).max(3).readonly(),
    /** How many actions an action challenge asks for. */
    actions: z.int().min(1).max(4),
  })
  .refine(({ mode, fallback }) => new Set([mode, ...fallback]).size === fallback.length + 1, {
    path: ['fallback'],
    message: 'each mode once',
  });
export type LivenessPlan = z.infer<typeof livenessPlanSchema>;

export const DEFAULT_LIVENESS_PLAN: LivenessPlan = { mode: 'light', fallback: ['action'], actions: 2 };
