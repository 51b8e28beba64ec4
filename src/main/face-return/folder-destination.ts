import { createHash } from 'node:crypto';
import { mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { FaceDestination, FaceObject } from './face-destination.ts';

const NAME = /^[A-Za-z0-9_-][\w.-]*(\/[A-Za-z0-9_-][\w.-]*)*$/;

/**
 * A folder, on this machine or mounted. It has to be there: a mount that is missing must not become a folder on the
 * local disk. A file appears whole or not at all, only its owner can read it, and nothing is written outside of the
 * folder, links included.
 *
 * @param root absolute path
 * @param random a fresh name part for the file while it is written
 */
export function createFolderDestination(root: string, random: () => string): FaceDestination {
  return {
    put: (object) => guarded(() => put(root, object, random())),
    remove: (name) =>
      guarded(async () => {
        const place = await placeOf(root, name, false);
        if (!place.ok) return place;
        await rm(place.value, { force: true });
        return ok(null);
      }),
  };
}

async function put(root: string, object: FaceObject, random: string): Promise<Result<null, Failure>> {
  const place = await placeOf(root, object.name, true);
  if (!place.ok) return place;
  const present = await hashOf(place.value);
  if (present === object.sha256) return ok(null);
  if (present !== null) return err(failure('face-return.refused', 'another file has that name'));
  const draft = join(dirname(place.value), `.${basename(place.value)}.${random}.new`);
  try {
    await writeDurably(draft, object.bytes);
    // What a network share has taken is what counts, not what was given to it.
    if ((await hashOf(draft)) !== object.sha256) return err(failure('face-return.unreachable', 'written differently'));
    await rename(draft, place.value);
    await syncFolder(dirname(place.value));
    return ok(null);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The path of an object after all links were followed; its folders are made where `make` says so. */
async function placeOf(root: string, name: string, make: boolean): Promise<Result<string, Failure>> {
  if (!isAbsolute(root)) return err(failure('face-return.refused', 'the folder is not an absolute path'));
  if (!NAME.test(name) || name.includes('..')) return err(failure('face-return.refused', 'not a name of an object'));
  if (!(await stat(root)).isDirectory()) return err(failure('face-return.refused', 'that is no folder'));
  const real = await realpath(root);
  const folder = dirname(join(real, name));
  if (make && !(await makeFolders(real, dirname(name)))) return leadsOut();
  const realFolder = await realpath(folder).catch(absent);
  if (realFolder === null) return ok(join(folder, basename(name)));
  const inside = relative(real, realFolder);
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    return leadsOut();
  }
  return ok(join(realFolder, basename(name)));
}

function leadsOut(): Result<never, Failure> {
  return err(failure('face-return.refused', 'a link leads out of the folder'));
}

/** One after the other, so that none is made behind a link that leads away: false where one is. */
async function makeFolders(root: string, folders: string): Promise<boolean> {
  let path = root;
  for (const folder of folders.split('/')) {
    path = join(path, folder);
    await mkdir(path, { mode: 0o700 }).catch(exists);
    if (!`${await realpath(path)}${sep}`.startsWith(`${root}${sep}`)) return false;
  }
  return true;
}

async function hashOf(path: string): Promise<string | null> {
  const bytes = await readFile(path).catch(absent);
  return bytes === null ? null : createHash('sha256').update(bytes).digest('hex');
}

/** Makes new names survive a power cut; Windows does that by itself, some network shares can't. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync().catch(() => undefined);
  } finally {
    await folder.close();
  }
}

const WAITING_HELPS = new Set(['ENOENT', 'ENOSPC', 'EDQUOT', 'EIO', 'EBUSY', 'ETIMEDOUT', 'EHOSTDOWN', 'ESTALE']);

/** Errors of the file system become failures; what is no such error is a bug and stays an exception. */
async function guarded(work: () => Promise<Result<null, Failure>>): Promise<Result<null, Failure>> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === null) throw error;
    return err(failure(WAITING_HELPS.has(code) ? 'face-return.unreachable' : 'face-return.refused', code));
  }
}

function absent(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

function exists(error: unknown): undefined {
  if (codeOf(error) === 'EEXIST') return undefined;
  throw error;
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
