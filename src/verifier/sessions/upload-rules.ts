import { SESSION_LIMITS } from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { problem } from '../problems.ts';
import type { Upload } from './session.ts';

/** What a piece does to an upload: it is stored, it came before already, or it is refused. */
export type PiecePlacement = 'append' | 'known';

/**
 * Where a piece belongs. One that ends where an earlier one ended is taken to be that one sent again, because its
 * answer can have been lost; any other has to begin exactly where the upload stands.
 *
 * @param offset of the piece's first byte in the artifact
 * @param bytes length of the piece
 */
export function placePiece(upload: Upload, offset: number, bytes: number): Result<PiecePlacement, Problem> {
  const { artifact, received } = upload;
  if (bytes === 0 || bytes > SESSION_LIMITS.pieceBytes) {
    return err(problem('request_invalid', { detail: `a piece has 1 to ${SESSION_LIMITS.pieceBytes} bytes` }));
  }
  if (offset + bytes > artifact.bytes) {
    return err(problem('artifact_mismatch', { detail: `${artifact.bytes} bytes were announced` }));
  }
  const end = offset + bytes;
  if (
    received === artifact.bytes ? end <= received : upload.pieces.some((piece) => piece.offset + piece.bytes === end)
  ) {
    return ok('known');
  }
  return offset === received ? ok('append') : err(offsetProblem(received));
}

/** A whole artifact at once: exactly the announced size, and at most one piece. */
export function placeWhole(upload: Upload, bytes: number): Result<PiecePlacement, Problem> {
  if (bytes > SESSION_LIMITS.pieceBytes) return err(problem('body_too_large', { detail: 'send it in pieces' }));
  if (bytes !== upload.artifact.bytes) {
    return err(problem('artifact_mismatch', { detail: `${upload.artifact.bytes} bytes were announced` }));
  }
  return ok(upload.objectKey === null ? 'append' : 'known');
}

/** Says where to go on: the text's only number. */
export function offsetProblem(received: number): Problem {
  return problem('artifact_offset', { detail: `continue at ${received}` });
}

/** Parses `?offset=N`; null for anything but a plain number within an artifact. */
export function parseOffset(text: string | undefined): number | null {
  if (text === undefined || !/^(0|[1-9]\d{0,8})$/.test(text)) return null;
  const offset = Number(text);
  return offset < SESSION_LIMITS.artifactBytes ? offset : null;
}
