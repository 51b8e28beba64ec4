import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Owner {
  readonly pid: number;
  /** The process's start in clock ticks since boot where /proc tells it: a number used again isn't the same process. */
  readonly startedAt: string;
}

// proc(5): field 22 of /proc/PID/stat; the 20th after the parenthesised name.
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isRunning({ pid, startedAt }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return startOf(pid) === startedAt;
}

function ownerOf(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

/** A lock file that one process at a time can hold; one left by a process that has died is taken over. */
export class InstanceLock {
  readonly #file: string;
  #isHeld = false;

  constructor(directory: string) {
    this.#file = join(directory, 'stand-in.lock');
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  acquire(): boolean {
    if (this.#isHeld) return true;
    const own = `${this.#file}.${process.pid}`;
    writeFileSync(own, JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) } satisfies Owner));
    try {
      this.#isHeld = this.#link(own) || (this.#clearStale() && this.#link(own));
    } finally {
      rmSync(own, { force: true });
    }
    return this.#isHeld;
  }

  release(): void {
    if (this.#isHeld) rmSync(this.#file, { force: true });
    this.#isHeld = false;
  }

  // A hard link appears whole or not at all, unlike a file that is created and then written.
  #link(own: string): boolean {
    try {
      linkSync(own, this.#file);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  #clearStale(): boolean {
    const owner = ownerOf(this.#file);
    if (owner && isRunning(owner)) return false;
    const aside = `${this.#file}.stale.${process.pid}`;
    try {
      renameSync(this.#file, aside);
    } catch {
      return false;
    }
    rmSync(aside, { force: true });
    return true;
  }
}
