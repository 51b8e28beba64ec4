import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * The folder with `manifest.json` and the models: the one given, `COUNTERSIGN_MODELS`, or the nearest `models` folder
 * above `start`, which fits both the sources and the built program.
 */
export function modelsFolder(
  given: string | undefined,
  start: string = import.meta.dirname,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  const chosen = given ?? environment['COUNTERSIGN_MODELS'];
  if (chosen !== undefined) return resolve(chosen);
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, 'models');
    if (existsSync(join(candidate, 'manifest.json')) || dirname(folder) === folder) return candidate;
  }
}
