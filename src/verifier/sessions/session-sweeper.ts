import type { Clock } from '../../shared/clock.ts';
import type { VerifierDatabase } from '../storage/database.ts';

export interface SessionSweeperParts {
  readonly database: VerifierDatabase;
  readonly clock: Clock;
  /** Erases one session and keeps the receipt of it. */
  readonly erase: (sessionId: string) => Promise<unknown>;
  readonly failed?: (error: unknown) => void;
}

export interface SessionSweeper {
  /** Erases what has had its time, and gives how many sessions that were. */
  sweep(): Promise<number>;
  close(): Promise<void>;
}

const INTERVAL_MS = 60_000;
const MOST_AT_ONCE = 500;

/**
 * Erases sessions whose time is over: of those that were never submitted what was uploaded, a day after they were
 * opened; all others at the end of their retention. Several processes may sweep; erasing twice is erasing once.
 */
export function startSessionSweeper(parts: SessionSweeperParts): SessionSweeper {
  let running: Promise<number> | null = null;
  const sweep = (): Promise<number> => {
    running ??= sweepOnce(parts).finally(() => (running = null));
    return running;
  };
  const interval = setInterval(() => {
    sweep().catch((error: unknown) => parts.failed?.(error));
  }, INTERVAL_MS);
  interval.unref();
  return {
    sweep,
    close: async () => {
      clearInterval(interval);
      await running?.catch(() => undefined);
    },
  };
}

async function sweepOnce({ database, clock, erase, failed }: SessionSweeperParts): Promise<number> {
  const due = await database.queries
    .selectFrom('sessions')
    .select('session_id')
    .where('erase_after_ms', '<', clock.wallMs())
    .where('state', '!=', 'submitted')
    .orderBy('erase_after_ms')
    .limit(MOST_AT_ONCE)
    .execute();
  let erased = 0;
  for (const { session_id } of due) {
    try {
      await erase(session_id);
      erased++;
    } catch (error) {
      // The others are still due, and this one comes again.
      failed?.(error);
    }
  }
  return erased;
}
