import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import type { PhotoLibrary } from '../../../shared/domain/photo-decoding.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { DecodedPhoto, PhotoDecoder } from '../photo-decoder.ts';
import type { Timing } from '../timing.ts';
import { madeUpBlock } from './made-up-block.ts';
import { LoadedLibrary } from './loaded-library.ts';
import type { LibraryPicture } from './photo-contract.ts';
import type { System } from './binary-file.ts';
import type { PhotoProcess } from './photo-process.ts';
import { PHOTO_BLOCK_BYTES } from './picture-size.ts';
import { PixelOrderVotes } from './pixel-order.ts';
import { portraitFromPicture } from './portrait-from-picture.ts';

/** So many broken processes in a row, and the library isn't tried again until the settings change. */
export const MOST_CRASHES_IN_A_ROW = 3;

export interface PhotoDecodingParts {
  readonly timing: Timing;
  /** Starts the process that loads libraries; null asks for this program's own, else a helper program's path. */
  readonly startProcess: (helper: string | null) => PhotoProcess;
  /** Where this program's own photo process runs. */
  readonly system: System;
  /** Folders in which a private folder may be made, best first. */
  readonly folderRoots: readonly string[];
}

export interface LibraryPhotoDecoder extends PhotoDecoder {
  /** Starts the process and loads the library ahead of the first card. Fails with a `decoder.` code. */
  prepare(): Promise<Result<void, Failure>>;
  /**
   * Loads the library and has it decode a made-up block. Refusing the block, or making no portrait of it, is right:
   * it shows that the function was found, returns and is licensed. Only a card shows that it decodes.
   *
   * @returns the library's name, and how long it took over the block.
   */
  selfCheck(): Promise<Result<{ readonly name: string; readonly tookMs: number }, Failure>>;
  /** Ends the process and destroys its folder; decodes nothing afterwards. */
  close(): Promise<void>;
}

/**
 * Decodes with a vendor's library in a process of its own. The process is started when first needed, kept between
 * cards, and ended after a crash, a hang or an overwritten buffer. Calls run one after another.
 */
export function libraryPhotoDecoder(library: PhotoLibrary, parts: PhotoDecodingParts): LibraryPhotoDecoder {
  const { clock } = parts.timing;
  const name = `${basename(library.path)} (${library.call})`;
  const votes = new PixelOrderVotes();
  const loaded = new LoadedLibrary({ ...library, path: resolve(library.path) }, parts);
  let crashes = 0;
  let broken: Failure | null = null;
  let last: { readonly block: string; readonly picture: string } | null = null;
  let closed = false;
  let turn: Promise<unknown> = Promise.resolve();

  /** The caller has its answer as soon as there is one; clearing up only keeps the next caller waiting. */
  function inTurn<T>(run: () => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
    const result = turn.then(() => (closed ? err(failure('decoder.none', 'the decoder is closed')) : run()));
    turn = result.then((answer) => (!answer.ok && spoils(answer.error) ? loaded.end() : undefined));
    return result;
  }

  function counted<T>(result: Result<T, Failure>, isCrash: (failure: Failure) => boolean): Result<T, Failure> {
    if (result.ok || !isCrash(result.error)) return result;
    crashes++;
    if (crashes < MOST_CRASHES_IN_A_ROW) return result;
    const { code, detail } = result.error;
    const end = `not tried again after ${crashes} failures in a row, until the settings change`;
    broken = failure(code, detail === undefined ? end : `${detail}; ${end}`);
    return err(broken);
  }

  /** Loading well says nothing of decoding, which may crash each time: the count goes on. */
  async function load(): Promise<Result<void, Failure>> {
    return broken ? err(broken) : counted(await loaded.ready(), endsProcess);
  }

  async function pictureOf(block: Uint8Array): Promise<Result<LibraryPicture, Failure>> {
    const ready = await load();
    if (!ready.ok) return ready;
    const picture = counted(await loaded.decode(block), spoils);
    if (picture.ok || !spoils(picture.error)) crashes = 0;
    return picture;
  }

  /** A library with a memory may hand out the picture of the card before, which nobody may be compared with. */
  function isOfAnotherCard(block: Uint8Array, picture: LibraryPicture): boolean {
    const now = { block: digest(block), picture: digest(picture.bytes) };
    if (last?.picture === now.picture && last.block !== now.block) return true;
    last = now;
    return false;
  }

  async function portraitOf(block: Uint8Array): Promise<Result<DecodedPhoto, Failure>> {
    if (block.length !== PHOTO_BLOCK_BYTES) {
      return err(failure('decoder.refused-photo', `a block of ${block.length} bytes`));
    }
    const picture = await pictureOf(block);
    if (!picture.ok) return picture;
    const portrait = portraitFromPicture(picture.value, library, votes);
    if (!portrait.ok || !isOfAnotherCard(block, picture.value)) return portrait;
    await loaded.end();
    return err(failure('decoder.implausible', 'the library gave the same picture for another card'));
  }

  return {
    name,
    decode: async (given) => {
      // Not slice(), which of a Buffer would be the caller's own memory.
      const block = new Uint8Array(given);
      const portrait = await inTurn(() => portraitOf(block));
      block.fill(0);
      return portrait;
    },
    prepare: () => inTurn(load),
    selfCheck: () =>
      inTurn(async () => {
        const ready = await load();
        if (!ready.ok) return ready;
        const startMs = clock.monotonicMs();
        const picture = await pictureOf(madeUpBlock());
        return picture.ok || isAnswer(picture.error) ? ok({ name, tookMs: clock.monotonicMs() - startMs }) : picture;
      }),
    close: async () => {
      closed = true;
      await loaded.close();
      await turn;
    },
  };
}

function endsProcess({ code }: Failure): boolean {
  return code === 'decoder.crashed' || code === 'decoder.timed-out';
}

/** The process is gone, hangs, or a buffer in it was overwritten. */
function spoils(reason: Failure): boolean {
  return endsProcess(reason) || reason.code === 'decoder.unfit';
}

/** A made-up block is no photo: these are answers of a working library. */
function isAnswer({ code }: Failure): boolean {
  return code === 'decoder.refused-photo' || code === 'decoder.implausible';
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}
