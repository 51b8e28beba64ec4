import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireCommand } from './command.ts';
import { root } from './paths.ts';

const INPUTS = ['src', 'resources/locales', 'electron.vite.config.ts', 'package-lock.json', 'tsconfig.json'];
const stampFile = join(root, 'out', '.inputs');

/** Builds main, preload and renderer when a source has changed since the last build. */
export function buildIfChanged(): void {
  const wanted = hashInputs();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  console.error('Building main, preload and renderer…');
  requireCommand('The build', 'electron-vite', ['build', '--logLevel', 'warn']);
  writeFileSync(stampFile, wanted);
}

function hashInputs(): string {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    const entries = readdirSafe(full);
    if (entries) for (const entry of entries) add(`${path}/${entry}`);
    else hash.update(path).update('\0').update(readFileSync(full)).update('\0');
  };
  for (const input of INPUTS) add(input);
  return hash.digest('hex');
}

function readdirSafe(path: string): string[] | null {
  try {
    return readdirSync(path).sort();
  } catch {
    return null;
  }
}
