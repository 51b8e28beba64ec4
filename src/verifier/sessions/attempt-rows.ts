import type { Clock } from '../../shared/clock.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Attempt, AttemptJournal } from '../../main/verifiers/contract.ts';
import type { VerifierDatabase } from '../storage/database.ts';
import type { Row } from '../storage/tables.ts';

/** One call of a session that was made or is being made. */
export interface SessionAttempt extends Attempt {
  readonly reference: string | null;
  readonly settledReason: string | null;
  readonly settledCode: string | null;
}

/** The attempts of all sessions; the number is unique in a session, so two processes can't make the same one. */
export interface SessionAttempts {
  /** Oldest first. */
  of(sessionId: string): Promise<readonly SessionAttempt[]>;
  /** The journal of one session, as whoever asks a verifier needs it. */
  journal(sessionId: string): AttemptJournal;
}

/**
 * Whatever the database refuses is `store.unavailable`, a number that is taken already included: no call goes out then.
 */
export function createSessionAttempts(database: VerifierDatabase, clock: Clock): SessionAttempts {
  const of = async (sessionId: string): Promise<readonly SessionAttempt[]> => {
    const rows = await database.queries
      .selectFrom('attempts')
      .selectAll()
      .where('session_id', '=', sessionId)
      .orderBy('number')
      .execute();
    return rows.map((row) => toAttempt(row));
  };
  return {
    of,
    journal: (sessionId) => ({
      begin: (attempt) => guarded(() => insertAttempt(database, sessionId, attempt)),
      refer: (attemptId, reference) => guarded(() => update(database, attemptId, { reference })),
      settle: (attemptId, { reason, code }) =>
        guarded(() =>
          update(database, attemptId, {
            settled_reason: reason,
            settled_code: code.slice(0, 120),
            settled_at_ms: clock.wallMs(),
          }),
        ),
      unsettled: (orderId) =>
        guarded(async () =>
          (await of(sessionId)).filter((each) => each.orderId === orderId && each.settledReason === null),
        ),
    }),
  };
}

async function insertAttempt(database: VerifierDatabase, sessionId: string, attempt: Attempt): Promise<null> {
  await database.queries
    .insertInto('attempts')
    .values({
      attempt_id: attempt.attemptId,
      session_id: sessionId,
      certify_id: attempt.certifyId,
      verifier: attempt.verifier,
      operation: attempt.operation,
      order_id: attempt.orderId,
      number: attempt.number,
      started_at_ms: attempt.startedAtMs,
      reference: null,
      settled_reason: null,
      settled_code: null,
      settled_at_ms: null,
    })
    .execute();
  return null;
}

async function update(
  database: VerifierDatabase,
  attemptId: string,
  values: Partial<Pick<Row<'attempts'>, 'reference' | 'settled_reason' | 'settled_code' | 'settled_at_ms'>>,
): Promise<null> {
  await database.queries.updateTable('attempts').set(values).where('attempt_id', '=', attemptId).execute();
  return null;
}

/** A database that doesn't answer is a failure to whoever asks: without its row no call goes out. */
async function guarded<T>(work: () => Promise<T>): Promise<Result<T, Failure>> {
  try {
    return ok(await work());
  } catch {
    return err(failure('store.unavailable'));
  }
}

function toAttempt(row: Row<'attempts'>): SessionAttempt {
  return {
    attemptId: row.attempt_id,
    certifyId: row.certify_id,
    verifier: row.verifier,
    operation: row.operation,
    orderId: row.order_id,
    number: row.number,
    startedAtMs: row.started_at_ms,
    reference: row.reference,
    settledReason: row.settled_reason,
    settledCode: row.settled_code,
  };
}
