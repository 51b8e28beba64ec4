import { randomUUID } from 'node:crypto';
import { access, link, mkdir, open, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  assertObjectKey,
  assertObjectSize,
  MAX_OBJECT_BYTES,
  ObjectExists,
  ObjectStoreFailure,
  type ObjectStore,
} from './object-store.ts';

/** A key never begins with a point, so this is nobody's. */
const INCOMING = '.incoming';
/** What a process left behind when it ended while writing. */
const ABANDONED_MS = 3_600_000;

/** Objects as files of a folder. On the disk, name included, when `put` settles. */
export async function openFolderObjectStore(folder: string): Promise<ObjectStore> {
  const incoming = join(folder, INCOMING);
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  await removeAbandoned(incoming);
  const pathOf = (key: string): string => {
    assertObjectKey(key);
    return join(folder, ...key.split('/'));
  };
  return {
    put: async (key, bytes) => {
      assertObjectSize(bytes);
      await putFile(pathOf(key), join(incoming, randomUUID()), bytes);
    },
    get: (key) => readWhole(pathOf(key)),
    remove: async (key) => {
      const path = pathOf(key);
      await unlink(path).catch(unlessAbsent);
      await syncFolder(dirname(path)).catch(unlessAbsent);
    },
    exists: async (key) => {
      const found = await stat(pathOf(key)).catch(unlessAbsent);
      return found?.isFile() === true;
    },
    ping: () => access(incoming),
    close: async () => undefined,
  };
}

/** Written beside, then linked to its name: the link appears whole or not at all, and never replaces anything. */
async function putFile(path: string, beside: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(beside, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(beside, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    const known = await readWhole(path);
    if (known === null || !known.equals(bytes)) throw new ObjectExists();
  } finally {
    await unlink(beside);
  }
  await syncFolder(dirname(path));
  await syncFolder(dirname(dirname(path)));
}

async function readWhole(path: string): Promise<Buffer | null> {
  const found = await stat(path).catch(unlessAbsent);
  if (found === undefined || !found.isFile()) return null;
  if (found.size > MAX_OBJECT_BYTES) throw new ObjectStoreFailure('an object is too large');
  return (await readFile(path).catch(unlessAbsent)) ?? null;
}

/** Makes names durable. Windows has no such call for folders and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function removeAbandoned(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const { mtimeMs } = (await stat(path).catch(unlessAbsent)) ?? { mtimeMs: Number.POSITIVE_INFINITY };
    if (Date.now() - mtimeMs > ABANDONED_MS) await unlink(path).catch(unlessAbsent);
  }
}

function unlessAbsent(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw error;
  return undefined;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
