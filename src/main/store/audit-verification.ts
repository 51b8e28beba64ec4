import { createSecretKey, verify, type KeyObject } from 'node:crypto';
import { auditCheckpointSchema, auditCheckpointText } from '../../shared/protocol/kv1.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import { faultAt, parseStoredJson, type AuditFault, type FoundFault } from './audit-fault.ts';
import { AUDIT_HEAD, auditHeadSchema, CHECKPOINT_EVERY, entryMac, headMac, type AuditRow } from './audit-log.ts';
import { factsCheck } from './audit-facts.ts';
import { vouchedRecords } from './audit-vouched-records.ts';
import type { StoreDatabase } from './database.ts';
import { CHAIN_START } from './hashing.ts';
import { attempt } from './sqlite-failure.ts';

export interface AuditReport {
  /** Entries found. */
  readonly entries: number;
  readonly ok: boolean;
  /** Number of the first entry that is missing or wrong; null when the chain holds, or when the fault is beside it. */
  readonly firstBadEntry: number | null;
  readonly reason: AuditFault | null;
}

/** Entries of one step: some milliseconds, also where each of them vouches for a record. */
const PAGE_ROWS = 200;

/** How far a check has come; what an entry vouches for is checked with it, what only the whole shows at the end. */
export interface AuditProgress {
  readonly checked: number;
  readonly of: number;
}

/**
 * Checks the whole audit chain and everything it vouches for: each entry's place and HMAC, how far the chain must
 * reach, the signed checkpoints, and that each committed record and receipt is there unchanged with none added. In the
 * place of a record whose time was over stands what its entry of erasure vouches for, and nothing else.
 *
 * Finds edits, deletions, insertions, swaps, truncation and restamping by anybody who can write to the database but
 * doesn't have the audit key. Putting back an old copy of the whole database shows only at the verifier, which has
 * newer receipts and checkpoints.
 */
export function verifyAudit(
  database: StoreDatabase,
  auditKey: Buffer,
  devicePublicKey: KeyObject,
): Result<AuditReport, Failure> {
  const report = database.transaction((): AuditReport => {
    const check = checkAudit(database, auditKey, devicePublicKey);
    for (;;) {
      const step = check.next();
      if (step.done === true) return step.value;
    }
  });
  return attempt(() => report.deferred());
}

/** The same step by step, for whoever has other work between the steps; the caller holds the transaction. */
export function* checkAudit(
  database: StoreDatabase,
  auditKey: Buffer,
  devicePublicKey: KeyObject,
): Generator<AuditProgress, AuditReport> {
  const entries = database.prepare<[], number>('SELECT count(*) FROM audit').pluck().get() ?? 0;
  const facts = factsCheck(database);
  const of = entries + facts.of;
  const chain = firstFault(database, createSecretKey(auditKey), devicePublicKey);
  let fault: FoundFault | null;
  for (let checked = 0; ; checked += PAGE_ROWS) {
    const step = chain.next();
    if (step.done === true) {
      fault = step.value;
      break;
    }
    yield { checked, of };
  }
  if (fault === null) {
    for (const { checked, fault: found } of facts.steps()) {
      if ((fault = found) !== null) break;
      yield { checked: entries + checked, of };
    }
  }
  return { entries, ok: fault === null, firstBadEntry: fault?.entry ?? null, reason: fault?.reason ?? null };
}

function* firstFault(
  database: StoreDatabase,
  auditKey: KeyObject,
  devicePublicKey: KeyObject,
): Generator<null, FoundFault | null> {
  const records = vouchedRecords(database);
  const checkpoints = checkpointChecks(database, devicePublicKey);
  let seq = 0;
  let head = CHAIN_START;
  for (const rows of auditPages(database)) {
    for (const row of rows) {
      const fault =
        rowFault(row, seq + 1, head, auditKey) ?? checkpoints.faultAfter(row.seq, row.mac) ?? records.faultOf(row);
      if (fault !== null) return fault;
      seq = row.seq;
      head = row.mac;
    }
    yield null;
  }
  return headFault(database, auditKey, seq, head) ?? checkpoints.faultBeyond(seq) ?? records.remainingFault();
}

function* auditPages(database: StoreDatabase): Generator<readonly AuditRow[]> {
  const page = database.prepare<[number, number], AuditRow>(
    'SELECT seq, prev, entry, mac FROM audit WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const rows = page.all(after, PAGE_ROWS);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = last.seq;
  }
}

function rowFault(row: AuditRow, expectedSeq: number, head: string, auditKey: KeyObject): FoundFault | null {
  if (row.seq !== expectedSeq) return faultAt(expectedSeq, 'entry-missing');
  if (row.prev !== head) return faultAt(row.seq, 'chain-broken');
  return row.mac === entryMac(auditKey, row.seq, row.prev, row.entry) ? null : faultAt(row.seq, 'mac-wrong');
}

function headFault(database: StoreDatabase, auditKey: KeyObject, entries: number, head: string): FoundFault | null {
  const stored = database.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck().get(AUDIT_HEAD);
  // Only an installation that never wrote an entry has no head.
  if (stored === undefined) return entries === 0 ? null : faultAt(entries + 1, 'head-missing');
  const parsed = auditHeadSchema.safeParse(parseStoredJson(stored));
  if (!parsed.success) return faultAt(null, 'head-wrong');
  const { entries: reach, head: reachedHead, mac } = parsed.data;
  if (mac !== headMac(auditKey, reach, reachedHead)) return faultAt(null, 'head-wrong');
  if (entries < reach) return faultAt(entries + 1, 'truncated');
  return entries === reach && head === reachedHead ? null : faultAt(reach, 'head-wrong');
}

interface CheckpointChecks {
  faultAfter(seq: number, head: string): FoundFault | null;
  faultBeyond(entries: number): FoundFault | null;
}

function checkpointChecks(database: StoreDatabase, devicePublicKey: KeyObject): CheckpointChecks {
  const at = database.prepare<[number], string>('SELECT checkpoint FROM audit_checkpoints WHERE entries = ?').pluck();
  const furthest = database.prepare<[], number | null>('SELECT max(entries) FROM audit_checkpoints').pluck();
  return {
    faultAfter: (seq, head) => {
      if (seq % CHECKPOINT_EVERY !== 0) return null;
      const stored = at.get(seq);
      if (stored === undefined) return faultAt(seq, 'checkpoint-missing');
      const parsed = auditCheckpointSchema.safeParse(parseStoredJson(stored));
      if (!parsed.success) return faultAt(seq, 'checkpoint-wrong');
      const { entries, device } = parsed.data;
      const signature = Buffer.from(device.signature, 'base64url');
      const signed = verify(null, Buffer.from(auditCheckpointText(parsed.data)), devicePublicKey, signature);
      return signed && entries === seq && parsed.data.head === head ? null : faultAt(seq, 'checkpoint-wrong');
    },
    faultBeyond: (entries) => ((furthest.get() ?? 0) > entries ? faultAt(entries + 1, 'truncated') : null),
  };
}
