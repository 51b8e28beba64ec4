import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolderOf } from '../../../scripts/prepare-models.ts';

/**
 * Installs the peers of `package-lock.json` in this folder into the cache, once for each lock.
 *
 * @returns the folder that holds their `node_modules`.
 * @throws when npm can't install them.
 */
export function installPeers(): string {
  const folder = join(cacheFolderOf(process.cwd()), 'peers');
  const lock = join(import.meta.dirname, 'package-lock.json');
  const stamp = join(folder, '.installed');
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return folder;
  console.log('installing the peers (once, about 370 MB) ...');
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    copyFileSync(join(import.meta.dirname, file), join(folder, file));
  }
  const done = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) throw new Error(`npm ci of the peers failed (exit ${done.status})`);
  writeFileSync(stamp, wanted);
  return folder;
}
