import type { PhotoLibrary } from '../../../shared/domain/photo-decoding.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { pause, type Timing } from '../timing.ts';
import { mismatch, targetOfFile, type System } from './binary-file.ts';
import type { LibraryPicture } from './photo-contract.ts';
import type { PhotoProcess } from './photo-process.ts';
import { makePrivateFolder, removePrivateFolder, sweepFolder } from './private-folder.ts';

/** A killed process is gone at once; one that isn't must not keep cards from being read. */
const END_LIMIT_MS = 3_000;

export interface LoadingParts {
  readonly timing: Timing;
  readonly startProcess: (helper: string | null) => PhotoProcess;
  readonly system: System;
  readonly folderRoots: readonly string[];
}

interface Running {
  readonly process: PhotoProcess;
  readonly folder: string;
}

/** A library in its process, with its private folder: started when needed, started anew after its process ended. */
export class LoadedLibrary {
  readonly #library: PhotoLibrary;
  readonly #parts: LoadingParts;
  #running: Running | null = null;
  #closed = false;

  constructor(library: PhotoLibrary, parts: LoadingParts) {
    this.#library = library;
    this.#parts = parts;
  }

  /** Fails with a `decoder.` code: the file's own header is looked at before anything of it is run. */
  async ready(): Promise<Result<void, Failure>> {
    if (this.#running && !this.#running.process.ended) return ok(undefined);
    await this.end();
    const unfit = await this.#unfit();
    if (unfit) return err(unfit);
    const folder = await makePrivateFolder(this.#parts.folderRoots, this.#library.path);
    if (folder === null) return err(failure('decoder.missing', 'no private folder for the library can be made'));
    if (this.#closed) {
      await removePrivateFolder(folder);
      return err(failure('decoder.none', 'the decoder is closed'));
    }
    const running = { process: this.#parts.startProcess(this.#library.helper), folder };
    this.#running = running;
    const { path, call, vendorCode } = this.#library;
    const loaded = await running.process.load({ path, call, vendorCode, folder });
    if (!loaded.ok) await this.end();
    return loaded;
  }

  /** After `ready`. What the library left in its folder is destroyed. */
  async decode(block: Uint8Array): Promise<Result<LibraryPicture, Failure>> {
    const running = this.#running;
    if (!running) return err(failure('decoder.crashed', 'no process'));
    const picture = await running.process.decode(block);
    if (picture.ok) await sweepFolder(running.folder);
    return picture;
  }

  /** Ends the process, where there is one, and destroys its folder. */
  async end(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    if (!running) return;
    const late = new AbortController();
    await Promise.race([running.process.end(), pause(this.#parts.timing, END_LIMIT_MS, late.signal)]);
    late.abort();
    await removePrivateFolder(running.folder);
  }

  /** Like `end`, for good: what is under way ends with a failure instead of being waited for. */
  close(): Promise<void> {
    this.#closed = true;
    return this.end();
  }

  async #unfit(): Promise<Failure | null> {
    const { path, helper } = this.#library;
    const target = await targetOfFile(path);
    if (!target.ok) return target.error;
    if (helper === null) return mismatch(target.value, this.#parts.system);
    const program = await targetOfFile(helper);
    // A script that starts the program can't be looked into.
    if (!program.ok && program.error.code === 'decoder.unfit') return null;
    if (!program.ok) return failure(program.error.code, `the helper program: ${program.error.detail ?? ''}`);
    const [arch = 'unknown'] = program.value.machines;
    return mismatch(target.value, { platform: program.value.system, arch });
  }
}
