import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolderOf } from '../../../scripts/prepare-models.ts';

/**
 * A still or video of `tests/fixtures/media.json`.
 *
 * @throws when it hasn't been prepared.
 */
export function media(file: string): Uint8Array {
  const path = mediaPath(file);
  if (!existsSync(path)) throw new Error(`${file} is missing: run "npm run models" first`);
  return new Uint8Array(readFileSync(path));
}

export function mediaPath(file: string): string {
  return join(cacheFolderOf(process.cwd()), 'media', file);
}

export const MODELS_FOLDER = join(process.cwd(), 'models');
