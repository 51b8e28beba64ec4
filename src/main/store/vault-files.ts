import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { MAX_SEALED_BYTES } from './vault-bundle.ts';

/** The folder beside the database that holds one folder for every certification with evidence. */
export const EVIDENCE_FOLDER_NAME = 'evidence';

export const VAULT_SUFFIX = '.vault';
/** Evidence is refused before it takes the room that records need. */
const RESERVED_FOR_RECORDS_BYTES = 256 * 1_048_576;

/** The file system as the vault uses it; tests pass one that fails. */
export interface VaultDisk {
  readonly open: typeof open;
  /** Bytes that a write may still take. */
  readonly freeBytes: (folder: string) => Promise<number>;
}

export const SYSTEM_DISK: VaultDisk = {
  open,
  freeBytes: async (folder) => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
};

export interface VaultFiles {
  /** Writes a file that appears whole or not at all, and is on the disk when this returns. */
  write(certifyId: string, bundle: string, bytes: number, pieces: Iterable<Uint8Array>): Promise<Result<null, Failure>>;
  /** Null when there is no such file. */
  read(certifyId: string, bundle: string): Promise<Result<Buffer | null, Failure>>;
  /** The bundles of one certification with their size on the disk, by name. */
  list(certifyId: string): Promise<Result<readonly { readonly bundle: string; readonly bytes: number }[], Failure>>;
  /** Names of all folders. */
  folders(): Promise<Result<readonly string[], Failure>>;
  /** Removes one bundle, or all of a certification. Removing what isn't there is fine. */
  remove(certifyId: string, bundle?: string): Promise<Result<null, Failure>>;
  /** Removes what interrupted writes left. */
  removeDrafts(certifyId: string): Promise<Result<null, Failure>>;
}

/**
 * Files are `root/ID/BUNDLE.vault`; that an id can be a folder's name is the caller's to check. Fails with
 * `store.full`, also when less than 256 MiB would be left for records, and `store.unavailable`.
 */
export function createVaultFiles(root: string, disk: VaultDisk = SYSTEM_DISK): VaultFiles {
  const folderOf = (certifyId: string): string => join(root, certifyId);
  const pathOf = (certifyId: string, bundle: string): string => join(root, certifyId, `${bundle}${VAULT_SUFFIX}`);
  return {
    write: (certifyId, bundle, bytes, pieces) =>
      guarded(async () => {
        await mkdir(folderOf(certifyId), { recursive: true, mode: 0o700 });
        if ((await disk.freeBytes(root)) - bytes < RESERVED_FOR_RECORDS_BYTES) {
          return err(failure('store.full', 'the room left is kept for records'));
        }
        await replaceDurably(disk, pathOf(certifyId, bundle), pieces);
        await syncFolder(folderOf(certifyId));
        await syncFolder(root);
        return ok(null);
      }),
    read: (certifyId, bundle) => guarded(() => readBounded(pathOf(certifyId, bundle))),
    list: (certifyId) =>
      guarded(async () => {
        const names = (await namesIn(folderOf(certifyId))).filter((name) => name.endsWith(VAULT_SUFFIX)).sort();
        const listed = names.map(async (name) => ({
          bundle: name.slice(0, -VAULT_SUFFIX.length),
          bytes: (await stat(join(folderOf(certifyId), name))).size,
        }));
        return ok(await Promise.all(listed));
      }),
    folders: () => guarded(async () => ok(await namesIn(root))),
    remove: (certifyId, bundle) =>
      guarded(async () => {
        await rm(bundle === undefined ? folderOf(certifyId) : pathOf(certifyId, bundle), {
          recursive: bundle === undefined,
          force: true,
        });
        return ok(null);
      }),
    removeDrafts: (certifyId) =>
      guarded(async () => {
        const drafts = (await namesIn(folderOf(certifyId))).filter((name) => !name.endsWith(VAULT_SUFFIX));
        for (const name of drafts) await rm(join(folderOf(certifyId), name), { recursive: true, force: true });
        return ok(null);
      }),
  };
}

async function replaceDurably(disk: VaultDisk, path: string, pieces: Iterable<Uint8Array>): Promise<void> {
  const draft = `${path}.${randomUUID()}.new`;
  try {
    const file = await disk.open(draft, 'wx', 0o600);
    try {
      for (const piece of pieces) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function readBounded(path: string): Promise<Result<Buffer | null, Failure>> {
  const file = await open(path, 'r').catch(absent);
  if (!file) return ok(null);
  try {
    if ((await file.stat()).size > MAX_SEALED_BYTES) return err(failure('store.corrupt', 'the file is too large'));
    return ok(await file.readFile());
  } finally {
    await file.close();
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(absent)) ?? [];
}

function absent(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

/** Makes new and replaced names survive a power cut; Windows does that by itself. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Errors of the file system become failures; what is no such error is a bug and stays an exception. */
async function guarded<T>(work: () => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === null) throw error;
    const isFull = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
    return err(failure(isFull ? 'store.full' : 'store.unavailable', `evidence: ${code}`));
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
