import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** What follows the name of a file that is still being written. */
export const PARTIAL_SUFFIX = '.partial';

/** A piece of a long text that goes to a file, and how far it has come. */
export interface TextPiece<Text = string | Uint8Array> {
  /** A text, or its bytes in UTF-8. */
  readonly text: Text;
  readonly done: number;
  readonly of: number;
}

export type ExportEnd = 'written' | 'cancelled';

/**
 * Writes pieces to a file that is there whole or not at all: they go to a partial file beside it, which takes the name
 * when everything is on the disk, and which is removed when that fails or is cancelled. A process that is killed leaves
 * the partial file, which the next export of that name replaces. While one piece is on its way to the disk the next one
 * is made; between two pieces other work gets its turn.
 *
 * @param target absolute; a file that is there is replaced
 * @returns `store.full`, `store.unavailable` or what making the pieces failed with
 */
export async function writeExport<P extends TextPiece>(
  target: string,
  pieces: Iterable<Result<P, Failure>>,
  options: { readonly signal: AbortSignal; readonly onPiece: (piece: P) => void },
): Promise<Result<ExportEnd, Failure>> {
  const partial = `${target}${PARTIAL_SUFFIX}`;
  let file: FileHandle | null = null;
  let written: Result<ExportEnd, Failure>;
  try {
    file = await open(partial, 'w', 0o600);
    written = await writePieces(file, pieces, options);
    if (written.ok && written.value === 'written') {
      await file.sync();
      await file.close();
      file = null;
      await rename(partial, target);
    }
  } catch (error) {
    written = err(fileFailure(error));
  } finally {
    await file?.close().catch(() => undefined);
  }
  if (!written.ok || written.value === 'cancelled') await rm(partial, { force: true }).catch(() => undefined);
  return written;
}

async function writePieces<P extends TextPiece>(
  file: FileHandle,
  pieces: Iterable<Result<P, Failure>>,
  { signal, onPiece }: { readonly signal: AbortSignal; readonly onPiece: (piece: P) => void },
): Promise<Result<ExportEnd, Failure>> {
  let writing: Promise<void> = Promise.resolve();
  try {
    for (const piece of pieces) {
      if (!piece.ok) return piece;
      await writing;
      if (signal.aborted) return ok('cancelled');
      writing = writeAll(file, piece.value.text);
      // A failure is thrown where it is waited for.
      writing.catch(() => undefined);
      onPiece(piece.value);
      await otherWork();
    }
    await writing;
    return ok(signal.aborted ? 'cancelled' : 'written');
  } finally {
    await writing.catch(() => undefined);
  }
}

async function writeAll(file: FileHandle, text: string | Uint8Array): Promise<void> {
  if (text.length > 0) await file.appendFile(text, 'utf8');
}

function otherWork(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Without the path, which may name somebody. */
function fileFailure(error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  if (code === null) throw error;
  return failure(['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code) ? 'store.full' : 'store.unavailable', `file: ${code}`);
}
