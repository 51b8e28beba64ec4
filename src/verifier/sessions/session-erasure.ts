import type { Clock } from '../../shared/clock.ts';
import {
  decisionBodySchema,
  mayBeAskedAgain,
  sessionRequestSchema,
  type DeletionBody,
} from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { noteErasure, removeNotedObjects, type Held } from '../erasure/erasure-rows.ts';
import { problem } from '../problems.ts';
import type { Queries, VerifierDatabase } from '../storage/database.ts';
import type { Row } from '../storage/tables.ts';
import type { ArtifactObjects } from './artifact-store.ts';
import type { DecisionBell } from './decision-bell.ts';
import type { SessionState } from './session.ts';

export interface SessionErasureParts {
  readonly database: VerifierDatabase;
  readonly objects: ArtifactObjects;
  readonly bell: DecisionBell;
  readonly clock: Clock;
}

/** Destroys what a session holds and gives what it ever held, by the hashes of its content. */
export type DestroySession = (
  sessionId: string,
  why: DeletionBody['why'],
) => Promise<Result<DeletionBody['erased'], Problem>>;

/**
 * Makes the function that erases a session. The wrapped keys go first, in one commit with identity, fields and the names
 * of the objects: from then on nothing can be opened, whatever happens to the objects. The same commit notes the objects
 * that are left to remove, so that a failure or a crash after it loses none. What was decided, and when, stays.
 * An attempt that is under way ends without a decision. `session_state` where its time isn't over any more.
 */
export function createDestroySession({ database, objects, bell, clock }: SessionErasureParts): DestroySession {
  return async (sessionId, why) => {
    const destroyed = await destroyRows(database, sessionId, why, clock.wallMs());
    if (destroyed === null) return err(problem('not_found'));
    if (destroyed === 'in-use') return err(problem('session_state', { detail: 'it began anew' }));
    bell.ring(sessionId);
    await removeNotedObjects(database, objects, sessionId);
    return ok(destroyed);
  };
}

function destroyRows(
  database: VerifierDatabase,
  sessionId: string,
  why: DeletionBody['why'],
  nowMs: number,
): Promise<DeletionBody['erased'] | 'in-use' | null> {
  return database.transaction(async (queries) => {
    const session = await queries
      .selectFrom('sessions')
      .select(['request', 'state', 'revision', 'identity_sealed', 'fields_sealed', 'erased_at_ms', 'erase_after_ms'])
      .where('session_id', '=', sessionId)
      .executeTakeFirst();
    if (session === undefined) return null;
    // Whoever looked for what has had its time looked a moment ago.
    const isInUse = session.state === 'open' || session.state === 'submitted';
    if (why === 'retention' && isInUse && Number(session.erase_after_ms ?? 0) >= nowMs) return 'in-use';
    const held = await takeHeld(queries, sessionId, session, nowMs);
    await queries
      .updateTable('sessions')
      .set({ state: await stateOfDestroyed(queries, sessionId, session, why) })
      .set({ wrapped_key: null, identity_sealed: null, fields_sealed: null })
      .set({ erased_at_ms: session.erased_at_ms ?? nowMs, erase_after_ms: null, updated_at_ms: nowMs })
      .set({ lease_owner: null, lease_until_ms: null })
      .where('session_id', '=', sessionId)
      .execute();
    return noteErasure(queries, sessionId, held, why, nowMs);
  });
}

/** Takes its artifacts from the session's rows. */
async function takeHeld(
  queries: Queries,
  sessionId: string,
  session: Pick<Row<'sessions'>, 'request' | 'identity_sealed' | 'fields_sealed'>,
  nowMs: number,
): Promise<Held> {
  const artifacts = await queries.selectFrom('artifacts').selectAll().where('session_id', '=', sessionId).execute();
  const pieces = await queries
    .deleteFrom('artifact_pieces')
    .where('session_id', '=', sessionId)
    .returning('object_key')
    .execute();
  await queries
    .updateTable('artifacts')
    .set({ state: 'erased', object_key: null, updated_at_ms: nowMs })
    .where('session_id', '=', sessionId)
    .execute();
  const announced = sessionRequestSchema.parse(JSON.parse(session.request)).artifacts;
  const held = artifacts.filter(({ received, state }) => received > 0 && state !== 'erased');
  return {
    erased: [
      ...announced
        .filter(({ name }) => held.some((row) => row.name === name))
        .map(({ name, sha256 }) => ({ name, sha256 })),
      ...(session.identity_sealed === null ? [] : [{ name: 'identity', sha256: null }]),
      ...(session.fields_sealed === null ? [] : [{ name: 'fields', sha256: null }]),
    ],
    objects: [...artifacts, ...pieces].flatMap(({ object_key }) => (object_key === null ? [] : [object_key])),
  };
}

/** What only time has ended, before there was an answer, may be asked anew; nothing else may. */
async function stateOfDestroyed(
  queries: Queries,
  sessionId: string,
  { state, revision }: { readonly state: string; readonly revision: number },
  why: DeletionBody['why'],
): Promise<SessionState> {
  if (why !== 'retention' || state === 'erased') return 'erased';
  const newest = await queries
    .selectFrom('decisions')
    .select('body')
    .where('session_id', '=', sessionId)
    .where('revision', '=', revision)
    .executeTakeFirst();
  if (newest === undefined) return 'expired';
  return mayBeAskedAgain(decisionBodySchema.parse(JSON.parse(newest.body))) ? 'expired' : 'erased';
}
