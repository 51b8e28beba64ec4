import type { SceneProblem } from './scene-problem.ts';

/** Every rule that a composed scheme can break. */
export const SCHEME_RULES = [
  'id-taken',
  'not-composed',
  'caller-cannot-identify',
  'caller-has-no-liveness',
  'caller-card-needs-input',
  'asks-only-person',
  'asks-unused',
  'asks-twice',
  'phone-needs-liveness',
  'phone-needs-check',
  'phone-takes-no-card-pictures',
  'hosted-needs-person',
  'given-identity-needs-input',
  'given-reference-needs-input',
  'authority-needs-identity',
  'authority-needs-check',
  'chip-portrait-needs-chip',
  'card-portrait-needs-pictures',
  'card-pictures-need-person',
  'card-pictures-need-authority',
  'comparison-needs-face',
  'device-has-no-reference',
  'device-decides-nothing',
  'verifier-needs-check',
  'check-lacks-material',
  'input-without-identity',
  'input-unused',
  'output-not-produced',
  'output-twice',
  'liveness-twice',
] as const;
export type SchemeRule = (typeof SCHEME_RULES)[number];

/** Every rule that a scene can break: by itself, with its scheme, or with what the device and the verifier offer. */
export const SCENE_RULES = [
  'scheme-unknown',
  'scheme-broken',
  'offline-needs-network',
  'capture-only-needs-check',
  'confirmation-besides-check',
  'confirmation-lacks-material',
  'fallback-twice',
  'fallback-needs-person',
  'fallback-needs-identity',
  'fallback-is-scheme',
  'fallback-lacks-mode',
  'guardian-needs-person',
  'guardian-needs-identity',
  'face-return-needs-camera',
  'once-needs-identity',
  'day-limit-below-visit',
  'walk-up-needs-person',
  'walk-up-needs-request',
  'no-verifier',
  'check-not-served',
  'confirmation-not-served',
  'fallback-not-served',
  'hand-off-not-offered',
  'clip-not-encodable',
  'liveness-not-available',
  'face-return-needs-destination',
] as const;
export type SceneRule = (typeof SCENE_RULES)[number];

/**
 * Those that say nothing against the settings themselves: something that they need isn't there as things are, and may be
 * there tomorrow.
 */
export const SITUATION_RULES: ReadonlySet<string> = new Set<SceneRule>([
  'no-verifier',
  'check-not-served',
  'confirmation-not-served',
  'fallback-not-served',
  'hand-off-not-offered',
  'clip-not-encodable',
  'liveness-not-available',
  'face-return-needs-destination',
]);

/** A problem by a rule that is known. */
export function problemOf(rule: SchemeRule | SceneRule, field: string, detail?: string): SceneProblem {
  return detail === undefined ? { field, rule } : { field, rule, detail };
}
