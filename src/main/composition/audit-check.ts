import type { Clock } from '../../shared/clock.ts';
import type { AuditCheckState, AuditOutcome } from '../../shared/ipc/admin-audit.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { verifyAuditInSteps } from '../store/audit-steps.ts';
import type { Installation } from './installation.ts';

/** The check of the audit log, one at a time, and what the last one said. */
export interface AuditCheck {
  state(): AuditCheckState;
  /** What the last check came to since the start; null: there was none. */
  outcome(): AuditOutcome | null;
  /** Answers when it is over; null: it was cancelled. @returns `request.invalid` while one is running */
  run(): Promise<Result<AuditOutcome | null, Failure>>;
  cancel(): AuditCheckState;
}

/** What the last check said is in memory alone: after a restart there was none. */
export function createAuditCheck(
  { database, keys, identity }: Pick<Installation, 'database' | 'keys' | 'identity'>,
  clock: Clock,
): AuditCheck {
  let state: AuditCheckState = { state: 'never' };
  let last: AuditOutcome | null = null;
  let running: AbortController | null = null;

  async function run(signal: AbortSignal): Promise<Result<AuditOutcome | null, Failure>> {
    const source = {
      path: database.name,
      databaseKey: keys.database,
      auditKey: keys.audit,
      devicePublicKey: identity.publicKey,
    };
    const report = await verifyAuditInSteps(source, {
      signal,
      onProgress: (progress) => (state = { state: 'running', ...progress }),
    });
    if (!report.ok) {
      state = { state: 'failed', failure: report.error };
      return report;
    }
    if (report.value === null) {
      state = { state: 'cancelled' };
      return ok(null);
    }
    const { entries, ok: holds, firstBadEntry, reason } = report.value;
    last = { entries, ok: holds, firstBadEntry };
    state = { state: 'checked', outcome: last, reason, atMs: clock.wallMs() };
    return ok(last);
  }

  return {
    state: () => state,
    outcome: () => last,
    run: async () => {
      if (running !== null) return err(failure('request.invalid', 'the audit log is being checked'));
      running = new AbortController();
      state = { state: 'running', checked: 0, of: 0 };
      try {
        return await run(running.signal);
      } finally {
        running = null;
      }
    },
    cancel: () => {
      running?.abort();
      return state;
    },
  };
}
