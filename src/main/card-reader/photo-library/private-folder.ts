import { constants } from 'node:fs';
import { copyFile, lstat, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The pid in the name tells whose folder it is, so that the next process sweeps those of ended ones. */
const FOLDER_NAME = /^cs-photo-(\d+)-[A-Za-z0-9]+$/;
/** Libraries keep paths in fixed buffers of 256 bytes or so, and take them in the system's own encoding. */
const SHORT_ASCII = /^[\x20-\x7e]{1,120}$/;
const LICENCE = 'license.dat';
/** More of a left-behind file isn't worth overwriting: no portrait is that large. */
const MOST_OVERWRITTEN_BYTES = 16 * 1024 * 1024;
/** Folders of this process, which an earlier process of the same number didn't make. */
const own = new Set<string>();

/** Where the folder may lie, best first: in memory where the system has that. */
export function folderRoots(platform: string = process.platform): readonly string[] {
  if (platform === 'linux') return ['/dev/shm', '/run/shm', tmpdir()];
  return platform === 'win32' ? [tmpdir(), `${process.env['SystemDrive'] ?? 'C:'}\\Temp`] : [tmpdir(), '/tmp'];
}

/**
 * Makes the folder that a library works in: only its owner may enter it (mode 0700), and its path is short ASCII.
 * Sweeps the folders of processes that ended without doing so.
 *
 * @param libraryPath its `license.dat`, where it has one beside it, is put into the folder: libraries look for it
 *   beside themselves or where they run.
 * @returns null when no folder can be made anywhere.
 */
export async function makePrivateFolder(roots: readonly string[], libraryPath: string): Promise<string | null> {
  for (const root of roots) {
    await sweepEnded(root);
    if (!SHORT_ASCII.test(root)) continue;
    const folder = await mkdtemp(join(root, `cs-photo-${process.pid}-`)).catch(() => null);
    if (folder === null) continue;
    own.add(folder);
    await copyFile(join(dirname(libraryPath), LICENCE), join(folder, LICENCE)).catch(() => undefined);
    return folder;
  }
  return null;
}

/** Overwrites and deletes whatever lies in the folder but the licence. */
export async function sweepFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await removePrivateFolder(path);
    else if (entry.name !== LICENCE) await removeOverwritten(path);
  }
}

/** Overwrites and deletes the folder with all that is in it. */
export async function removePrivateFolder(folder: string): Promise<void> {
  await sweepFolder(folder);
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  own.delete(folder);
}

async function removeOverwritten(path: string): Promise<void> {
  try {
    const { size } = await lstat(path).then((stat) => (stat.isFile() ? stat : { size: 0 }));
    if (size > 0) {
      // Windows has no such flag, and no links that everyone may make.
      const file = await open(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
      try {
        await file.write(new Uint8Array(Math.min(size, MOST_OVERWRITTEN_BYTES)), 0);
        await file.sync();
      } finally {
        await file.close();
      }
    }
  } catch {
    // What can't be overwritten is still deleted.
  }
  await rm(path, { force: true }).catch(() => undefined);
}

async function sweepEnded(root: string): Promise<void> {
  const names = await readdir(root).catch((): string[] => []);
  for (const name of names) {
    const owner = Number(FOLDER_NAME.exec(name)?.[1]);
    const folder = join(root, name);
    if (!(owner > 0) || own.has(folder) || (owner !== process.pid && isRunning(owner))) continue;
    if (await isOwnFolder(folder)) await removePrivateFolder(folder);
  }
}

/** In a folder that everyone writes to, a name says nothing; nobody can give a folder to another user. */
async function isOwnFolder(folder: string): Promise<boolean> {
  const stat = await lstat(folder).catch(() => null);
  return stat?.isDirectory() === true && (process.getuid === undefined || stat.uid === process.getuid());
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
