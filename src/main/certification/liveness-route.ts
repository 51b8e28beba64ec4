import { flashes, partsOf, type LivenessMode, type LivenessPart } from '../../shared/domain/liveness-mode.ts';
import type { ReasonCode } from '../../shared/reasons.ts';

/** Where a certification stands among the ways to prove life that its scene allows. */
export interface LivenessRoute {
  /** The mode in use first, then what is left to fall back to. */
  readonly modes: readonly [LivenessMode, ...LivenessMode[]];
  /** Parts of the mode in use that have been passed by this face in this capture. */
  readonly passed: number;
  /** Undecided or broken-off tries of the mode in use. */
  readonly tries: number;
  /** Why this mode and not the one before; null while nothing has changed. */
  readonly notice: ReasonCode | null;
}

/** Tries of a mode before the scene's next one is taken, and of the last one before the certification ends. */
export const TRIES_BEFORE_FALLBACK = 2;
export const LAST_MODE_TRIES = 3;

/** What another try can't change: the next mode is taken at once. */
const HOPELESS = new Set<ReasonCode>([
  'capture.too-bright',
  'microphone.missing',
  'microphone.denied',
  'speech.unavailable',
]);

/** What the person or the moment can change. */
function isWorthAnotherTry(code: ReasonCode): boolean {
  return code.startsWith('capture.') || code === 'challenge.incomplete' || code === 'camera.too-slow';
}

/** The modes of a scene in their order, none tried. */
export function beginRoute(modes: LivenessRoute['modes']): LivenessRoute {
  return { modes, passed: 0, tries: 0, notice: null };
}

/** The part that comes next; undefined when every part has been passed. */
export function nextPart({ modes, passed }: LivenessRoute): LivenessPart | undefined {
  return partsOf(modes[0])[passed];
}

/** Whether the part that comes next is its mode's last. */
export function isLastPart({ modes, passed }: LivenessRoute): boolean {
  return passed === partsOf(modes[0]).length - 1;
}

/** The route with the part in hand passed. */
export function withPartPassed(route: LivenessRoute): LivenessRoute {
  return { ...route, passed: route.passed + 1 };
}

function fallBack({ modes }: LivenessRoute, notice: ReasonCode | null): LivenessRoute | null {
  const [, next, ...rest] = modes;
  return next ? { modes: [next, ...rest], passed: 0, tries: 0, notice } : null;
}

/**
 * The route after a try that decided nothing, from its mode's first part on: all parts belong to one capture. Null
 * when there is nothing left to try.
 */
export function afterUndecided(route: LivenessRoute, code: ReasonCode): LivenessRoute | null {
  if (HOPELESS.has(code)) return fallBack(route, code);
  if (!isWorthAnotherTry(code)) return null;
  const tries = route.tries + 1;
  const hasFallback = route.modes.length > 1;
  if (tries < (hasFallback ? TRIES_BEFORE_FALLBACK : LAST_MODE_TRIES)) return { ...route, passed: 0, tries };
  return fallBack(route, code);
}

/** The first mode of those left that doesn't flash; null when the scene has none. */
export function withoutFlashing({ modes }: LivenessRoute): LivenessRoute | null {
  const [first, ...rest] = modes.filter((mode) => !flashes(mode));
  return first ? { modes: [first, ...rest], passed: 0, tries: 0, notice: null } : null;
}
