import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether `compiler` makes shared libraries here; `flags` as for a word size. */
export async function canCompile(compiler = 'gcc', flags: readonly string[] = []): Promise<boolean> {
  const workshop = await openWorkshop();
  try {
    await workshop.compile('dependency.c', { compiler, flags });
    return true;
  } catch {
    return false;
  } finally {
    await workshop.close();
  }
}

export interface Compiling {
  readonly compiler?: string;
  readonly defines?: readonly string[];
  readonly flags?: readonly string[];
  /** Name of the file that is made. */
  readonly name?: string;
}

/** A folder in which the test libraries are compiled. */
export interface Workshop {
  readonly folder: string;
  /** Compiles one of the C sources beside this file and gives the library's path. */
  compile(source: string, options?: Compiling): Promise<string>;
  close(): Promise<void>;
}

export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'photo-library-test-'));
  return {
    folder,
    compile: async (source, { compiler = 'gcc', defines = [], flags = [], name } = {}) => {
      const output = join(folder, name ?? `${[source.replace('.c', ''), ...defines].join('-')}.so`);
      const options = ['-std=gnu11', '-O1', '-w', '-shared', ...(compiler === 'gcc' ? ['-fPIC'] : [])];
      const defined = defines.map((define) => `-D${define}`);
      await run(compiler, [...options, ...defined, '-o', output, join(import.meta.dirname, source), ...flags]);
      return output;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
