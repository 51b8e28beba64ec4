import { z } from 'zod';
import { deletionBodySchema, type DeletionBody } from '../../shared/protocol/kv1-sessions.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { Queries, VerifierDatabase } from '../storage/database.ts';

export type ErasureReason = DeletionBody['why'];
export type Erased = DeletionBody['erased'];

/** What a session held: content by its hashes, and the objects that it was in. */
export interface Held {
  readonly erased: Erased;
  readonly objects: readonly string[];
}

/** An erasure that was begun and of which no receipt tells yet. */
export interface BegunErasure {
  readonly sessionId: string;
  readonly why: ErasureReason;
  /** The session began anew since: it ends with a receipt of its own, which tells of this too. */
  readonly beganAnew: boolean;
}

const objectsSchema = z.array(z.string());

/**
 * Notes in the commit that destroys a session's keys what is destroyed with them and which objects are left to remove.
 *
 * @returns all that ever was destroyed of the session
 */
export async function noteErasure(
  queries: Queries,
  sessionId: string,
  held: Held,
  why: ErasureReason,
  nowMs: number,
): Promise<Erased> {
  const row = await queries
    .selectFrom('erasures')
    .select(['erased', 'objects'])
    .where('session_id', '=', sessionId)
    .executeTakeFirst();
  const known = row === undefined ? [] : deletionBodySchema.shape.erased.parse(JSON.parse(row.erased));
  if (row !== undefined && held.erased.length === 0 && held.objects.length === 0) return known;
  const isKnown = (item: Erased[number]) =>
    known.some(({ name, sha256 }) => name === item.name && sha256 === item.sha256);
  const erased = [...known, ...held.erased.filter((item) => !isKnown(item))];
  const objects = new Set([...(row === undefined ? [] : objectsOf(row)), ...held.objects]);
  const noted = { why, erased: JSON.stringify(erased), objects: JSON.stringify([...objects]) };
  const times = { begun_at_ms: nowMs, settled_at_ms: null };
  await queries
    .insertInto('erasures')
    .values({ session_id: sessionId, ...noted, ...times })
    .onConflict((conflict) => conflict.column('session_id').doUpdateSet({ ...noted, ...times }))
    .execute();
  return erased;
}

/** Removes a session's noted objects. What couldn't be removed stays noted, and the store's failure is thrown. */
export async function removeNotedObjects(
  database: VerifierDatabase,
  store: Pick<ObjectStore, 'remove'>,
  sessionId: string,
): Promise<void> {
  const row = await noted(database.queries, sessionId);
  if (row === undefined) return;
  const removed = new Set<string>();
  try {
    for (const key of objectsOf(row)) {
      await store.remove(key);
      removed.add(key);
    }
  } finally {
    if (removed.size > 0) await strike(database, sessionId, removed);
  }
}

/** Erasures that began at least so long ago without an end: the process or the object store failed in between. */
export async function begunErasures(queries: Queries, beforeMs: number, limit: number): Promise<BegunErasure[]> {
  const rows = await queries
    .selectFrom('erasures')
    .innerJoin('sessions', 'sessions.session_id', 'erasures.session_id')
    .select(['erasures.session_id', 'why', 'wrapped_key'])
    .where('settled_at_ms', 'is', null)
    .where('begun_at_ms', '<', beforeMs)
    .orderBy('begun_at_ms')
    .limit(limit)
    .execute();
  return rows.map(({ session_id: sessionId, why, wrapped_key }) => ({
    sessionId,
    why: deletionBodySchema.shape.why.parse(why),
    beganAnew: wrapped_key !== null,
  }));
}

/** A receipt tells of these sessions: what has no object left is over. Belongs into the commit that keeps the receipt. */
export async function settleErasures(queries: Queries, sessions: readonly string[], nowMs: number): Promise<void> {
  await queries
    .updateTable('erasures')
    .set({ settled_at_ms: nowMs })
    .where('session_id', 'in', [...sessions])
    .where('settled_at_ms', 'is', null)
    .where('objects', '=', '[]')
    .execute();
}

async function strike(database: VerifierDatabase, sessionId: string, removed: ReadonlySet<string>): Promise<void> {
  await database.transaction(async (queries) => {
    const row = await noted(queries, sessionId);
    if (row === undefined) return;
    const left = objectsOf(row).filter((key) => !removed.has(key));
    const objects = JSON.stringify(left);
    await queries.updateTable('erasures').set({ objects }).where('session_id', '=', sessionId).execute();
  });
}

function noted(queries: Queries, sessionId: string) {
  return queries.selectFrom('erasures').select('objects').where('session_id', '=', sessionId).executeTakeFirst();
}

function objectsOf({ objects }: { readonly objects: string }): readonly string[] {
  return objectsSchema.parse(JSON.parse(objects));
}
