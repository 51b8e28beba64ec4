import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder in memory: a clip must not be on a disk in plain, and MP4 files are written back and forth. */
export const MEMORY_FOLDER = '/dev/shm';

const PREFIX = 'countersign-clip-';
/** With the id of the process whose clip it is; the letters are `mkdtemp`'s. */
const NAME = new RegExp(`^${PREFIX}(?:(\\d{1,10})-)?[A-Za-z0-9]{6}$`);

/** A new folder for one clip, which nobody else may read; named by this process, so that a later one can tell. */
export function makeClipFolder(memoryFolder: string): Promise<string> {
  return mkdtemp(join(memoryFolder, `${PREFIX}${process.pid}-`));
}

/**
 * Removes the folders of clips whose process ended before it could. Those of a process that is alive stay, and so does
 * what belongs to another user.
 *
 * @returns how many are gone
 */
export async function sweepClipFolders(memoryFolder = MEMORY_FOLDER): Promise<number> {
  const entries = await readdir(memoryFolder, { withFileTypes: true }).catch(() => []);
  let removed = 0;
  for (const entry of entries) {
    const name = NAME.exec(entry.name);
    if (!name || !entry.isDirectory()) continue;
    const folder = join(memoryFolder, entry.name);
    if (await isInUse(folder, name[1])) continue;
    const gone = await rm(folder, { recursive: true, force: true }).then(
      () => true,
      () => false,
    );
    if (gone) removed += 1;
  }
  return removed;
}

async function isInUse(folder: string, owner: string | undefined): Promise<boolean> {
  if (owner === undefined) return false;
  if (Number(owner) !== process.pid) return isAlive(Number(owner));
  // In a container the process of every run may have the same id: what is older than this one isn't its own.
  const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Infinity }));
  return mtimeMs >= performance.timeOrigin;
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // A process of another user can't be signalled, and is there.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
