import type { ArtifactName, SessionRequest } from '../../shared/protocol/kv1-sessions.ts';
import type { Queries, VerifierDatabase } from '../storage/database.ts';
import type { Upload, UploadPiece } from './session.ts';

/** Where artifacts and their pieces are. What changes a row says whether it did: of two that try, one succeeds. */
export interface ArtifactRows {
  /** In the order in which they were announced. */
  uploads(request: SessionRequest): Promise<readonly Upload[]>;
  /** False when the piece doesn't begin where the artifact stands. */
  addPiece(sessionId: string, name: ArtifactName, piece: UploadPiece, nowMs: number): Promise<boolean>;
  /** Makes it one object; gives the objects of its pieces, or null when it doesn't stand at `receivedBefore`. */
  complete(sessionId: string, whole: WholeArtifact, nowMs: number): Promise<readonly string[] | null>;
  /** Forgets what has arrived; gives the objects that held it. */
  startAnew(sessionId: string, name: ArtifactName, nowMs: number): Promise<readonly string[]>;
}

export interface WholeArtifact {
  readonly name: ArtifactName;
  readonly bytes: number;
  readonly receivedBefore: number;
  readonly objectKey: string;
}

/**
 * Each change is one transaction on an artifact that isn't complete. The objects that it names are the caller's to
 * remove.
 */
export function createArtifactRows(database: VerifierDatabase): ArtifactRows {
  return {
    uploads: (request) => selectUploads(database.queries, request),
    addPiece: (sessionId, name, piece, nowMs) =>
      database.transaction(async (queries) => {
        const received = piece.offset + piece.bytes;
        const moved = await waiting(queries, sessionId, name)
          .set({ received, updated_at_ms: nowMs })
          .where('received', '=', piece.offset)
          .executeTakeFirst();
        if (moved.numUpdatedRows !== 1n) return false;
        const { objectKey, offset, bytes } = piece;
        const row = { session_id: sessionId, name, start: offset, bytes, object_key: objectKey, at_ms: nowMs };
        await queries.insertInto('artifact_pieces').values(row).execute();
        return true;
      }),
    complete: (sessionId, { name, bytes, receivedBefore, objectKey }, nowMs) =>
      database.transaction(async (queries) => {
        const moved = await waiting(queries, sessionId, name)
          .set({ state: 'complete', received: bytes, object_key: objectKey, updated_at_ms: nowMs })
          .where('received', '=', receivedBefore)
          .executeTakeFirst();
        return moved.numUpdatedRows === 1n ? dropPieces(queries, sessionId, name) : null;
      }),
    startAnew: (sessionId, name, nowMs) =>
      database.transaction(async (queries) => {
        const moved = await waiting(queries, sessionId, name)
          .set({ received: 0, updated_at_ms: nowMs })
          .executeTakeFirst();
        return moved.numUpdatedRows === 1n ? dropPieces(queries, sessionId, name) : [];
      }),
  };
}

function waiting(queries: Queries, sessionId: string, name: ArtifactName) {
  return queries
    .updateTable('artifacts')
    .where('session_id', '=', sessionId)
    .where('name', '=', name)
    .where('state', '=', 'waiting');
}

async function dropPieces(queries: Queries, sessionId: string, name: ArtifactName): Promise<readonly string[]> {
  const dropped = await queries
    .deleteFrom('artifact_pieces')
    .where('session_id', '=', sessionId)
    .where('name', '=', name)
    .returning('object_key')
    .execute();
  return dropped.map(({ object_key }) => object_key);
}

async function selectUploads(queries: Queries, { sessionId, artifacts }: SessionRequest): Promise<readonly Upload[]> {
  if (artifacts.length === 0) return [];
  const rows = await queries
    .selectFrom('artifacts')
    .select(['name', 'received', 'object_key'])
    .where('session_id', '=', sessionId)
    .execute();
  const isPartial = rows.some(({ received, object_key }) => received > 0 && object_key === null);
  const pieces = isPartial ? await selectPieces(queries, sessionId) : [];
  return artifacts.map((artifact) => {
    const row = rows.find(({ name }) => name === artifact.name);
    return {
      artifact,
      received: row?.received ?? 0,
      objectKey: row?.object_key ?? null,
      pieces: pieces
        .filter(({ name }) => name === artifact.name)
        .map(({ start, bytes, object_key }) => ({ offset: start, bytes, objectKey: object_key })),
    };
  });
}

async function selectPieces(queries: Queries, sessionId: string) {
  return queries
    .selectFrom('artifact_pieces')
    .select(['name', 'start', 'bytes', 'object_key'])
    .where('session_id', '=', sessionId)
    .orderBy('start')
    .execute();
}
