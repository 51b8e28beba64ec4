import { failure, type Failure } from '../reasons.ts';
import { CORES_FOR_FULL_CLIP } from './clip.ts';
import type { ClipReceiver } from './clip-receiver.ts';
import { partsOf, type LivenessMode, type LivenessPlan } from './liveness-mode.ts';
import type { Scene } from './scene.ts';

/** Whether a scene's challenges are made for a clip that a verifier looks at. */
export function sendsClip({ confirmation }: Pick<Scene, 'confirmation'>): boolean {
  return confirmation === 'video-authority';
}

/**
 * Whether a random action challenge of a scene that sends its clip has a blink among its actions. A blink is never the
 * only action, since everybody in a replayed video blinks sooner or later; so it takes two.
 */
export function drawsBlink(actions: number): boolean {
  return actions >= 2;
}

/**
 * Why a scene with this liveness plan can't have clips confirmed by this receiver: `capture.clip-unavailable` naming
 * the first mode whose clip would not fit. Every mode has to do, the ones to fall back to as well: whichever was
 * played last is the one whose clip is sent, and a person who has done everything must not fail for it.
 *
 * @param cores processor cores of this machine
 * @returns null where every mode's clip fits
 */
export function unfitPlan(receiver: ClipReceiver, plan: LivenessPlan, cores: number): Failure | null {
  for (const mode of [plan.mode, ...plan.fallback]) {
    const why = unfitMode(receiver, mode, plan.actions, cores);
    if (why !== null) return failure('capture.clip-unavailable', `${mode}: ${why}`);
  }
  return null;
}

/** The clip is that of the mode's last part. */
function unfitMode(receiver: ClipReceiver, mode: LivenessMode, actions: number, cores: number): string | null {
  const last = partsOf(mode).at(-1);
  if (!last) return 'no challenge';
  const { kind } = last;
  const blinks = kind === 'action' && (last.actions?.includes('blink') ?? drawsBlink(actions));
  if (receiver.needsBlink && !blinks) {
    const fitting = 'light-blink, or actions from two on';
    return `${receiver.targets.join(', ')} needs a blink, and none is asked for (${fitting} would)`;
  }
  if (receiver.limits.sound === 'needed' && kind !== 'digits') return 'its clip has no sound';
  if (kind === 'light' && cores < CORES_FOR_FULL_CLIP) {
    return `recording beside the light needs ${CORES_FOR_FULL_CLIP} processor cores, here are ${cores}`;
  }
  return null;
}
