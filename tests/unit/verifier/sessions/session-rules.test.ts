import { describe, expect, it } from 'vitest';
import { SESSION_LIMITS, SESSION_STATES } from '../../../../src/shared/protocol/kv1-sessions.ts';
import { retryDelay, RETRY_BOUNDS } from '../../../../src/verifier/sessions/backoff.ts';
import { stateAt, stepProblem } from '../../../../src/verifier/sessions/session-rules.ts';
import type { Upload } from '../../../../src/verifier/sessions/session.ts';
import { parseOffset, placePiece, placeWhole } from '../../../../src/verifier/sessions/upload-rules.ts';

const PIECE = SESSION_LIMITS.pieceBytes;

function upload(changes: Partial<Upload> & { readonly bytes?: number }): Upload {
  const { bytes = 2 * PIECE + 10, ...rest } = changes;
  return {
    artifact: { name: 'face.jpg', bytes, sha256: 'a'.repeat(64), width: 480, height: 640 },
    received: 0,
    pieces: [],
    objectKey: null,
    ...rest,
  };
}

const firstPiece = { objectKey: 'x', offset: 0, bytes: PIECE };

describe('steps of a session', () => {
  it('allows each step in its own state only', () => {
    const table = SESSION_STATES.map((state) => [
      state,
      ...(['upload', 'submit', 'retry', 'settle'] as const).filter(
        (step) => stepProblem({ state, expiresAtMs: 10 }, step, 10) === null,
      ),
    ]);
    expect(table).toEqual([
      ['open', 'upload', 'submit'],
      ['submitted', 'settle'],
      ['unknown-outcome', 'retry'],
      ['decided'],
      ['expired'],
      ['erased'],
    ]);
  });

  it('has an open session expire by itself, and a submitted one not', () => {
    expect(stateAt({ state: 'open', expiresAtMs: 10 }, 11)).toBe('expired');
    expect(stateAt({ state: 'submitted', expiresAtMs: 10 }, 11)).toBe('submitted');
    expect(stepProblem({ state: 'open', expiresAtMs: 10 }, 'submit', 11)?.code).toBe('session_expired');
  });
});

describe('where a piece belongs', () => {
  it.each([
    ['the first', upload({}), 0, PIECE, 'append'],
    ['the next', upload({ received: PIECE, pieces: [firstPiece] }), PIECE, 7, 'append'],
    ['the last one again', upload({ received: PIECE, pieces: [firstPiece] }), 0, PIECE, 'known'],
    ['a gap', upload({ received: PIECE, pieces: [firstPiece] }), PIECE + 1, 7, 'artifact_offset'],
    ['an overlap', upload({ received: PIECE, pieces: [firstPiece] }), 5, 7, 'artifact_offset'],
    ['beyond what was announced', upload({ received: 2 * PIECE }), 2 * PIECE, 11, 'artifact_mismatch'],
    ['too large a piece', upload({}), 0, PIECE + 1, 'request_invalid'],
    ['nothing', upload({}), 0, 0, 'request_invalid'],
    ['again when all is there', upload({ received: 2 * PIECE + 10, objectKey: 'x' }), PIECE, PIECE, 'known'],
  ])('%s', (_what, state, offset, bytes, expected) => {
    const placed = placePiece(state, offset, bytes);
    expect(placed.ok ? placed.value : placed.error.code).toBe(expected);
  });

  it('says where to go on', () => {
    const placed = placePiece(upload({ received: 1_234 }), 0, 7);
    expect(placed).toMatchObject({ ok: false, error: { code: 'artifact_offset', detail: 'continue at 1234' } });
  });

  it('takes a whole of exactly the announced size', () => {
    expect(placeWhole(upload({ bytes: 100 }), 100)).toEqual({ ok: true, value: 'append' });
    expect(placeWhole(upload({ bytes: 100, objectKey: 'x' }), 100)).toEqual({ ok: true, value: 'known' });
    expect(placeWhole(upload({ bytes: 100 }), 99)).toMatchObject({ error: { code: 'artifact_mismatch' } });
    expect(placeWhole(upload({}), PIECE + 1)).toMatchObject({ error: { code: 'body_too_large' } });
  });

  it('parses plain offsets and nothing else', () => {
    expect(['0', '524288'].map((text) => parseOffset(text))).toEqual([0, 524_288]);
    expect([undefined, '', '-1', '01', '1e3', '0x10', ' 1', '999999999'].map((text) => parseOffset(text))).toEqual(
      Array.from({ length: 8 }, () => null),
    );
  });
});

describe('waits between tries', () => {
  it('draws from a window that doubles, keeps to what was asked for, and ends', () => {
    const at = (attempts: number, random: number, retryAfterMs: number | null = null, elapsedMs = 0): number | null =>
      retryDelay(RETRY_BOUNDS, { attempts, elapsedMs, retryAfterMs }, random);
    expect([1, 2, 3, 4].map((attempts) => at(attempts, 0.5))).toEqual([250, 500, 1_000, 2_000]);
    expect(at(1, 0)).toBe(0);
    expect(at(1, 0.5, 3_000)).toBe(3_000);
    expect(at(RETRY_BOUNDS.maxAttempts, 0)).toBeNull();
    expect(at(1, 0, RETRY_BOUNDS.totalMs + 1)).toBeNull();
    expect(at(1, 0, null, RETRY_BOUNDS.totalMs)).toBe(0);
    expect(at(1, 0.01, null, RETRY_BOUNDS.totalMs)).toBeNull();
  });
});
