import { allowsMode, type DigitLivenessOffer } from './digit-liveness.ts';
import type { HandOffPage } from './certification.ts';
import type { LivenessMode } from './liveness-mode.ts';
import { problemOf, type SceneRule } from './scene-problem-rules.ts';
import type { SceneProblem } from './scene-problem.ts';
import { attemptLimitsOf, livenessPlanOf, type ConfirmationCheck, type FallbackMethod, type Scene } from './scene.ts';
import { decidesAlone, lackingMaterials, usesCamera } from './scheme-materials.ts';
import { checkScheme } from './scheme-rules.ts';
import type { Scheme } from './scheme.ts';
import type { Check } from './verification.ts';

export { checkScheme } from './scheme-rules.ts';

/** What the device and the verifier offer as things are. */
export interface SceneContext {
  /** Checks that the verifier answers; null where none is set up, or nobody knows yet what it answers. */
  readonly offers: readonly { readonly check: Check; readonly verifier: string }[] | null;
  /** What reading digits aloud can be used for here. */
  readonly digits: DigitLivenessOffer;
  /** A destination for returned faces is set up. */
  readonly faceReturnReady: boolean;
  /** Pages that can be opened for a person's phone. */
  readonly handOffPages: readonly HandOffPage[];
  /** A clip can be encoded here where the page can't. */
  readonly encodesClips: boolean;
  /** Whoever walks up gets this scene. */
  readonly walkUp: boolean;
}

/** Which check each way beside the scene's own asks for; null: none that the verifier has to offer. */
export const FALLBACK_CHECKS = {
  'identity-check': 'identity',
  'phone-check': 'phone',
  'bank-card-check': 'bank-card',
  'bank-card-phone-check': 'bank-card-phone',
  'another-liveness': null,
  'phone-hand-off': null,
} as const satisfies Record<FallbackMethod, Check | null>;

/**
 * What keeps a scene from working, all of it, by field: contradictions within its settings and with its scheme, and
 * what isn't there as things are.
 *
 * @param scheme undefined where no scheme has the id that the scene names
 * @param context null where nobody knows what the device and the verifier offer: then only the settings are judged
 */
export function checkScene(
  scene: Scene,
  scheme: Scheme | undefined,
  context: SceneContext | null,
): readonly SceneProblem[] {
  if (scheme === undefined) return [problemOf('scheme-unknown', 'scheme', scene.scheme)];
  const broken = checkScheme(scheme);
  return [
    ...broken.slice(0, 1).map(({ field, rule }) => problemOf('scheme-broken', 'scheme', `${field}: ${rule}`)),
    ...offlineProblems(scene, scheme),
    ...confirmationProblems(scene, scheme),
    ...fallbackProblems(scene, scheme),
    ...lawProblems(scene, scheme),
    ...(context === null ? [] : situationProblems(scene, scheme, context)),
  ];
}

function when(broken: boolean, rule: SceneRule, field: string, detail?: string): readonly SceneProblem[] {
  return broken ? [problemOf(rule, field, detail)] : [];
}

function offlineProblems({ offlinePolicy, confirmation }: Scene, { actor, check }: Scheme): readonly SceneProblem[] {
  return [
    ...when(actor === 'phone' && offlinePolicy !== 'forbid', 'offline-needs-network', 'offlinePolicy', offlinePolicy),
    ...when(
      offlinePolicy === 'capture_only' && check === null && confirmation === undefined,
      'capture-only-needs-check',
      'offlinePolicy',
    ),
  ];
}

function confirmationProblems({ confirmation }: Scene, scheme: Scheme): readonly SceneProblem[] {
  if (confirmation === undefined) return [];
  if (scheme.check !== null) return [problemOf('confirmation-besides-check', 'confirmation', scheme.check)];
  return lackingMaterials(scheme, confirmation).map((material) =>
    problemOf('confirmation-lacks-material', 'confirmation', material),
  );
}

function fallbackProblems(scene: Scene, scheme: Scheme): readonly SceneProblem[] {
  const { fallbacks = [] } = scene;
  return fallbacks.flatMap((method, index) => {
    const field = `fallbacks.${index}`;
    const check = FALLBACK_CHECKS[method];
    const needsIdentity = check !== null || method === 'phone-hand-off';
    return [
      ...when(fallbacks.indexOf(method) !== index, 'fallback-twice', field, method),
      ...when(scheme.actor === 'caller', 'fallback-needs-person', field, method),
      ...when(needsIdentity && scheme.identity === 'none', 'fallback-needs-identity', field, method),
      ...when(isScheme(method, scheme), 'fallback-is-scheme', field, method),
      ...when(method === 'another-liveness' && !hasOtherMode(scene, scheme), 'fallback-lacks-mode', field),
    ];
  });
}

function isScheme(method: FallbackMethod, { actor, check, liveness }: Scheme): boolean {
  if (method === 'phone-hand-off') return actor === 'phone';
  return liveness === 'none' && check !== null && FALLBACK_CHECKS[method] === check;
}

/** Whether somebody who can't do the first kind of liveness can be asked for another one. */
function hasOtherMode(scene: Scene, scheme: Scheme): boolean {
  if (!usesCamera(scheme)) return false;
  return scheme.liveness !== 'scene' || livenessPlanOf(scene).fallback.length > 0;
}

function lawProblems(scene: Scene, scheme: Scheme): readonly SceneProblem[] {
  const { perVisit, perPersonDay } = attemptLimitsOf(scene);
  const once = scene.oncePerIdentity ?? 'no';
  return [
    ...when(scene.guardian === true && scheme.actor === 'caller', 'guardian-needs-person', 'guardian'),
    ...when(scene.guardian === true && scheme.identity === 'none', 'guardian-needs-identity', 'guardian'),
    ...when(scene.returnsFace === true && !usesCamera(scheme), 'face-return-needs-camera', 'returnsFace'),
    ...when(once !== 'no' && scheme.identity === 'none', 'once-needs-identity', 'oncePerIdentity', once),
    ...when(
      perPersonDay !== null && perPersonDay < perVisit,
      'day-limit-below-visit',
      'attempts.perPersonDay',
      String(perVisit),
    ),
  ];
}

function situationProblems(scene: Scene, scheme: Scheme, context: SceneContext): readonly SceneProblem[] {
  const needed = Object.keys(scheme.inputs).filter(
    (input) => scheme.inputs[input as keyof Scheme['inputs']] === 'required',
  );
  return [
    ...when(context.walkUp && scheme.actor === 'caller', 'walk-up-needs-person', 'scheme', scheme.id),
    ...when(
      context.walkUp && scheme.actor !== 'caller' && needed.length > 0,
      'walk-up-needs-request',
      'scheme',
      needed.join(', '),
    ),
    ...servingProblems(scene, scheme, context),
    ...handOffProblems(scene, scheme, context),
    ...livenessProblems(scene, scheme, context),
    ...when(scene.returnsFace === true && !context.faceReturnReady, 'face-return-needs-destination', 'returnsFace'),
  ];
}

function servingProblems(scene: Scene, scheme: Scheme, context: SceneContext): readonly SceneProblem[] {
  const { offers, encodesClips } = context;
  const { confirmation, fallbacks = [] } = scene;
  const asked: readonly (readonly [string, Check, SceneRule])[] = [
    ...(scheme.check === null || (offers === null && decidesAlone(scheme))
      ? []
      : [['scheme', scheme.check, 'check-not-served'] as const]),
    ...(confirmation === undefined ? [] : [['confirmation', confirmation, 'confirmation-not-served'] as const]),
    ...fallbacks.flatMap((method, index) => {
      const check = FALLBACK_CHECKS[method];
      return check === null ? [] : [[`fallbacks.${index}`, check, 'fallback-not-served'] as const];
    }),
  ];
  const clip = (scheme.actor === 'person' ? clipCheck(scheme.check) : null) ?? clipCheck(confirmation ?? null);
  return [
    ...asked.flatMap(([field, check, rule]) => {
      if (offers === null) return [problemOf('no-verifier', field, check)];
      return when(!offers.some((offer) => offer.check === check), rule, field, check);
    }),
    ...when(
      clip !== null && !encodesClips,
      'clip-not-encodable',
      confirmation === clip ? 'confirmation' : 'scheme',
      clip ?? undefined,
    ),
  ];
}

function clipCheck(check: Check | ConfirmationCheck | null): Check | null {
  return check !== null && check.startsWith('video-') ? check : null;
}

function handOffProblems(
  { fallbacks = [] }: Scene,
  { actor, hosted }: Scheme,
  { handOffPages }: SceneContext,
): readonly SceneProblem[] {
  const open = handOffPages.includes('countersign') || (hosted !== null && handOffPages.includes(hosted));
  const index = fallbacks.indexOf('phone-hand-off');
  return [
    ...when(actor === 'phone' && !open, 'hand-off-not-offered', 'scheme'),
    ...when(actor !== 'phone' && index >= 0 && handOffPages.length === 0, 'hand-off-not-offered', `fallbacks.${index}`),
  ];
}

function livenessProblems(scene: Scene, scheme: Scheme, { digits }: SceneContext): readonly SceneProblem[] {
  if (!usesCamera(scheme)) return [];
  return modesOf(scene, scheme)
    .filter(({ mode }) => !allowsMode(digits, mode))
    .map(({ field, mode }) => problemOf('liveness-not-available', field, mode));
}

function modesOf(scene: Scene, { liveness }: Scheme): readonly { field: string; mode: LivenessMode }[] {
  if (liveness === 'none') return [];
  if (liveness !== 'scene') return liveness.map((mode) => ({ field: 'scheme', mode }));
  const { mode, fallback } = livenessPlanOf(scene);
  return [
    { field: 'liveness.mode', mode },
    ...fallback.map((each, index) => ({ field: `liveness.fallback.${index}`, mode: each })),
  ];
}
