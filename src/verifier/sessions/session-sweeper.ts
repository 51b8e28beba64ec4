import type { Clock } from '../../shared/clock.ts';
import { begunErasures, removeNotedObjects, type ErasureReason } from '../erasure/erasure-rows.ts';
import type { VerifierDatabase } from '../storage/database.ts';
import type { ArtifactObjects } from './artifact-store.ts';

export type EraseSession = (sessionId: string, why: ErasureReason) => Promise<unknown>;

export interface SessionSweeperParts {
  readonly database: VerifierDatabase;
  readonly objects: Pick<ArtifactObjects, 'remove'>;
  readonly clock: Clock;
  /** Erases one session and keeps the receipt of it. */
  readonly erase: EraseSession;
  readonly failed?: (error: unknown) => void;
}

export interface SessionSweeper {
  /** Finishes erasures that were broken off, erases what has had its time, and gives of how many sessions the time was over. */
  sweep(): Promise<number>;
  close(): Promise<void>;
}

const INTERVAL_MS = 60_000;
const MOST_AT_ONCE = 500;
/** An erasure that began later may still be at work. */
const BROKEN_OFF_AFTER_MS = 60_000;

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

async function sweepOnce(parts: SessionSweeperParts): Promise<number> {
  await finishErasures(parts);
  return eraseDue(parts);
}

/** Removes what an object store or a process that failed has left, and has the receipt made that is missing. */
async function finishErasures({ database, objects, clock, erase, failed }: SessionSweeperParts): Promise<void> {
  const begun = await begunErasures(database.queries, clock.wallMs() - BROKEN_OFF_AFTER_MS, MOST_AT_ONCE);
  for (const { sessionId, why, beganAnew } of begun) {
    try {
      await removeNotedObjects(database, objects, sessionId);
      if (!beganAnew) await erase(sessionId, why);
    } catch (error) {
      // It stays noted, and comes again.
      failed?.(error);
    }
  }
}

async function eraseDue({ database, clock, erase, failed }: SessionSweeperParts): Promise<number> {
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
      await erase(session_id, 'retention');
      erased++;
    } catch (error) {
      // The others are still due, and this one comes again.
      failed?.(error);
    }
  }
  return erased;
}
