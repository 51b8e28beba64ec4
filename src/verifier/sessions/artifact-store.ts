import { createHash } from 'node:crypto';
import type { Clock } from '../../shared/clock.ts';
import type { Artifact, SessionRequest } from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { problem } from '../problems.ts';
import type { ArtifactRows } from './artifact-rows.ts';
import { decryptUnder, encryptUnder, type RandomBytes } from './envelope.ts';
import { isAsAnnounced, type LoadedArtifact } from './materials.ts';
import { contextOf } from './session-keys.ts';
import type { Upload } from './session.ts';
import { placePiece, placeWhole, type PiecePlacement } from './upload-rules.ts';

/** What of an object store is needed here. */
export interface ArtifactObjects {
  put(key: string, bytes: Buffer): Promise<void>;
  /** Null when there is no such object. */
  get(key: string): Promise<Buffer | null>;
  remove(key: string): Promise<void>;
}

/** How much of an artifact has arrived. */
export interface Arrived {
  readonly received: number;
  readonly complete: boolean;
}

/** Artifacts of sessions: what arrives is encrypted before it is written anywhere. */
export interface ArtifactStore {
  uploads(request: SessionRequest): Promise<readonly Upload[]>;
  /** Takes the whole artifact at once. */
  putWhole(request: SessionRequest, key: Uint8Array, upload: Upload, bytes: Buffer): Promise<Result<Arrived, Problem>>;
  /** Takes the next piece; with the last one the whole is checked against its announcement. */
  putPiece(
    request: SessionRequest,
    key: Uint8Array,
    upload: Upload,
    piece: { readonly offset: number; readonly bytes: Buffer },
  ): Promise<Result<Arrived, Problem>>;
  /** All artifacts in clear; null when one isn't complete or can't be opened. */
  load(request: SessionRequest, key: Uint8Array): Promise<readonly LoadedArtifact[] | null>;
}

export interface ArtifactStoreParts {
  readonly rows: ArtifactRows;
  readonly objects: ArtifactObjects;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

interface Target {
  readonly request: SessionRequest;
  readonly key: Uint8Array;
  readonly upload: Upload;
}

/**
 * An object is put before the row that names it. With the last byte size, kind and SHA-256 are checked:
 * `artifact_mismatch` drops everything, so that it is sent anew.
 */
export function createArtifactStore(parts: ArtifactStoreParts): ArtifactStore {
  const { rows } = parts;
  return {
    uploads: (request) => rows.uploads(request),
    putWhole: async (request, key, upload, bytes) => {
      const placed = placeWhole(upload, bytes.length);
      return placing(placed, upload, () => complete(parts, { request, key, upload }, 0, bytes));
    },
    putPiece: async (request, key, upload, { offset, bytes }) => {
      const placed = placePiece(upload, offset, bytes.length);
      return placing(placed, upload, () => append(parts, { request, key, upload }, offset, bytes));
    },
    load: async (request, key) => {
      const uploads = await rows.uploads(request);
      const loaded = await Promise.all(uploads.map((upload) => loadWhole(parts, request, key, upload)));
      return loaded.every((each) => each !== null) ? loaded : null;
    },
  };
}

async function placing(
  placed: Result<PiecePlacement, Problem>,
  { received, objectKey }: Upload,
  work: () => Promise<Result<Arrived, Problem>>,
): Promise<Result<Arrived, Problem>> {
  if (!placed.ok) return placed;
  return placed.value === 'known' ? ok({ received, complete: objectKey !== null }) : work();
}

async function append(
  parts: ArtifactStoreParts,
  target: Target,
  offset: number,
  bytes: Buffer,
): Promise<Result<Arrived, Problem>> {
  const { request, key, upload } = target;
  if (offset + bytes.length === upload.artifact.bytes) {
    const before = await loadPieces(parts, target);
    return before === null
      ? err(problem('internal'))
      : complete(parts, target, offset, Buffer.concat([...before, bytes]));
  }
  const objectKey = await putEncrypted(parts, request, key, pieceContext(upload, offset), bytes);
  const piece = { objectKey, offset, bytes: bytes.length };
  const received = offset + bytes.length;
  const added = await parts.rows.addPiece(request.sessionId, upload.artifact.name, piece, parts.clock.wallMs());
  return added ? ok({ received, complete: false }) : yieldToOther(parts, target, objectKey, received);
}

/** Checks the whole and makes one object of it. What isn't as announced is dropped, so that it can be sent anew. */
async function complete(
  parts: ArtifactStoreParts,
  target: Target,
  receivedBefore: number,
  whole: Buffer,
): Promise<Result<Arrived, Problem>> {
  const { request, key, upload } = target;
  const { artifact } = upload;
  const { name } = artifact;
  const fault = contentFault(artifact, whole);
  if (fault !== null) {
    await removeObjects(parts, await parts.rows.startAnew(request.sessionId, name, parts.clock.wallMs()));
    return err(problem('artifact_mismatch', { detail: fault }));
  }
  const objectKey = await putEncrypted(parts, request, key, name, whole);
  const pieces = await parts.rows.complete(
    request.sessionId,
    { name, bytes: artifact.bytes, receivedBefore, objectKey },
    parts.clock.wallMs(),
  );
  if (pieces === null) return yieldToOther(parts, target, objectKey, artifact.bytes);
  await removeObjects(parts, pieces);
  return ok({ received: artifact.bytes, complete: true });
}

function contentFault(artifact: Artifact, whole: Buffer): string | null {
  if (createHash('sha256').update(whole).digest('hex') !== artifact.sha256) return `${artifact.name}: SHA-256`;
  if (isAsAnnounced(artifact, whole)) return null;
  return `${artifact.name}: not a file of that kind and size`;
}

/** Two requests brought the same at the same time: the later one's object goes, and the artifact is where it is. */
async function yieldToOther(
  parts: ArtifactStoreParts,
  { request, upload }: Target,
  objectKey: string,
  wanted: number,
): Promise<Result<Arrived, Problem>> {
  await parts.objects.remove(objectKey);
  const now = (await parts.rows.uploads(request)).find(({ artifact }) => artifact.name === upload.artifact.name);
  const received = now?.received ?? 0;
  return received >= wanted
    ? ok({ received, complete: (now?.objectKey ?? null) !== null })
    : err(problem('artifact_offset', { detail: `continue at ${received}` }));
}

async function loadPieces({ objects }: ArtifactStoreParts, { request, key, upload }: Target): Promise<Buffer[] | null> {
  const pieces: Buffer[] = [];
  for (const { objectKey, offset } of upload.pieces) {
    const sealed = await objects.get(objectKey);
    const context = contextOf(request, pieceContext(upload, offset));
    const plain = sealed === null ? null : decryptUnder(key, sealed, context);
    if (plain === null) return null;
    pieces.push(plain);
  }
  return pieces;
}

async function loadWhole(
  { objects }: ArtifactStoreParts,
  request: SessionRequest,
  key: Uint8Array,
  { artifact, objectKey }: Upload,
): Promise<LoadedArtifact | null> {
  const sealed = objectKey === null ? null : await objects.get(objectKey);
  const bytes = sealed === null ? null : decryptUnder(key, sealed, contextOf(request, artifact.name));
  return bytes === null ? null : { artifact, bytes };
}

function pieceContext({ artifact }: Upload, offset: number): string {
  return `${artifact.name}@${offset}`;
}

/** Names are random: two requests never write the same object, and a name tells nothing. */
async function putEncrypted(
  { objects, randomBytes }: ArtifactStoreParts,
  request: SessionRequest,
  key: Uint8Array,
  context: string,
  bytes: Buffer,
): Promise<string> {
  const objectKey = `sessions/${request.sessionId}/${randomBytes(12).toString('hex')}`;
  await objects.put(objectKey, encryptUnder(key, bytes, contextOf(request, context), randomBytes));
  return objectKey;
}

async function removeObjects({ objects }: ArtifactStoreParts, objectKeys: readonly string[]): Promise<void> {
  for (const objectKey of objectKeys) await objects.remove(objectKey);
}
