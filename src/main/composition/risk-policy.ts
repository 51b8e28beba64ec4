import type { RiskPolicy, RiskRule } from '../../shared/domain/risk.ts';
import { looksAtFace, usesCamera } from '../../shared/domain/scheme-materials.ts';
import { findScheme } from '../../shared/domain/scheme-presets.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import { createSceneBook } from '../settings/scene-book.ts';
import type { SettingsStore } from '../settings/settings.ts';

/**
 * Why a policy can't hold on this terminal: field, rule and what is wrong, for whoever configures. Null where it can.
 * Rules that are switched off are looked at too: switching one on must not be what breaks it.
 */
export function policyRefusal(settings: SettingsStore, policy: RiskPolicy): Result<string | null, Failure> {
  const book = createSceneBook(settings);
  const scenes = book.scenes();
  if (!scenes.ok) return scenes;
  const schemes = book.schemes();
  if (!schemes.ok) return schemes;
  const sceneIds = scenes.value.map(({ id }) => id);
  const refusals = policy.rules.map((rule, index) => {
    const why = ruleRefusal(rule, policy, sceneIds, schemes.value);
    return why === null ? null : `rules.${index}.${why}`;
  });
  return ok(refusals.find((refusal) => refusal !== null) ?? null);
}

function ruleRefusal(
  { sceneIds, when, effect, enabled }: RiskRule,
  { rememberFaces }: RiskPolicy,
  known: readonly string[],
  composed: readonly Scheme[],
): string | null {
  const missing = sceneIds?.find((id) => !known.includes(id));
  if (missing !== undefined) return `sceneIds: there is no scene ${missing}`;
  const facesNeeded = when.kind === 'number-faces' || when.kind === 'face-numbers';
  if (enabled && facesNeeded && !rememberFaces) return 'when: recent faces have to be remembered for this rule';
  if (effect.kind !== 'step-up') return null;
  const scheme = findScheme(effect.scheme, composed);
  if (scheme === undefined) return `effect.scheme: there is no scheme ${effect.scheme}`;
  const fits =
    usesCamera(scheme) && scheme.liveness !== 'scene' && (scheme.check === null || looksAtFace(scheme.check));
  return fits ? null : 'effect.scheme: a stronger scheme names its liveness and is done before this camera';
}
