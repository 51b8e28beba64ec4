import { sceneSchema, type Scene } from '../../shared/domain/scene.ts';
import { SITUATION_RULES } from '../../shared/domain/scene-problem-rules.ts';
import type { SceneProblem } from '../../shared/domain/scene-problem.ts';
import { checkScene, checkScheme, type SceneContext } from '../../shared/domain/scene-rules.ts';
import { findScheme, presetScheme } from '../../shared/domain/scheme-presets.ts';
import { schemeSchema, type Scheme } from '../../shared/domain/scheme.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { createSceneBook, type SceneBook } from '../settings/scene-book.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { AuditLog } from '../store/audit-log.ts';
import type { StoreDatabase } from '../store/database.ts';
import { inOneTransaction } from '../store/one-transaction.ts';
import type { RecordQueries } from '../store/record-queries.ts';

export interface SceneChangeParts {
  readonly database: StoreDatabase;
  readonly settings: SettingsStore;
  readonly audit: Pick<AuditLog, 'append'>;
  readonly queries: Pick<RecordQueries, 'countByScene'>;
  /** What the device and the verifier offer; null where nobody knows: then only the settings are judged. */
  readonly situation: () => Result<Omit<SceneContext, 'walkUp'> | null, Failure>;
}

/** Changes of scenes and schemes, each with its checks and its audit entries in one transaction. */
export interface SceneChanges {
  readonly book: SceneBook;
  /** What is wrong with a scene, whether it is kept or not. `replaces`: its id before. */
  problems(scene: Scene, replaces: string | null): Result<readonly SceneProblem[], Failure>;
  /**
   * Adds or replaces a scene. @returns `scene.impossible` or `scheme.not-served` naming field and rule for whatever is
   * wrong with it and wasn't before; `request.invalid` for an id that records have fixed, or a change of scheme that
   * needs to be confirmed
   */
  putScene(scene: Scene, replaces: string | null, confirmed: boolean): Result<null, Failure>;
  /** @returns `request.invalid` for a scene that has records */
  removeScene(sceneId: string): Result<null, Failure>;
  walkUp(sceneId: string): Result<null, Failure>;
  /** Adds or replaces a composed scheme; one by which records were made stays as it is. */
  putScheme(scheme: Scheme): Result<null, Failure>;
  removeScheme(schemeId: string): Result<null, Failure>;
}

/** A change is judged and written in one transaction: of one that is refused or fails nothing is left. */
export function createSceneChanges(parts: SceneChangeParts): SceneChanges {
  const book = createSceneBook(parts.settings);
  const problems: SceneChanges['problems'] = (scene, replaces) => problemsOf(parts, book, scene, replaces);
  const together = (work: () => Result<null, Failure>): Result<null, Failure> => inOneTransaction(parts.database, work);
  return {
    book,
    problems,
    putScene: (scene, replaces, confirmed) => together(() => putScene(parts, book, scene, replaces, confirmed)),
    removeScene: (sceneId) => together(() => removeScene(parts, book, sceneId)),
    walkUp: (sceneId) => together(() => walkUp(parts, book, sceneId)),
    putScheme: (scheme) => together(() => putScheme(parts, book, scheme)),
    removeScheme: (schemeId) => together(() => removeScheme(parts, book, schemeId)),
  };
}

function problemsOf(
  { situation }: SceneChangeParts,
  book: SceneBook,
  scene: Scene,
  replaces: string | null,
  asWalkUp?: boolean,
): Result<readonly SceneProblem[], Failure> {
  const scenes = book.scenes();
  if (!scenes.ok) return scenes;
  const schemes = book.schemes();
  if (!schemes.ok) return schemes;
  const around = situation();
  if (!around.ok) return around;
  const walkUpNow = asWalkUp ?? scenes.value[0].id === replaces;
  const context = around.value && { ...around.value, walkUp: walkUpNow };
  return ok(checkScene(scene, findScheme(scene.scheme, schemes.value), context));
}

/**
 * The first thing that is wrong with a scene and keeps it from being saved. What is only missing as things are doesn't,
 * where it was missing already: a retention can be shortened while the verifier is away.
 */
function refusalOf(now: readonly SceneProblem[], before: readonly SceneProblem[]): Failure | null {
  const known = new Set(before.map(({ field, rule, detail }) => `${field} ${rule} ${detail ?? ''}`));
  const found = now.find(
    ({ field, rule, detail }) => !SITUATION_RULES.has(rule) || !known.has(`${field} ${rule} ${detail ?? ''}`),
  );
  if (found === undefined) return null;
  const { field, rule, detail } = found;
  const unserved = rule === 'check-not-served' || (rule === 'no-verifier' && field === 'scheme');
  const told = `${field}: ${rule}${detail === undefined ? '' : ` (${detail})`}`;
  return failure(unserved ? 'scheme.not-served' : 'scene.impossible', told.slice(0, 300));
}

function putScene(
  parts: SceneChangeParts,
  book: SceneBook,
  scene: Scene,
  replaces: string | null,
  confirmed: boolean,
): Result<null, Failure> {
  const parsed = sceneSchema.safeParse(scene);
  if (!parsed.success) return err(failure('request.invalid', parsed.error.issues[0]?.path.join('.') ?? 'scene'));
  const before = replaces === null ? ok(null) : book.scene(replaces);
  if (!before.ok) return before;
  const now = problemsOf(parts, book, scene, replaces);
  if (!now.ok) return now;
  const then = before.value === null ? ok([]) : problemsOf(parts, book, before.value, replaces);
  if (!then.ok) return then;
  const refusal = refusalOf(now.value, then.value);
  if (refusal) return err(refusal);
  const used = replaces === null ? ok(0) : parts.queries.countByScene(replaces);
  if (!used.ok) return used;
  if (used.value > 0 && scene.id !== replaces) {
    return err(failure('request.invalid', `id: fixed, ${used.value} records use it`));
  }
  const changedFrom = before.value !== null && before.value.scheme !== scene.scheme ? before.value.scheme : null;
  if (changedFrom !== null && used.value > 0 && !confirmed) {
    return err(failure('request.invalid', `confirmed: ${used.value} records were made by ${changedFrom}`));
  }
  const put = book.put(scene, replaces);
  if (!put.ok || changedFrom === null) return put;
  const { id: sceneId, scheme: to } = scene;
  return parts.audit.append('scene.scheme-changed', { sceneId, from: changedFrom, to, records: used.value });
}

function removeScene({ queries, audit }: SceneChangeParts, book: SceneBook, sceneId: string): Result<null, Failure> {
  const used = queries.countByScene(sceneId);
  if (!used.ok) return used;
  if (used.value > 0) return err(failure('request.invalid', `id: ${used.value} records use this scene, so it stays`));
  const removed = book.remove(sceneId);
  return removed.ok ? audit.append('scene.removed', { sceneId }) : removed;
}

function walkUp(parts: SceneChangeParts, book: SceneBook, sceneId: string): Result<null, Failure> {
  const scene = book.scene(sceneId);
  if (!scene.ok) return scene;
  const now = problemsOf(parts, book, scene.value, sceneId, true);
  if (!now.ok) return now;
  const then = problemsOf(parts, book, scene.value, sceneId, false);
  if (!then.ok) return then;
  const refusal = refusalOf(now.value, then.value);
  if (refusal) return err(refusal);
  const moved = book.walkUp(sceneId);
  return moved.ok ? parts.audit.append('scene.walk-up', { sceneId }) : moved;
}

function putScheme(parts: SceneChangeParts, book: SceneBook, scheme: Scheme): Result<null, Failure> {
  const parsed = schemeSchema.safeParse(scheme);
  if (!parsed.success) return err(failure('request.invalid', parsed.error.issues[0]?.path.join('.') ?? 'scheme'));
  if (presetScheme(scheme.id)) {
    return err(failure('scene.impossible', `id: id-taken (${scheme.id})`));
  }
  const [problem] = checkScheme(scheme);
  if (problem) {
    const told = `${problem.field}: ${problem.rule}${problem.detail === undefined ? '' : ` (${problem.detail})`}`;
    return err(failure('scene.impossible', told));
  }
  const schemes = book.schemes();
  if (!schemes.ok) return schemes;
  const fits = fitsItsScenes(
    parts,
    book,
    scheme,
    schemes.value.some(({ id }) => id === scheme.id),
  );
  if (!fits.ok) return fits;
  const others = schemes.value.filter(({ id }) => id !== scheme.id);
  const written = parts.settings.write('schemes', [...others, scheme]);
  return written.ok ? ok(null) : written;
}

/** Records say by which scheme they were made, so that scheme has to stay what it was. */
function fitsItsScenes(
  { queries }: SceneChangeParts,
  book: SceneBook,
  scheme: Scheme,
  exists: boolean,
): Result<null, Failure> {
  const scenes = book.scenes();
  if (!scenes.ok || !exists) return scenes.ok ? ok(null) : scenes;
  for (const scene of scenes.value.filter((each) => each.scheme === scheme.id)) {
    const used = queries.countByScene(scene.id);
    if (!used.ok) return used;
    if (used.value > 0) {
      const told = `id: ${used.value} records of scene ${scene.id} were made by it; save it under another id`;
      return err(failure('request.invalid', told));
    }
    const [problem] = checkScene(scene, scheme, null);
    if (problem) return err(failure('scene.impossible', `scene ${scene.id}, ${problem.field}: ${problem.rule}`));
  }
  return ok(null);
}

function removeScheme({ settings, audit }: SceneChangeParts, book: SceneBook, schemeId: string): Result<null, Failure> {
  if (presetScheme(schemeId)) return err(failure('request.invalid', 'id: it comes with the program'));
  const scenes = book.scenes();
  if (!scenes.ok) return scenes;
  const user = scenes.value.find(({ scheme }) => scheme === schemeId);
  if (user) return err(failure('request.invalid', `id: scene ${user.id} uses it`));
  const risk = settings.read('risk');
  if (!risk.ok) return risk;
  const rule = risk.value.rules.find(({ effect }) => effect.kind === 'step-up' && effect.scheme === schemeId);
  if (rule) return err(failure('request.invalid', `id: the rule ${rule.id} steps up to it`));
  const schemes = book.schemes();
  if (!schemes.ok) return schemes;
  const left = schemes.value.filter(({ id }) => id !== schemeId);
  if (left.length === schemes.value.length) return err(failure('request.invalid', 'id: there is no such scheme'));
  const written = settings.write('schemes', left);
  return written.ok ? audit.append('scheme.removed', { schemeId }) : written;
}
