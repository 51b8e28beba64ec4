import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { AuditLog } from './audit-log.ts';
import type { StoreDatabase } from './database.ts';
import { attempt } from './sqlite-failure.ts';

const PAUSED = 'outbox-paused';
const CLOCK_OFFSET = 'verifier-clock-offset';

/** What the outbox remembers over restarts. */
export interface OutboxMemory {
  paused(): Result<boolean, Failure>;
  /** Pauses or resumes, with an entry in the audit log where it changes anything. */
  setPaused(paused: boolean, clerk: string): Result<null, Failure>;
  /** Verifier's clock minus this machine's, milliseconds; null before a signed answer has told. */
  clockOffsetMs(): Result<number | null, Failure>;
  saveClockOffset(offsetMs: number): Result<null, Failure>;
}

/** Not paused until somebody pauses it. Changes are on the disk when they return. */
export function createOutboxMemory(database: StoreDatabase, audit: Pick<AuditLog, 'appendWithin'>): OutboxMemory {
  const read = database.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck();
  const save = database.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)');
  const isPaused = (): boolean => read.get(PAUSED) === 'yes';
  const setPaused = database.transaction((paused: boolean, clerk: string) => {
    if (isPaused() === paused) return;
    save.run(PAUSED, paused ? 'yes' : 'no');
    audit.appendWithin(paused ? 'sync.paused' : 'sync.unpaused', { by: clerk });
  });
  return {
    paused: () => attempt(isPaused),
    setPaused: (paused, clerk) => attempt(() => (setPaused.immediate(paused, clerk), null)),
    clockOffsetMs: () =>
      attempt(() => {
        const offsetMs = Number(read.get(CLOCK_OFFSET) ?? Number.NaN);
        return Number.isSafeInteger(offsetMs) ? offsetMs : null;
      }),
    saveClockOffset: (offsetMs) => attempt(() => (save.run(CLOCK_OFFSET, String(Math.round(offsetMs))), null)),
  };
}
