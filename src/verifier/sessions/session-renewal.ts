import type { Queries, VerifierDatabase } from '../storage/database.ts';
import type { NewSession } from './session-store.ts';
import { uploadEndOf } from './session-rules.ts';

/**
 * Lets a session that has expired begin anew, with the same question and another time. What was uploaded stays if it is
 * still there; else it has new keys and everything is to be uploaded again. Decisions stay: the next one follows them.
 *
 * @returns false when it hasn't expired, or not any more
 */
export type RenewSession = (sessionId: string, anew: NewSession) => Promise<boolean>;

/** One transaction: of two who renew at the same time one gets true. */
export function createRenewSession(database: VerifierDatabase): RenewSession {
  return (sessionId, anew) => database.transaction((queries) => renewWithin(queries, sessionId, anew));
}

async function renewWithin(queries: Queries, sessionId: string, anew: NewSession): Promise<boolean> {
  const { openedAtMs: nowMs } = anew;
  const session = await queries
    .selectFrom('sessions')
    .select(['state', 'expires_at_ms', 'wrapped_key'])
    .where('session_id', '=', sessionId)
    .executeTakeFirst();
  const hasExpired =
    session?.state === 'expired' || (session?.state === 'open' && Number(session.expires_at_ms) < nowMs);
  if (session === undefined || !hasExpired) return false;
  await queries
    .updateTable('sessions')
    .set({ state: 'open', expires_at_ms: anew.expiresAtMs, erase_after_ms: uploadEndOf(nowMs), updated_at_ms: nowMs })
    .set({ policy_version: anew.policyVersion, submitted_at_ms: null, erased_at_ms: null })
    .where('session_id', '=', sessionId)
    .execute();
  if (session.wrapped_key === null) await beginContentAnew(queries, sessionId, anew);
  return true;
}

async function beginContentAnew(queries: Queries, sessionId: string, anew: NewSession): Promise<void> {
  await queries
    .updateTable('sessions')
    .set({ wrapped_key: anew.wrappedKeys })
    .where('session_id', '=', sessionId)
    .execute();
  await queries
    .updateTable('artifacts')
    .set({ state: 'waiting', received: 0, object_key: null, updated_at_ms: anew.openedAtMs })
    .where('session_id', '=', sessionId)
    .execute();
}
