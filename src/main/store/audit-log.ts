import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Signature } from '../../shared/domain/receipt.ts';
import { auditCheckpointSchema, auditCheckpointText, type AuditCheckpoint } from '../../shared/protocol/kv1.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { StoreDatabase } from './database.ts';
import { CHAIN_START } from './hashing.ts';
import { attempt } from './sqlite-failure.ts';

/** A signed checkpoint is written after every so many entries. */
export const CHECKPOINT_EVERY = 100;

/** Facts about what happened. Never personal data. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>;

export const auditEntrySchema = z.strictObject({
  kind: z.string().min(1).max(60),
  atMs: z.int(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export interface AuditRow {
  readonly seq: number;
  readonly prev: string;
  readonly entry: string;
  readonly mac: string;
}

export interface AuditLog {
  /** Appends one entry durably, in the transaction that is open or in one of its own. */
  append(kind: string, detail: AuditDetail): Result<null, Failure>;
  /** Like `append` inside a transaction that the caller has open; throws what SQLite throws, so that it rolls back. */
  appendWithin(kind: string, detail: AuditDetail): void;
  /** The newest signed checkpoint, to travel with the next batch; null before the first one. */
  latestCheckpoint(): Result<AuditCheckpoint | null, Failure>;
}

export interface AuditLogParts {
  readonly database: StoreDatabase;
  readonly auditKey: Buffer;
  readonly clock: Clock;
  readonly sign: (text: string) => Signature;
}

/** HMAC-SHA-256 over an entry, its place and the entry before it. */
export function entryMac(auditKey: KeyObject, seq: number, prev: string, entry: string): string {
  return createHmac('sha256', auditKey).update(`entry|${seq}|${prev}|${entry}`).digest('hex');
}

/** HMAC-SHA-256 over how far the chain goes: without the key nobody can make a shorter chain look whole. */
export function headMac(auditKey: KeyObject, entries: number, head: string): string {
  return createHmac('sha256', auditKey).update(`head|${entries}|${head}`).digest('hex');
}

export const AUDIT_HEAD = 'audit-head';
export const auditHeadSchema = z.strictObject({ entries: z.int().positive(), head: z.string(), mac: z.string() });

/** The append-only log of what happened to this installation, chained and authenticated under the audit key. */
export function createAuditLog({ database, auditKey: keyBytes, clock, sign }: AuditLogParts): AuditLog {
  const auditKey = createSecretKey(keyBytes);
  const last = database.prepare<[], { seq: number; mac: string }>(
    'SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1',
  );
  const insert = database.prepare('INSERT INTO audit (seq, prev, entry, mac) VALUES (?, ?, ?, ?)');
  const saveHead = database.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)');
  const saveCheckpoint = database.prepare('INSERT INTO audit_checkpoints (entries, checkpoint) VALUES (?, ?)');
  const newest = database
    .prepare<[], string>('SELECT checkpoint FROM audit_checkpoints ORDER BY entries DESC LIMIT 1')
    .pluck();

  function appendWithin(kind: string, detail: AuditDetail): void {
    const before = last.get() ?? { seq: 0, mac: CHAIN_START };
    const seq = before.seq + 1;
    const atMs = clock.wallMs();
    const entry = canonicalJson({ kind, atMs, detail } satisfies AuditEntry);
    const mac = entryMac(auditKey, seq, before.mac, entry);
    insert.run(seq, before.mac, entry, mac);
    saveHead.run(AUDIT_HEAD, JSON.stringify({ entries: seq, head: mac, mac: headMac(auditKey, seq, mac) }));
    if (seq % CHECKPOINT_EVERY === 0) {
      const body = { entries: seq, head: mac, atMs: Math.max(0, atMs) };
      const checkpoint: AuditCheckpoint = { ...body, device: sign(auditCheckpointText(body)) };
      saveCheckpoint.run(seq, canonicalJson(checkpoint));
    }
  }

  const appendAlone = database.transaction(appendWithin);
  return {
    append: (kind, detail) =>
      attempt(() => {
        appendAlone.immediate(kind, detail);
        return null;
      }),
    appendWithin,
    latestCheckpoint: () =>
      attempt(() => {
        const stored = newest.get();
        return stored === undefined ? null : auditCheckpointSchema.parse(JSON.parse(stored));
      }),
  };
}
