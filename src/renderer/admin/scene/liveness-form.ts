import { allowsMode, type DigitLivenessOffer } from '../../../shared/domain/digit-liveness.ts';
import {
  DEFAULT_LIVENESS_PLAN,
  flashes,
  LIVENESS_MODE_IDS,
  partsOf,
  type LivenessMode,
  type LivenessPlan,
} from '../../../shared/domain/liveness-mode.ts';
import { livenessPlanOf, type Scene } from '../../../shared/domain/scene.ts';
import type { Problem } from '../form-problem.ts';

/** Other ways that a scene may turn to, at most. */
export const MOST_FALLBACKS = 3;
export const ACTION_COUNTS = [1, 2, 3, 4] as const;

/** What a kiosk takes for granted while nobody has said that it can hear. */
export const NO_DIGITS: DigitLivenessOffer = { use: 'unavailable', limit: 'no-voice-detector', why: null };

/** FaceIn's three levels, as the modes that they stand for. */
export const LEVELS = { simple: 'silent', medium: 'action', advanced: 'digits' } as const satisfies Record<
  string,
  LivenessMode
>;
export type Level = keyof typeof LEVELS;

/** The liveness plan as the fields of the scene's form hold it. */
export interface LivenessDraft {
  readonly livenessMode: LivenessMode;
  /** Modes in order, with commas between them, so that two drafts can be told apart. */
  readonly livenessFallback: string;
  readonly livenessActions: number;
  /** Somebody has said that they know how little silence proves. */
  readonly weakAccepted: boolean;
}
export type LivenessField = 'livenessMode' | 'livenessFallback' | 'weakAccepted';

function modesOf({ mode, fallback }: LivenessPlan): readonly LivenessMode[] {
  return [mode, ...fallback];
}

export function isWeak(plan: LivenessPlan): boolean {
  return modesOf(plan).includes('silent');
}

export function livenessDraft(scene: Pick<Scene, 'liveness'>): LivenessDraft {
  const plan = livenessPlanOf(scene as Scene);
  return {
    livenessMode: plan.mode,
    livenessFallback: plan.fallback.join(','),
    livenessActions: plan.actions,
    weakAccepted: isWeak(plan),
  };
}

/** The plan that the fields hold; unknown names are left out. */
export function planOf({ livenessMode, livenessFallback, livenessActions }: LivenessDraft): LivenessPlan {
  const named = livenessFallback.split(',');
  const fallback = named.flatMap((name) => LIVENESS_MODE_IDS.filter((mode) => mode === name));
  return { mode: livenessMode, fallback, actions: livenessActions };
}

/** Whether any mode of the plan asks for actions by number. */
export function countsActions(plan: LivenessPlan): boolean {
  return modesOf(plan).some((mode) => partsOf(mode).some((part) => part.kind === 'action' && !part.actions));
}

/** Whether any mode of the plan needs a palette. */
export function needsPalette(plan: LivenessPlan): boolean {
  return modesOf(plan).some(flashes);
}

/** The plan begins with another mode; a mode is never also its own fallback. */
export function withMode(draft: LivenessDraft, livenessMode: LivenessMode): Partial<LivenessDraft> {
  const fallback = planOf(draft).fallback.filter((mode) => mode !== livenessMode);
  return { livenessMode, livenessFallback: fallback.join(',') };
}

/** Reads the fields: a plan like the one that comes with the program isn't kept. */
export function parseLiveness<Draft extends LivenessDraft>(draft: Draft, digits: DigitLivenessOffer) {
  const { livenessMode, livenessFallback, livenessActions, weakAccepted, ...rest } = draft;
  const plan = planOf({ livenessMode, livenessFallback, livenessActions, weakAccepted });
  const livenessProblems: { -readonly [Field in LivenessField]?: Problem } = {};
  if (!allowsMode(digits, plan.mode)) livenessProblems.livenessMode = { key: 'scene.liveness.problem.mode' };
  if (!plan.fallback.every((mode) => allowsMode(digits, mode))) {
    livenessProblems.livenessFallback = { key: 'scene.liveness.problem.mode' };
  } else if (plan.fallback.length > MOST_FALLBACKS || new Set(modesOf(plan)).size <= plan.fallback.length) {
    livenessProblems.livenessFallback = { key: 'scene.liveness.problem.fallback', values: { n: MOST_FALLBACKS } };
  }
  if (isWeak(plan) && !weakAccepted) livenessProblems.weakAccepted = { key: 'scene.liveness.problem.weak' };
  const isUsual = JSON.stringify(plan) === JSON.stringify(DEFAULT_LIVENESS_PLAN);
  return { liveness: isUsual ? {} : { liveness: plan }, livenessProblems, rest };
}
