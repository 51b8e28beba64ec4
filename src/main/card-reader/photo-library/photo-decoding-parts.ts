import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { forkWorker } from '../../worker-process/child-process.ts';
import type { StartWorker } from '../../worker-process/endpoint.ts';
import { systemTiming, type Timing } from '../timing.ts';
import { helperPhotoProcess } from './helper-process.ts';
import type { PhotoDecodingParts } from './library-photo-decoder.ts';
import { workerPhotoProcess } from './photo-process.ts';
import { folderRoots } from './private-folder.ts';

/**
 * What decoding needs of this machine.
 *
 * @param startHosted starts workers where this process may not fork Node itself, as in Electron's utility processes
 *   (see `hostedWorkerStarter`); null where it may.
 */
export function photoDecodingParts(startHosted: StartWorker | null, timing: Timing = systemTiming): PhotoDecodingParts {
  const start = (): ReturnType<StartWorker> =>
    // What a library prints may be about a card, so it goes nowhere.
    startHosted ? startHosted('photo') : forkWorker(workerFile(), [], { output: 'ignore' });
  return {
    timing,
    startProcess: (helper) =>
      helper === null ? workerPhotoProcess(start, timing) : helperPhotoProcess(helper, timing),
    system: { platform: process.platform, arch: process.arch },
    folderRoots: folderRoots(),
  };
}

/** Beside the built entries, from an entry or from a chunk; among the sources, beside this file. */
function workerFile(): string {
  const built = ['photo.js', '../photo.js'].map((name) => join(import.meta.dirname, name));
  return built.find((file) => existsSync(file)) ?? join(import.meta.dirname, 'worker.ts');
}
