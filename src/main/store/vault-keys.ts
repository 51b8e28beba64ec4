import { createCipheriv, createDecipheriv } from 'node:crypto';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AuditDetail, AuditLog } from './audit-log.ts';
import type { StoreDatabase } from './database.ts';
import { attempt, attemptResult } from './sqlite-failure.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Why evidence was destroyed, as the audit log keeps it. */
export type DestroyReason =
  'retention' | 'not-kept' | 'erased' | 'orphaned' | 'write-failed' | 'acknowledged' | 'sent' | 'ended';

/** What is kept, with what its retention depends on; the last two are null where nothing wants it any more. */
export interface EvidenceRow {
  readonly certifyId: string;
  readonly destroyAtMs: number;
  readonly sceneId: string | null;
  readonly startedAtMs: number | null;
}

/** The keys of evidence files: one for each certification, encrypted in the database. */
export interface VaultKeys {
  /** The key of a certification, made when it has none yet; of several ends the earliest holds. */
  keyFor(certifyId: string, destroyAtMs: number): Result<{ readonly key: Buffer; readonly isNew: boolean }, Failure>;
  /** Erases a key for good, with an entry in the audit log; whether there was one. */
  erase(certifyId: string, why: DestroyReason): Result<boolean, Failure>;
  list(): Result<readonly EvidenceRow[], Failure>;
}

export interface VaultKeysParts {
  readonly database: StoreDatabase;
  readonly audit: Pick<AuditLog, 'appendWithin'>;
  /** 32 bytes that encrypt the keys of the certifications. */
  readonly wrappingKey: Buffer;
  readonly randomBytes: (length: number) => Uint8Array;
  /** Evidence where it isn't told. */
  readonly kept?: KeptKind;
}

/**
 * What a vault holds: evidence, by the rules of the scene; materials of a question, until it is answered; face
 * pictures for the customer, until they were sent; what a caller gave, until its request has ended (ids are requests'
 * then); or results' pictures, for as long as the caller may fetch them.
 */
export type KeptKind = 'evidence' | 'materials' | 'face-return' | 'requests' | 'results';

const KEY_TABLES = {
  evidence: 'evidence_keys',
  materials: 'material_keys',
  'face-return': 'face_return_keys',
  requests: 'request_keys',
  results: 'result_keys',
} as const satisfies Record<KeptKind, string>;

const ITS_RECORD = 'records ON records.certify_id = kept.certify_id';

/** What has to be there so that something is kept: its record, or its request; materials go with their question. */
const WANTED = {
  evidence: ITS_RECORD,
  materials: `${ITS_RECORD} AND EXISTS (SELECT 1 FROM checks WHERE checks.certify_id = records.certify_id
                                        AND checks.state <> 'erased' AND checks.closed IS NULL)`,
  'face-return': `${ITS_RECORD} AND EXISTS (SELECT 1 FROM face_returns
                                            WHERE face_returns.certify_id = records.certify_id
                                            AND face_returns.state = 'queued')`,
  requests: `(SELECT request_id, scene_id, created_at_ms AS started_at_ms FROM requests
              WHERE state IN ('waiting', 'running')) AS records ON records.request_id = kept.certify_id`,
  results: ITS_RECORD,
} as const satisfies Record<KeptKind, string>;

/**
 * Keys are wrapped with AES-256-GCM, bound to their id. After one is erased its
 * page is overwritten, and the write-ahead log is emptied where no reader is in the way.
 */
export function createVaultKeys(parts: VaultKeysParts): VaultKeys {
  const { database, audit, wrappingKey, randomBytes, kept = 'evidence' } = parts;
  const keyTable = KEY_TABLES[kept];
  // A deleted key must not stay behind in a free page.
  database.pragma('secure_delete=ON');
  const insert = database.prepare(`INSERT INTO ${keyTable} (certify_id, wrapped_key, destroy_at_ms) VALUES (?, ?, ?)`);
  const shorten = database.prepare(
    `UPDATE ${keyTable} SET destroy_at_ms = @end WHERE certify_id = @certifyId AND destroy_at_ms > @end`,
  );
  const remove = database.prepare(`DELETE FROM ${keyTable} WHERE certify_id = ?`);
  const rows = database.prepare<[], EvidenceRow>(
    `SELECT kept.certify_id AS certifyId, destroy_at_ms AS destroyAtMs, records.scene_id AS sceneId,
            records.started_at_ms AS startedAtMs
     FROM ${keyTable} AS kept LEFT JOIN ${WANTED[kept]}`,
  );
  const erase = database.transaction((certifyId: string, why: DestroyReason): boolean => {
    if (remove.run(certifyId).changes === 0) return false;
    audit.appendWithin(`${kept}.destroyed`, { certifyId, why } satisfies AuditDetail);
    return true;
  });
  return {
    keyFor: (certifyId, destroyAtMs) => {
      const known = readVaultKey(database, wrappingKey, certifyId, kept);
      if (!known.ok) return known;
      const end = Math.round(destroyAtMs);
      if (known.value !== null) {
        const shortened = attempt(() => shorten.run({ certifyId, end }));
        return shortened.ok ? ok({ key: known.value, isNew: false }) : shortened;
      }
      const key = Buffer.from(randomBytes(KEY_BYTES));
      const wrapped = wrap(wrappingKey, Buffer.from(randomBytes(NONCE_BYTES)), certifyId, key);
      const written = attempt(() => insert.run(certifyId, wrapped, end));
      return written.ok ? ok({ key, isNew: true }) : written;
    },
    erase: (certifyId, why) => {
      const erased = attempt(() => erase.immediate(certifyId, why));
      // The write-ahead log still holds the page as it was.
      if (erased.ok && erased.value) attempt(() => database.pragma('wal_checkpoint(TRUNCATE)'));
      return erased;
    },
    list: () => attempt(() => rows.all()),
  };
}

/**
 * The key of a certification's evidence; null when it has none, which includes evidence that was destroyed.
 *
 * @returns `store.wrong-key` when it does not open with this wrapping key
 */
export function readVaultKey(
  database: StoreDatabase,
  wrappingKey: Buffer,
  certifyId: string,
  kept: KeptKind = 'evidence',
): Result<Buffer | null, Failure> {
  const keyTable = KEY_TABLES[kept];
  return attemptResult<Buffer | null>(() => {
    const table = database.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?`);
    // Opened for reading only, a database of an older version has no evidence.
    if (table.get(keyTable) === undefined) return ok(null);
    const query = database.prepare<[string], Buffer>(`SELECT wrapped_key FROM ${keyTable} WHERE certify_id = ?`);
    const wrapped = query.pluck().get(certifyId);
    return wrapped === undefined ? ok(null) : unwrap(wrappingKey, certifyId, wrapped);
  });
}

function wrap(wrappingKey: Buffer, nonce: Buffer, certifyId: string, key: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, nonce);
  cipher.setAAD(Buffer.from(certifyId, 'utf8'));
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

function unwrap(wrappingKey: Buffer, certifyId: string, wrapped: Buffer): Result<Buffer, Failure> {
  if (wrapped.length !== NONCE_BYTES + KEY_BYTES + TAG_BYTES) return err(failure('store.corrupt', 'evidence key'));
  const decipher = createDecipheriv('aes-256-gcm', wrappingKey, wrapped.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(certifyId, 'utf8'));
  decipher.setAuthTag(wrapped.subarray(-TAG_BYTES));
  const key = decipher.update(wrapped.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    decipher.final();
    return ok(key);
  } catch {
    return err(failure('store.wrong-key', 'the evidence key does not open with this master key'));
  }
}
