import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';

/** One object as it is written: whoever takes it can check both hashes. */
export interface FaceObject {
  /** Folders with slashes and a file name; nobody's name. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Hex. */
  readonly sha256: string;
  readonly type: 'image/jpeg' | 'text/plain';
}

export interface PutOptions {
  /** It may have been written before: asked first, so that it isn't sent twice. */
  readonly again: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Where face pictures go. Fails with `face-return.unreachable` (later may help: no answer, 429, 5xx, a folder that
 * isn't there, a full disk) or `face-return.refused` (somebody has to act: keys, rights, bucket, another object of that
 * name). Writing the same object twice is as writing it once.
 */
export interface FaceDestination {
  put(object: FaceObject, options: PutOptions): Promise<Result<null, Failure>>;
  /** Removing what isn't there is fine. */
  remove(name: string, options?: { readonly signal?: AbortSignal }): Promise<Result<null, Failure>>;
}
