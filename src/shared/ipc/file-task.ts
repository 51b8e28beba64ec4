import type { Failure } from '../reasons.ts';

/** A file that is being written while the window goes on; `file` is its name without its folder. */
export type FileTaskState =
  | { readonly state: 'idle' }
  | { readonly state: 'choosing' }
  | {
      readonly state: 'running';
      readonly file: string;
      /** Of what has to be looked at, and what of it is in the file. */
      readonly done: number;
      readonly of: number;
      readonly rows: number;
    }
  | { readonly state: 'written'; readonly file: string; readonly rows: number }
  | { readonly state: 'cancelled'; readonly file: string }
  | { readonly state: 'failed'; readonly file: string; readonly failure: Failure };
