import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from './configuration.ts';
import { RefusedStart } from './refused-start.ts';

export const MASTER_KEY_VARIABLE = 'COUNTERSIGN_MASTER_KEY';

const KEY_BYTES = 32;

/**
 * The key that wraps the keys of sessions and photos: 32 bytes, base64, from the environment, or else a file of its own
 * that is made at the first start. Servers that share a database share this key. Throws when it isn't one.
 */
export async function loadMasterKey(
  folder: string,
  environment: Environment,
  randomBytes: (length: number) => Buffer,
): Promise<Buffer> {
  const given = environment[MASTER_KEY_VARIABLE];
  if (given) return parsed(given, MASTER_KEY_VARIABLE);
  const path = join(folder, 'master.key');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(path, `${randomBytes(KEY_BYTES).toString('base64')}\n`, {
    flag: 'wx',
    mode: 0o600,
    flush: true,
  }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  return parsed(await readFile(path, 'utf8'), 'master.key');
}

function parsed(text: string, name: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES) throw new RefusedStart(`${name} is not 32 bytes in base64`);
  return key;
}
