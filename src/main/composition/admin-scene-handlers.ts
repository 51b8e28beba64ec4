import type { HandOffPage } from '../../shared/domain/certification.ts';
import type { DigitLivenessOffer } from '../../shared/domain/digit-liveness.ts';
import { checkScheme, type SceneContext } from '../../shared/domain/scene-rules.ts';
import { decidesAlone } from '../../shared/domain/scheme-materials.ts';
import { PRESET_SCHEMES } from '../../shared/domain/scheme-presets.ts';
import { servesScheme, type ServingVerifier } from '../../shared/domain/scheme-service.ts';
import type { ServiceRefusal } from '../../shared/domain/service-refusal.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';
import type { Scene } from '../../shared/domain/scene.ts';
import { CHECKS } from '../../shared/domain/verification.ts';
import type { SceneBook, SceneEntry } from '../../shared/ipc/admin-schemes.ts';
import type { Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AdminHandlers } from './admin-handlers.ts';
import { unfitClips, type ClipOfferParts } from './clip-offers.ts';
import type { DirectVerifier } from './direct-verifier.ts';
import type { Installation } from './installation.ts';
import { createSceneChanges, type SceneChanges } from './scene-changes.ts';
import type { SyncService } from './sync-port.ts';

export interface SceneHandlerParts {
  readonly installation: Pick<Installation, 'database' | 'settings' | 'audit' | 'queries'>;
  readonly sync: Pick<SyncService, 'policy'>;
  readonly direct: Pick<DirectVerifier, 'verifier' | 'view'>;
  readonly digits: () => DigitLivenessOffer;
  /** A destination for returned faces is set up. */
  readonly faceReturnReady: () => boolean;
  /** Pages that can be opened for a person's phone as things are. */
  readonly handOffPages: () => readonly HandOffPage[];
  readonly encodesClips: () => boolean;
  readonly cores?: number;
  readonly onSettings: () => void;
}

type SceneChannel =
  | 'admin:scenes'
  | 'admin:check-scene'
  | 'admin:put-scene'
  | 'admin:remove-scene'
  | 'admin:walk-up-scene'
  | 'admin:check-scheme'
  | 'admin:put-scheme'
  | 'admin:remove-scheme';

/** Scenes and schemes as an administrator sees and changes them. */
export function sceneHandlers(parts: SceneHandlerParts): Pick<AdminHandlers, SceneChannel> {
  const changes = createSceneChanges({ ...parts.installation, situation: () => situationOf(parts) });
  const changed = (outcome: Result<null, Failure>): Result<SceneBook, Failure> => {
    if (!outcome.ok) return outcome;
    parts.onSettings();
    return bookOf(parts, changes);
  };
  return {
    'admin:scenes': () => bookOf(parts, changes),
    'admin:check-scene': ({ scene }) => changes.problems(scene, scene.id),
    'admin:put-scene': ({ scene, replaces, confirmed }) => {
      const unfit = unfitClipsOf(scene, parts);
      return unfit ? err(unfit) : changed(changes.putScene(scene, replaces, confirmed));
    },
    'admin:remove-scene': ({ id }) => changed(changes.removeScene(id)),
    'admin:walk-up-scene': ({ id }) => changed(changes.walkUp(id)),
    'admin:check-scheme': ({ scheme }) => ok(checkScheme(scheme)),
    'admin:put-scheme': ({ scheme }) => changed(changes.putScheme(scheme)),
    'admin:remove-scheme': ({ id }) => changed(changes.removeScheme(id)),
  };
}

/** Why the clip of a scene wouldn't fit the vendor; a verifier that isn't there at all is told of by the scene's rules. */
function unfitClipsOf(scene: Scene, parts: ClipOfferParts & Pick<SceneHandlerParts, 'direct'>): Failure | null {
  const verifier = parts.direct.verifier();
  return verifier.ok && (verifier.value !== null || parts.sync.policy() !== null) ? unfitClips(scene, parts) : null;
}

/** Who is asked, as far as that is known; null where nobody is set up or was ever reached. */
function servingVerifier({ direct, sync }: SceneHandlerParts): Result<ServingVerifier | null, Failure> {
  const chosen = direct.verifier();
  // A vendor that can't be asked as it is set up serves nothing; its own page says why.
  if (!chosen.ok) return chosen.error.code.startsWith('store.') ? chosen : ok(null);
  if (chosen.value !== null) return ok(chosen.value.capabilities);
  const policy = sync.policy();
  if (policy === null) return ok(null);
  const checks = (policy.checks ?? []).flatMap(({ check, operation }) => {
    const known = CHECKS.find((each) => each === check);
    return known ? [{ check: known, operation }] : [];
  });
  return ok({ verifier: 'countersign', checks, refusals: {} });
}

function situationOf(parts: SceneHandlerParts): Result<Omit<SceneContext, 'walkUp'>, Failure> {
  const serving = servingVerifier(parts);
  if (!serving.ok) return serving;
  const verifier = serving.value;
  return ok({
    offers: verifier && verifier.checks.map(({ check }) => ({ check, verifier: verifier.verifier })),
    digits: parts.digits(),
    faceReturnReady: parts.faceReturnReady(),
    handOffPages: parts.handOffPages(),
    encodesClips: parts.encodesClips(),
  });
}

function bookOf(parts: SceneHandlerParts, changes: SceneChanges): Result<SceneBook, Failure> {
  const scenes = changes.book.scenes();
  if (!scenes.ok) return scenes;
  const composed = changes.book.schemes();
  if (!composed.ok) return composed;
  const serving = servingVerifier(parts);
  if (!serving.ok) return serving;
  const entries: SceneEntry[] = [];
  for (const [index, scene] of scenes.value.entries()) {
    const records = parts.installation.queries.countByScene(scene.id);
    if (!records.ok) return records;
    const problems = changes.problems(scene, scene.id);
    if (!problems.ok) return problems;
    entries.push({ scene, records: records.value, walkUp: index === 0, problems: problems.value });
  }
  const pages = parts.handOffPages();
  return ok({
    scenes: entries,
    schemes: [...PRESET_SCHEMES, ...composed.value].map((scheme) => ({
      scheme,
      preset: scheme.family !== 'composed',
      scenes: scenes.value.filter((scene) => scene.scheme === scheme.id).map(({ id }) => id),
      refusal: refusalOf(scheme, serving.value, pages),
    })),
    verifier: serving.value?.verifier ?? null,
  });
}

function refusalOf(
  scheme: Scheme,
  verifier: ServingVerifier | null,
  pages: readonly HandOffPage[],
): ServiceRefusal | null {
  if (verifier === null) return scheme.check === null || decidesAlone(scheme) ? null : { code: 'not-set-up' };
  const service = servesScheme(scheme, verifier, pages);
  return service.served ? null : service.why;
}
