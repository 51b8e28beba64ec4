import { createHash } from 'node:crypto';
import type { Signature } from '../../shared/domain/receipt.ts';
import { auditExportText, type AuditExportEnd, type AuditExportHead } from '../../shared/protocol/audit-export.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { AuditRow } from './audit-log.ts';
import { openDatabase, type StoreDatabase } from './database.ts';
import type { TextPiece } from './export-file.ts';
import { CHAIN_START } from './hashing.ts';
import { attempt } from './sqlite-failure.ts';

const ENTRIES_PER_STEP = 2_000;

export interface AuditExportParts {
  /** File of the database, and the key that opens it. */
  readonly path: string;
  readonly databaseKey: Buffer;
  readonly head: AuditExportHead;
  /** Signs UTF-8 text with the device's key. */
  readonly sign: (text: string) => Signature;
}

export type AuditExportPiece = TextPiece<string> & { readonly rows: number };

/**
 * The whole audit log of one moment as lines of JSON, piece by piece, with a signature over all of it at the end; on a
 * connection of its own, which sees nothing of what is written meanwhile.
 */
export function* exportAudit(parts: AuditExportParts): Generator<Result<AuditExportPiece, Failure>, void> {
  const opened = openDatabase(parts.path, parts.databaseKey, { readOnly: true });
  if (!opened.ok) {
    yield opened;
    return;
  }
  try {
    yield* piecesOf(opened.value, parts);
  } finally {
    opened.value.close();
  }
}

function* piecesOf(
  database: StoreDatabase,
  { head, sign }: AuditExportParts,
): Generator<Result<AuditExportPiece, Failure>, void> {
  const began = attempt(() => {
    database.exec('BEGIN');
    return database.prepare<[], number>('SELECT count(*) FROM audit').pluck().get() ?? 0;
  });
  if (!began.ok) {
    yield began;
    return;
  }
  const of = began.value;
  const hash = createHash('sha256');
  const hashed = (text: string): string => {
    hash.update(text);
    return text;
  };
  yield ok({ text: hashed(line(head)), rows: 0, done: 0, of });
  let [done, after, lastMac] = [0, 0, CHAIN_START];
  const page = attempt(() =>
    database.prepare<[number], AuditRow>(
      `SELECT seq, prev, entry, mac FROM audit WHERE seq > ? ORDER BY seq LIMIT ${ENTRIES_PER_STEP}`,
    ),
  );
  while (page.ok) {
    const rows = attempt(() => page.value.all(after));
    if (!rows.ok) {
      yield rows;
      return;
    }
    const last = rows.value.at(-1);
    if (last === undefined) break;
    [done, after, lastMac] = [done + rows.value.length, last.seq, last.mac];
    yield ok({ text: hashed(rows.value.map(line).join('')), rows: rows.value.length, done, of });
  }
  if (!page.ok) {
    yield page;
    return;
  }
  const body = { entries: done, head: lastMac, sha256: hash.digest('hex') };
  yield ok({
    text: line({ ...body, device: sign(auditExportText(body)) } satisfies AuditExportEnd),
    rows: 0,
    done,
    of,
  });
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
