import type { LibraryHandle } from 'koffi';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PhotoLibraryCall } from '../../../shared/domain/photo-decoding.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { GuardedBuffer } from './guarded-buffer.ts';
import { answerFailure, loadFailure } from './library-answers.ts';
import type { LibraryPicture, LoadRequest } from './photo-contract.ts';
import { BMP_BYTES, PHOTO_BLOCK_BYTES, RAW_BYTES } from './picture-size.ts';
import { sweepFolder } from './private-folder.ts';
import { deadMansSwitch, keepOutOfCoreDumps } from './process-safety.ts';

/** Decodes one block; the picture is the library's own word and is still to be judged. */
export type BoundCall = (block: Uint8Array) => Promise<Result<LibraryPicture, Failure>>;

/** C prototypes as vendors' headers and the programs that use them have it; they hold for 64 bits. */
const PROTOTYPES: Readonly<Record<PhotoLibraryCall, string>> = {
  unpack: 'int unpack(uint8_t *wlt, uint8_t *rgb, int save)',
  'unpack-cpp': 'int _Z6unpackPcS_i(uint8_t *wlt, uint8_t *rgb, int vendorCode)',
  'unpack-bmp': 'int _Unpack(uint8_t *wlt, int length, uint8_t *bmp, int *bmpLength)',
  'get-bmp': 'int __stdcall GetBmp(const char *path, int port)',
  wlt2rgb: 'int Wlt2RGB(uint8_t *wlt, uint8_t *rgb, int vendorCode, int save, const char *path)',
};
const DO_NOT_SAVE = 0;
/** A well-meaning library may read on behind the block. */
const BLOCK_ROOM_BYTES = 4096;

/**
 * Loads the library into this process and looks its function up. Fails with `decoder.missing` (also for a file it
 * depends on), `decoder.wrong-bitness` or `decoder.unfit`.
 */
export async function bindLibrary(request: LoadRequest): Promise<Result<BoundCall, Failure>> {
  const koffi = await import('koffi').catch(() => null);
  if (!koffi) return err(failure('decoder.missing', 'this installation can not call libraries'));
  keepOutOfCoreDumps(koffi);
  const guarded = deadMansSwitch(koffi);
  let library: LibraryHandle;
  try {
    library = guarded(() => koffi.load(request.path));
  } catch (error) {
    return err(loadFailure(error instanceof Error ? error.message : ''));
  }
  let native: NativeCall;
  try {
    native = library.func(PROTOTYPES[request.call]);
  } catch {
    return err(failure('decoder.unfit', `the library has no function for ${request.call}`));
  }
  return ok(boundCall(request, (...args) => guarded(() => Number(native(...args)))));
}

type NativeCall = (...args: unknown[]) => unknown;
type GuardedCall = (...args: unknown[]) => number;

function boundCall({ call, vendorCode, folder }: LoadRequest, native: GuardedCall): BoundCall {
  switch (call) {
    case 'unpack':
      return rawCall(call, (block, rgb) => native(block, rgb, DO_NOT_SAVE));
    case 'unpack-cpp':
      return rawCall(call, (block, rgb) => native(block, rgb, vendorCode));
    case 'wlt2rgb':
      return rawCall(call, (block, rgb) => native(block, rgb, vendorCode, DO_NOT_SAVE, join(folder, 'id.bmp')));
    case 'unpack-bmp':
      return async (block) => unpackToBmp(native, block);
    case 'get-bmp':
      return (block) => getBmp(native, block, vendorCode, folder);
  }
}

function rawCall(call: PhotoLibraryCall, native: (block: Uint8Array, rgb: Uint8Array) => number): BoundCall {
  return async (block) =>
    withBuffers(block, RAW_BYTES, (input, output) => {
      const refused = answerFailure(call, native(input, output));
      return refused ? err(refused) : ok({ form: 'raw', bytes: output.slice() });
    });
}

function unpackToBmp(native: GuardedCall, block: Uint8Array): Result<LibraryPicture, Failure> {
  return withBuffers(block, BMP_BYTES, (input, output) => {
    const length = new Int32Array([BMP_BYTES]);
    const refused = answerFailure('unpack-bmp', native(input, PHOTO_BLOCK_BYTES, output, length));
    if (refused) return err(refused);
    if (length[0] !== BMP_BYTES) return err(failure('decoder.implausible', `a picture of ${length[0]} bytes`));
    return ok({ form: 'bmp', bytes: output.slice() });
  });
}

/** Gives a library its memory and looks afterwards whether it kept within; both buffers are cleared. */
function withBuffers(
  block: Uint8Array,
  outputBytes: number,
  call: (input: Uint8Array, output: Uint8Array) => Result<LibraryPicture, Failure>,
): Result<LibraryPicture, Failure> {
  const input = new Uint8Array(BLOCK_ROOM_BYTES);
  input.set(block);
  const output = new GuardedBuffer(outputBytes);
  const picture = call(input, output.bytes);
  const { overwritten } = output;
  output.clear();
  input.fill(0);
  if (overwritten === 0) return picture;
  return err(failure('decoder.unfit', `the library overwrote ${overwritten} bytes beside the picture`));
}

/** `GetBmp` works on files: `id.wlt` beside which it writes `id.bmp`. Whatever it leaves is destroyed. */
async function getBmp(
  native: GuardedCall,
  block: Uint8Array,
  port: number,
  folder: string,
): Promise<Result<LibraryPicture, Failure>> {
  const input = join(folder, 'id.wlt');
  const output = join(folder, 'id.bmp');
  await sweepFolder(folder);
  try {
    await writeFile(input, block, { mode: 0o600, flag: 'wx' });
    const refused = answerFailure('get-bmp', native(input, port));
    if (refused) return err(refused);
    const size = await stat(output).then((found) => (found.isFile() ? found.size : 0));
    if (size !== BMP_BYTES) return err(failure('decoder.implausible', `a picture of ${size} bytes`));
    return ok({ form: 'bmp', bytes: new Uint8Array(await readFile(output)) });
  } catch {
    return err(failure('decoder.implausible', 'the library wrote no picture'));
  } finally {
    await sweepFolder(folder);
  }
}
