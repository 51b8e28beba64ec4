import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelsFolder } from '../../../../scripts/steps/paths.ts';

let known: ReadonlySet<string> | null = null;

/** Whether the reading model has a class for every character; without the prepared models everything counts as known. */
export function isSpellable(text: string): boolean {
  if (known === null) {
    const file = join(modelsFolder, 'ppocr_keys_v1.txt');
    known = new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);
  }
  const characters = known;
  return characters.size === 0 || [...text].every((character) => characters.has(character));
}
