import type { Consent } from '../../shared/domain/certification.ts';
import { partsOf, type LivenessMode } from '../../shared/domain/liveness-mode.ts';
import { livenessPlanOf, type FallbackMethod } from '../../shared/domain/scene.ts';
import { presetScheme } from '../../shared/domain/scheme-presets.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';
import { end, stay } from './flow-moves.ts';
import { withBrokenOff } from './face-steps.ts';
import type { FlowEvent } from './flow-event.ts';
import type { FlowState } from './flow-state.ts';
import type { Run } from './run.ts';
import type { Step } from './flow-effect.ts';
import { afterUndecided, beginRoute, type LivenessRoute } from './liveness-route.ts';
import { resume } from './plan.ts';
import { facesCamera, givenIdentity, identityOf } from './run-facts.ts';

const ELEMENT_SCHEMES = {
  'identity-check': 'IdentityCheck',
  'phone-check': 'PhoneCheck',
  'bank-card-check': 'BankCardCheck',
  'bank-card-phone-check': 'BankCardPhoneCheck',
} as const;

function isElementCheck(method: FallbackMethod): method is keyof typeof ELEMENT_SCHEMES {
  return method in ELEMENT_SCHEMES;
}

/** The scheme that another way stands for; null where it is the same with another proof of life, or can't be had. */
export function schemeOfMethod(run: Pick<Run, 'scheme' | 'scene' | 'request'>, method: FallbackMethod): Scheme | null {
  const { scheme } = run;
  if (isElementCheck(method)) return presetScheme(ELEMENT_SCHEMES[method]) ?? null;
  const face = method === 'phone-hand-off' ? presetScheme('FACE') : undefined;
  if (!face) return null;
  const identity = givenIdentity(run) ? 'given' : scheme.identity;
  return { ...face, identity, hosted: scheme.hosted ?? face.hosted };
}

/** What can be taken instead as things are, in the scene's order; the clerk is not among them. */
export function usableMethods(run: Run, mayHandOff: boolean): readonly FallbackMethod[] {
  return (run.scene.fallbacks ?? []).filter(
    (method) => method !== run.fallback?.method && isUsable(run, method, mayHandOff),
  );
}

function isUsable(run: Run, method: FallbackMethod, mayHandOff: boolean): boolean {
  if (method === 'another-liveness') return !run.refusedFace && otherRoute(run) !== null;
  if (method === 'phone-hand-off') return !run.refusedFace && mayHandOff && run.scheme.actor === 'person';
  const number = identityOf(run)?.number;
  return run.scheme.identity !== 'none' && (number === undefined || /^\d{17}[\dX]$/.test(number));
}

/** The route from the first mode of another kind on; null where there is none. */
function otherRoute(run: Run): LivenessRoute | null {
  if (!facesCamera(run)) return null;
  const [now, ...left] = run.route.modes;
  const { mode, fallback } = livenessPlanOf(run.scene);
  const spare = run.scheme.liveness === 'scene' ? [] : [mode, ...fallback].filter((each) => !speaks(each));
  const [first, ...rest] = [...left, ...spare].filter((each) => kindsOf(each) !== kindsOf(now));
  return first ? beginRoute([first, ...rest]) : null;
}

function kindsOf(mode: LivenessMode): string {
  return partsOf(mode)
    .map(({ kind }) => kind)
    .join();
}

/** Whether digits can be read here is known of the modes in the route only. */
function speaks(mode: LivenessMode): boolean {
  return kindsOf(mode).includes('digits');
}

/** The other ways are shown where there are any beside the clerk. */
export function otherWays(state: FlowState & { readonly run: Run }, event: FlowEvent, nowMs: number): Step {
  const refuses = event.type === 'refuse-consent';
  const run = refuses ? { ...state.run, refusedFace: true } : state.run;
  const given = 'methods' in event ? (event.methods ?? []) : [];
  const methods = given.filter((method) => usableMethods(run, true).includes(method));
  if (methods.length === 0 || state.step === 'deciding') return toClerk(run);
  const route = state.step === 'challenge' ? afterUndecided(run.route, 'challenge.incomplete') : run.route;
  const broken = state.step === 'challenge' ? withBrokenOff(state, 'challenge.incomplete', nowMs) : run;
  return {
    state: {
      step: 'methods',
      run: { ...broken, route: route ? { ...route, passed: 0 } : broken.route },
      methods,
      mayGoBack: !run.refusedFace && route !== null,
    },
    effects: [{ type: 'stop-reading' }],
  };
}

function toClerk(run: Run): Step {
  return end(run, { code: run.refusedFace ? 'user.refused-consent' : 'user.other-method' }, 'other-method');
}

/** The flow while another way is chosen. */
export function inMethods(state: Extract<FlowState, { step: 'methods' }>, event: FlowEvent): Step {
  switch (event.type) {
    case 'choose-clerk':
      return toClerk(state.run);
    case 'keep-going':
      return state.mayGoBack ? resume(state.run) : stay(state);
    case 'choose-method': {
      const chosen = state.methods.includes(event.method) ? taken(state.run, event) : null;
      return chosen ? resume(chosen) : stay(state);
    }
    default:
      return stay(state);
  }
}

/** The same certification by another way; null where that way can't be had. */
function taken(before: Run, { method, scheme, consent }: Extract<FlowEvent, { type: 'choose-method' }>): Run | null {
  const run = { ...before, riskReview: leavesRiskToClerk(before) };
  const fallback = { from: run.fallback?.from ?? run.scheme.id, method };
  if (method === 'another-liveness') {
    const route = otherRoute(run);
    return route && { ...run, route, fallback, liveness: null };
  }
  if (scheme === null) return null;
  // A guardian who did not agree to sending is asked again: nobody else can say yes for a child.
  const guardian = run.consent?.transmit === true ? run.guardian : null;
  return { ...run, scheme, fallback, guardian, liveness: null, handOff: null, consent: agreed(run, consent) };
}

/** What a rule about risk has asked for stays: another way is not the stronger scheme, so a clerk decides. */
export function leavesRiskToClerk({ riskReview, risk }: Pick<Run, 'risk' | 'riskReview'>): boolean {
  return riskReview || risk.some(({ effect }) => effect === 'step-up');
}

/** Whoever chooses a way that sends something agrees to that; nothing is agreed to about the face. */
function agreed({ consent: before, refusedFace }: Run, consent: Consent): Consent {
  return before && !refusedFace ? { ...before, transmit: true } : { ...consent, capture: false, transmit: true };
}
