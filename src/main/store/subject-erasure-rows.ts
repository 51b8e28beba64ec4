import { z } from 'zod';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Signature } from '../../shared/domain/receipt.ts';
import {
  deviceDeletionBodySchema,
  deviceDeletionReceiptSchema,
  VERIFIER_ERASURES,
  type DeviceDeletionBody,
  type DeviceDeletionReceipt,
  type VerifierErasure,
} from '../../shared/domain/subject-erasure.ts';
import { deletionReceiptSchema, type DeletionReceipt } from '../../shared/protocol/kv1-sessions.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseStoredJson } from './audit-fault.ts';
import type { AuditLog } from './audit-log.ts';
import type { StoreDatabase } from './database.ts';
import { sha256Hex } from './hashing.ts';
import { attempt, attemptResult } from './sqlite-failure.ts';

const ids = z.array(z.string());
const intentSchema = z.strictObject({
  deletionId: z.uuidv7(),
  subjectKey: z.string().regex(/^[0-9a-f]{64}$/),
  why: z.enum(['withdrawn', 'operator']),
  erased: deviceDeletionBodySchema.shape.erased,
  /** What was found at the beginning, so that files are removed even where their key is gone already. */
  targets: z.strictObject({
    evidence: ids,
    materials: ids,
    'face-return': ids,
    requests: ids,
    results: ids,
  }),
  /** The verifier has had something of the person. */
  withVerifier: z.boolean(),
});
/** An erasure that has begun: it is finished after a restart, whatever happens in between. */
export type ErasureIntent = z.infer<typeof intentSchema>;

/** An erasure that is done on this device. */
export interface KeptErasure {
  readonly receipt: DeviceDeletionReceipt;
  /** SHA-256 of the receipt's canonical body, hex. */
  readonly receiptHash: string;
  readonly verifier: VerifierErasure;
  /** The verifier's own proof, as far as it has one. */
  readonly verifierReceipt: DeletionReceipt | null;
}

export interface SubjectErasureRows {
  /** Notes durably what is about to be erased, and withdraws the person's requests with it. */
  begin(intent: ErasureIntent): Result<null, Failure>;
  /** Erasures that have begun and are not done, oldest first. */
  begun(): Result<readonly ErasureIntent[], Failure>;
  /** Keeps the signed receipt, and with it that the verifier has to be told; in one transaction with the audit entry. */
  finish(intent: ErasureIntent, body: DeviceDeletionBody): Result<KeptErasure, Failure>;
  find(deletionId: string): Result<KeptErasure | null, Failure>;
  /** Newest first. */
  list(limit: number): Result<readonly KeptErasure[], Failure>;
  /** The oldest that the verifier has to be told of; null: none. */
  nextQueued(): Result<{ readonly deletionId: string; readonly subjectKey: string } | null, Failure>;
  /** What the verifier says; null: it has nothing of the person. `done`: there is nothing left to ask it for. */
  noteVerifier(deletionId: string, receipt: DeletionReceipt | null, done: boolean): Result<null, Failure>;
}

const INTENT = 'subject-erasure:';
const COLUMNS = 'receipt, verifier_state AS verifier, verifier_receipt AS verifierReceipt';

export interface SubjectErasureParts {
  readonly database: StoreDatabase;
  readonly audit: Pick<AuditLog, 'appendWithin'>;
  /** Signs UTF-8 text with the device's key. */
  readonly sign: (text: string) => Signature;
}

/**
 * Every change is one transaction with its audit entries. An intent or a body that doesn't fit its schema is a bug and
 * throws; rows that do not parse are `store.corrupt`.
 */
export function createSubjectErasureRows({ database, audit, sign }: SubjectErasureParts): SubjectErasureRows {
  const intents = database
    .prepare<[], string>(`SELECT value FROM meta WHERE name GLOB '${INTENT}*' ORDER BY name`)
    .pluck();
  const byId = database.prepare<[string], unknown>(`SELECT ${COLUMNS} FROM subject_erasures WHERE deletion_id = ?`);
  const newest = database.prepare<[number], unknown>(
    `SELECT ${COLUMNS} FROM subject_erasures ORDER BY erased_at_ms DESC, deletion_id DESC LIMIT ?`,
  );
  const queued = database.prepare<[], { deletionId: string; subjectKey: string }>(
    `SELECT deletion_id AS deletionId, subject_key AS subjectKey FROM subject_erasures
     WHERE verifier_state = 'queued' ORDER BY erased_at_ms, deletion_id LIMIT 1`,
  );
  return {
    begin: prepareBegin(database, audit),
    begun: () => attemptResult(() => parseAll(intents.all(), parseIntent)),
    finish: prepareFinish(database, audit, sign),
    find: (deletionId) =>
      attemptResult<KeptErasure | null>(() => {
        const row = byId.get(deletionId);
        return row === undefined ? ok(null) : parseErasure(row);
      }),
    list: (limit) => attemptResult(() => parseAll(newest.all(limit), parseErasure)),
    nextQueued: () => attempt(() => queued.get() ?? null),
    noteVerifier: prepareVerifierNote(database, audit),
  };
}

function prepareBegin(database: StoreDatabase, audit: Pick<AuditLog, 'appendWithin'>): SubjectErasureRows['begin'] {
  const insert = database.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)');
  const withdraw = database
    .prepare<[string], string>(
      `UPDATE requests SET state = 'withdrawn' WHERE subject_key = ? AND state IN ('waiting', 'running')
       RETURNING request_id`,
    )
    .pluck();
  const unname = database.prepare(
    'UPDATE requests SET name_masked = NULL WHERE subject_key = ? AND name_masked IS NOT NULL',
  );
  const transaction = database.transaction((intent: ErasureIntent) => {
    insert.run(`${INTENT}${intent.deletionId}`, canonicalJson(intent));
    for (const requestId of withdraw.all(intent.subjectKey)) audit.appendWithin('request.withdrawn', { requestId });
    unname.run(intent.subjectKey);
    audit.appendWithin('subject.erasing', { deletionId: intent.deletionId, why: intent.why });
    return null;
  });
  return (intent) => attempt(() => transaction.immediate(intentSchema.parse(intent)));
}

function prepareFinish(
  database: StoreDatabase,
  audit: Pick<AuditLog, 'appendWithin'>,
  sign: (text: string) => Signature,
): SubjectErasureRows['finish'] {
  const insert = database.prepare(
    `INSERT INTO subject_erasures (deletion_id, subject_key, receipt, verifier_state, erased_at_ms)
     VALUES (?, ?, ?, ?, ?)`,
  );
  const settle = database.prepare('DELETE FROM meta WHERE name = ?');
  const transaction = database.transaction((intent: ErasureIntent, body: DeviceDeletionBody): KeptErasure => {
    const bodyText = canonicalJson(body);
    const receipt: DeviceDeletionReceipt = { body, device: sign(bodyText) };
    const receiptHash = sha256Hex(bodyText);
    const verifier = intent.withVerifier ? 'queued' : 'none';
    insert.run(body.deletionId, body.subjectKey, canonicalJson(receipt), verifier, body.erasedAtMs);
    settle.run(`${INTENT}${intent.deletionId}`);
    audit.appendWithin('subject.erased', { deletionId: body.deletionId, why: body.why, receiptHash, ...body.erased });
    return { receipt, receiptHash, verifier, verifierReceipt: null };
  });
  return (intent, body) => attempt(() => transaction.immediate(intent, deviceDeletionBodySchema.parse(body)));
}

function prepareVerifierNote(
  database: StoreDatabase,
  audit: Pick<AuditLog, 'appendWithin'>,
): SubjectErasureRows['noteVerifier'] {
  const update = database.prepare(
    `UPDATE subject_erasures SET verifier_state = ?, verifier_receipt = coalesce(?, verifier_receipt)
     WHERE deletion_id = ? AND verifier_state = 'queued'`,
  );
  const transaction = database.transaction((deletionId: string, receipt: DeletionReceipt | null, done: boolean) => {
    const settled = receipt === null ? 'none' : 'erased';
    const { changes } = update.run(done ? settled : 'queued', receipt && canonicalJson(receipt), deletionId);
    if (changes > 0 && done) audit.appendWithin('subject.verifier-erased', { deletionId, had: receipt !== null });
    return null;
  });
  return (deletionId, receipt, done) => attempt(() => transaction.immediate(deletionId, receipt, done));
}

const rowSchema = z.strictObject({
  receipt: z.string().transform(parseStoredJson).pipe(deviceDeletionReceiptSchema),
  verifier: z.enum(VERIFIER_ERASURES),
  verifierReceipt: z.string().transform(parseStoredJson).pipe(deletionReceiptSchema).nullable(),
});

function parseErasure(row: unknown): Result<KeptErasure, Failure> {
  const parsed = rowSchema.safeParse(row);
  if (!parsed.success) return err(failure('store.corrupt', 'an erasure does not parse'));
  return ok({ ...parsed.data, receiptHash: sha256Hex(canonicalJson(parsed.data.receipt.body)) });
}

function parseIntent(text: string): Result<ErasureIntent, Failure> {
  const parsed = intentSchema.safeParse(parseStoredJson(text));
  return parsed.success ? ok(parsed.data) : err(failure('store.corrupt', 'a begun erasure does not parse'));
}

function parseAll<R, T>(rows: readonly R[], parse: (row: R) => Result<T, Failure>): Result<readonly T[], Failure> {
  const all: T[] = [];
  for (const row of rows) {
    const parsed = parse(row);
    if (!parsed.ok) return parsed;
    all.push(parsed.value);
  }
  return ok(all);
}
