import { createSceneChanges, type SceneChanges } from '../main/composition/scene-changes.ts';
import type { Installation } from '../main/composition/installation.ts';
import { inOneTransaction } from '../main/store/one-transaction.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { emitError, emitJson, emitText } from './output.ts';
import {
  emitProblems,
  parseSceneFile,
  problemsOfFile,
  readJsonFile,
  type FileProblem,
  type SceneFile,
} from './scene-file.ts';
import { changingInstallation, type SettingStoreOptions } from './setting-store.ts';

export interface ImportOptions extends SettingStoreOptions {
  readonly replace?: boolean;
  readonly changeScheme?: boolean;
}

/** What a file brought. Whether the verifier serves it isn't known here: the admin window says. */
interface Imported {
  readonly scenes: readonly string[];
  readonly schemes: readonly string[];
  readonly replaced: readonly string[];
}

/** Takes over a file of scenes and schemes, all of it or nothing, with an audit entry for every setting. */
export function importFile(file: string, options: ImportOptions): void {
  const json = options.json === true;
  const read = readJsonFile(file);
  if (!read.ok) return emitError(read.error, json);
  const parsed = parseSceneFile(read.value);
  if (!parsed.ok) return emitProblems(parsed.error, json);
  const outcome = changingInstallation(options, (installation) => importInto(installation, parsed.value, options));
  if (!outcome.ok) return emitError(outcome.error, json);
  if ('problems' in outcome.value) return emitProblems(outcome.value.problems, json);
  if (json) return emitJson(outcome.value);
  const { scenes, schemes, replaced } = outcome.value;
  emitText(`${scenes.length} scenes and ${schemes.length} schemes imported, ${replaced.length} of them replaced.`);
  emitText('The admin window says whether the verifier serves them.');
}

function importInto(
  installation: Installation,
  file: SceneFile,
  options: ImportOptions,
): Result<Imported | { readonly problems: readonly FileProblem[] }, Failure> {
  const changes = createSceneChanges({ ...installation, situation: () => ok(null) });
  const scenes = changes.book.scenes();
  if (!scenes.ok) return scenes;
  const schemes = changes.book.schemes();
  if (!schemes.ok) return schemes;
  const problems = problemsOfFile(file, schemes.value);
  if (problems.length > 0) return ok({ problems });
  const there = {
    scenes: file.scenes.filter(({ id }) => scenes.value.some((scene) => scene.id === id)).map(({ id }) => id),
    schemes: file.schemes.filter(({ id }) => schemes.value.some((scheme) => scheme.id === id)).map(({ id }) => id),
  };
  const replaced = [...there.schemes, ...there.scenes];
  if (replaced.length > 0 && options.replace !== true) {
    return err(failure('request.invalid', `id: ${replaced.join(', ')} is there already; --replace replaces it`));
  }
  return inOneTransaction(installation.database, () => putAll(changes, file, there.scenes, replaced, options));
}

function putAll(
  changes: SceneChanges,
  file: SceneFile,
  scenesThere: readonly string[],
  replaced: readonly string[],
  { changeScheme }: ImportOptions,
): Result<Imported, Failure> {
  for (const scheme of file.schemes) {
    const put = changes.putScheme(scheme);
    if (!put.ok) return named(`scheme ${scheme.id}`, put.error);
  }
  for (const scene of file.scenes) {
    const put = changes.putScene(scene, scenesThere.includes(scene.id) ? scene.id : null, changeScheme === true);
    if (!put.ok) return named(`scene ${scene.id}`, put.error);
  }
  const ids = (all: readonly { readonly id: string }[]): readonly string[] => all.map(({ id }) => id);
  return ok({ scenes: ids(file.scenes), schemes: ids(file.schemes), replaced });
}

function named(what: string, { code, detail }: Failure): Result<never, Failure> {
  return err(failure(code, detail === undefined ? what : `${what}, ${detail}`));
}
