import { basename } from 'node:path';
import type { FileTaskState } from '../../shared/ipc/file-task.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { writeExport, type TextPiece } from '../store/export-file.ts';

/** Asks a person where a file goes; null: nowhere, they have changed their mind. */
export type ChooseFile = (suggested: {
  readonly name: string;
  readonly kind: 'csv' | 'jsonl';
}) => Promise<string | null>;

export type CountedPiece = TextPiece & { readonly rows: number };

export interface FileTaskRequest {
  readonly name: string;
  readonly kind: 'csv' | 'jsonl';
  /** Before the first byte; a failure keeps it from beginning. */
  readonly begin: () => Result<null, Failure>;
  readonly pieces: () => Iterable<Result<CountedPiece, Failure>>;
  /** After the last byte, or instead of it. */
  readonly end: (state: FileTaskState) => void;
}

/** Writes one file at a time to where a person wants it, while they go on working. */
export interface FileTask {
  state(): FileTaskState;
  /** Comes back once it has begun, or nowhere was chosen. @returns `request.invalid` while one is being written */
  start(request: FileTaskRequest): Promise<Result<FileTaskState, Failure>>;
  cancel(): FileTaskState;
}

/** How the last file ended stays its state until the next one begins. */
export function createFileTask(chooseFile: ChooseFile): FileTask {
  let state: FileTaskState = { state: 'idle' };
  let running: AbortController | null = null;

  async function write(target: string, { pieces, end }: FileTaskRequest, signal: AbortSignal): Promise<void> {
    const file = basename(target);
    let rows = 0;
    const onPiece = (piece: CountedPiece): void => {
      rows += piece.rows;
      state = { state: 'running', file, done: piece.done, of: piece.of, rows };
    };
    const written = await writeExport(target, pieces(), { signal, onPiece });
    if (!written.ok) state = { state: 'failed', file, failure: written.error };
    else state = written.value === 'written' ? { state: 'written', file, rows } : { state: 'cancelled', file };
    running = null;
    end(state);
  }

  return {
    state: () => state,
    start: async (request) => {
      if (running !== null || state.state === 'choosing') {
        return err(failure('request.invalid', 'a file is being written: wait, or cancel it'));
      }
      const before = state;
      state = { state: 'choosing' };
      const target = await chooseFile(request).catch(() => null);
      if (target === null) return ok((state = before));
      const begun = request.begin();
      if (!begun.ok) {
        state = before;
        return begun;
      }
      running = new AbortController();
      state = { state: 'running', file: basename(target), done: 0, of: 0, rows: 0 };
      void write(target, request, running.signal);
      return ok(state);
    },
    cancel: () => {
      running?.abort();
      return state;
    },
  };
}
