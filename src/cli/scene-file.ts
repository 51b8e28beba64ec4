import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { SceneProblem } from '../shared/domain/scene-problem.ts';
import { checkScene, checkScheme } from '../shared/domain/scene-rules.ts';
import { sceneSchema, type Scene } from '../shared/domain/scene.ts';
import { findScheme } from '../shared/domain/scheme-presets.ts';
import { schemeSchema, type Scheme } from '../shared/domain/scheme.ts';
import { sceneProblemText } from '../shared/scene-problem-texts.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { emitJson, emitText, setExitCode, usageProblem, type UsageProblem } from './output.ts';

const MAX_FILE_BYTES = 1_000_000;

/** What `scene export` writes: scenes with the composed schemes that they use. */
const sceneFileSchema = z.strictObject({
  schemes: z.array(schemeSchema).max(50),
  scenes: z.array(sceneSchema).max(50),
});
export type SceneFile = z.infer<typeof sceneFileSchema>;

/** One problem of a file, with its sentence. */
export interface FileProblem {
  /** `scene counter`, `scheme OurOwn`, or `file`. */
  readonly of: string;
  readonly field: string;
  readonly rule: string;
  readonly message: string;
}

/**
 * The JSON of a file of at most 1,000,000 bytes, not checked any further; else why it can't be used, for `emitError`.
 */
export function readJsonFile(path: string): Result<unknown, UsageProblem> {
  try {
    if (statSync(path).size > MAX_FILE_BYTES) {
      return err(usageProblem(`${path} is too large`, `At most ${MAX_FILE_BYTES} bytes.`));
    }
    return ok(JSON.parse(readFileSync(path, 'utf8')) as unknown);
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not JSON' : 'can not be read';
    return err(usageProblem(`${path} ${why}`, 'Give a JSON file, for example one that export wrote.'));
  }
}

/** Writes a new file; one that is there already is left alone. */
export function writeNewFile(path: string, value: unknown): Result<null, UsageProblem> {
  try {
    writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`, { flag: 'wx' });
    return ok(null);
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    return err(usageProblem(`${path} ${exists ? 'is there already' : 'can not be written'}`, 'Give another --out.'));
  }
}

/** A file of scenes, of schemes, or one scene or one scheme alone, whichever it looks like. */
export function parseSceneFile(value: unknown): Result<SceneFile, readonly FileProblem[]> {
  const whole =
    typeof value === 'object' && value !== null && ('scenes' in value || 'schemes' in value)
      ? { schemes: [], scenes: [], ...value }
      : typeof value === 'object' && value !== null && 'family' in value
        ? { schemes: [value], scenes: [] }
        : { schemes: [], scenes: [value] };
  const parsed = sceneFileSchema.safeParse(whole);
  if (parsed.success) return ok(parsed.data);
  return err(
    parsed.error.issues.map(({ path, message, code }) => ({
      of: 'file',
      field: path.join('.'),
      rule: code,
      message: `This does not fit: ${message}.`,
    })),
  );
}

/** Everything that is wrong with a file by itself. `composed`: schemes that are there besides. */
export function problemsOfFile({ schemes, scenes }: SceneFile, composed: readonly Scheme[]): readonly FileProblem[] {
  const known = [...composed.filter(({ id }) => !schemes.some((scheme) => scheme.id === id)), ...schemes];
  return [
    ...twice('schemes', schemes),
    ...twice('scenes', scenes),
    ...schemes.flatMap((scheme) => explained(`scheme ${scheme.id}`, checkScheme(scheme))),
    ...scenes.flatMap((scene) =>
      explained(`scene ${scene.id}`, checkScene(scene, findScheme(scene.scheme, known), null)),
    ),
  ];
}

function twice(of: string, all: readonly (Scene | Scheme)[]): readonly FileProblem[] {
  return all
    .filter(({ id }, index) => all.findIndex((each) => each.id === id) !== index)
    .map(({ id }) => ({ of: 'file', field: of, rule: 'id-twice', message: `The id ${id} stands there twice.` }));
}

/** Problems with their sentences in English. `of` says whose they are, as in `FileProblem`. */
export function explained(of: string, problems: readonly SceneProblem[]): readonly FileProblem[] {
  return problems.map((problem) => ({
    of,
    field: problem.field,
    rule: problem.rule,
    message: sceneProblemText(problem, 'en'),
  }));
}

/** Prints every problem; a file with problems is bad input. */
export function emitProblems(problems: readonly FileProblem[], json: boolean): void {
  setExitCode(problems.length === 0 ? 0 : 2);
  if (json) return emitJson({ valid: problems.length === 0, problems });
  if (problems.length === 0) return emitText('No problems.');
  for (const { of, field, message } of problems) emitText(`${of}, ${field}: ${message}`);
}
