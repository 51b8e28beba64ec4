import type { KeyObject } from 'node:crypto';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import { checkAudit, type AuditProgress, type AuditReport } from './audit-verification.ts';
import { openDatabase, type StoreDatabase } from './database.ts';
import { attempt } from './sqlite-failure.ts';

export interface AuditSource {
  /** File of the database, and the key that opens it. */
  readonly path: string;
  readonly databaseKey: Buffer;
  readonly auditKey: Buffer;
  readonly devicePublicKey: KeyObject;
}

/**
 * Checks the audit log step by step, on a connection of its own: it sees one moment of the database however long it
 * takes, and nothing waits for it.
 *
 * @returns null when it was cancelled
 */
export async function verifyAuditInSteps(
  { path, databaseKey, auditKey, devicePublicKey }: AuditSource,
  options: { readonly signal: AbortSignal; readonly onProgress: (progress: AuditProgress) => void },
): Promise<Result<AuditReport | null, Failure>> {
  return withSnapshot(path, databaseKey, async (database) => {
    const check = checkAudit(database, auditKey, devicePublicKey);
    for (;;) {
      if (options.signal.aborted) return ok(null);
      const step = attempt(() => check.next());
      if (!step.ok) return step;
      if (step.value.done === true) return ok(step.value.value);
      options.onProgress(step.value.value);
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
}

/** Works on one moment of a database, with a connection that only reads. */
export async function withSnapshot<T>(
  path: string,
  databaseKey: Buffer,
  work: (database: StoreDatabase) => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  const opened = openDatabase(path, databaseKey, { readOnly: true });
  if (!opened.ok) return opened;
  const database = opened.value;
  try {
    const began = attempt(() => database.exec('BEGIN'));
    return began.ok ? await work(database) : began;
  } finally {
    database.close();
  }
}
