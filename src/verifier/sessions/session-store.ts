import type { Artifact, SessionRequest, SignedDecision, SubmitRequest } from '../../shared/protocol/kv1-sessions.ts';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { KeptReview } from '../reviews/review-rules.ts';
import type { Queries, VerifierDatabase } from '../storage/database.ts';
import { uploadEndOf } from './session-rules.ts';
import { insertDecision, toSession, type SessionRow } from './session-rows.ts';
import type { Session, SessionState } from './session.ts';

export interface NewSession {
  readonly deviceId: string;
  readonly request: SessionRequest;
  readonly wrappedKeys: Buffer;
  readonly policyVersion: number;
  readonly openedAtMs: number;
  readonly expiresAtMs: number;
}

/** A session as it is right after it was opened. */
export function newSession({ deviceId, request, wrappedKeys, policyVersion, expiresAtMs }: NewSession): Session {
  return {
    deviceId,
    request,
    state: 'open',
    expiresAtMs,
    submittedAtMs: null,
    askedAgain: false,
    decision: null,
    policyVersion,
    erasedAtMs: null,
    secrets: { wrappedKeys, identity: null, fields: null },
  };
}

export interface Submitted {
  readonly identity: Buffer | null;
  readonly local: SubmitRequest['local'];
  readonly trace: string | null;
  /** The decision after which it is asked again; null where it is submitted for the first time. */
  readonly again: number | null;
  readonly atMs: number;
  readonly eraseAfterMs: number;
}

/** How a question ends: `decided`, or `unknown-outcome` where only a clerk may go on. */
export interface Settlement {
  readonly state: Extract<SessionState, 'decided' | 'unknown-outcome'>;
  readonly decision: SignedDecision;
  /** Encrypted. */
  readonly fields: Buffer | null;
}

/** Sessions in the database. What changes a state says whether it did: of two that try, one succeeds. */
export interface SessionStore {
  /** False when the id is taken. */
  insert(session: NewSession): Promise<boolean>;
  find(sessionId: string): Promise<Session | null>;
  /** What clerks have said about a revision. */
  reviews(sessionId: string, revision: number): Promise<readonly Omit<KeptReview, 'place'>[]>;
  submit(sessionId: string, submitted: Submitted): Promise<boolean>;
  /** Gives a submitted session that is due to `owner` alone, until the lease ends. */
  claim(owner: string, nowMs: number, leaseMs: number): Promise<Session | null>;
  /** False when the lease was lost. */
  renew(sessionId: string, owner: string, untilMs: number): Promise<boolean>;
  /** Lets it go, to be claimed again from `dueMs` on. */
  release(sessionId: string, owner: string, dueMs: number): Promise<void>;
  /** Records how it ended. False when the lease was lost or another revision came in between. */
  settle(sessionId: string, owner: string, settlement: Settlement): Promise<boolean>;
  /** A clerk lets it be asked again. */
  askAgain(sessionId: string, clerk: string, nowMs: number): Promise<boolean>;
}

/** Conditions are part of the statements that change a row, so that several processes can work on one database. */
export function createSessionStore(database: VerifierDatabase): SessionStore {
  return {
    insert: (session) => insertSession(database, session),
    find: async (sessionId) => {
      const row = await selectSession(database.queries, sessionId);
      return row === undefined ? null : toSession(row);
    },
    reviews: async (sessionId, revision) => {
      const rows = await database.queries
        .selectFrom('reviews')
        .select(['clerk', 'decision'])
        .where('session_id', '=', sessionId)
        .where('revision', '=', revision)
        .execute();
      return rows.map(({ clerk, decision }) => ({ clerk, decision: decision === 'passed' ? 'passed' : 'failed' }));
    },
    submit: (sessionId, submitted) => submitSession(database.queries, sessionId, submitted),
    claim: (owner, nowMs, leaseMs) => claimSession(database, owner, nowMs, leaseMs),
    renew: async (sessionId, owner, untilMs) =>
      changed(await ofOwner(database.queries, sessionId, owner).set({ lease_until_ms: untilMs }).executeTakeFirst()),
    release: async (sessionId, owner, dueMs) => {
      await ofOwner(database.queries, sessionId, owner)
        .set({ lease_owner: null, lease_until_ms: dueMs })
        .executeTakeFirst();
    },
    settle: (sessionId, owner, settlement) => settleSession(database, sessionId, owner, settlement),
    askAgain: async (sessionId, clerk, nowMs) =>
      changed(
        await database.queries
          .updateTable('sessions')
          .set({ state: 'submitted', retried_by: clerk, submitted_at_ms: nowMs, updated_at_ms: nowMs })
          .set({ lease_owner: null, lease_until_ms: null })
          .where('session_id', '=', sessionId)
          .where('state', '=', 'unknown-outcome')
          .where('wrapped_key', 'is not', null)
          .executeTakeFirst(),
      ),
  };
}

function insertSession(database: VerifierDatabase, session: NewSession): Promise<boolean> {
  const { request, openedAtMs } = session;
  return database.transaction(async (queries) => {
    const inserted = await queries
      .insertInto('sessions')
      .values({
        session_id: request.sessionId,
        device_id: session.deviceId,
        certify_id: request.certifyId,
        scene_id: request.sceneId,
        check_name: request.check,
        order_id: request.orderId,
        state: 'open',
        simulated: request.simulated ? 1 : 0,
        request: canonicalJson(request),
        consent: canonicalJson(request.consent),
        subject_key: request.subjectKey,
        local: null,
        trace: null,
        wrapped_key: session.wrappedKeys,
        identity_sealed: null,
        fields_sealed: null,
        policy_version: session.policyVersion,
        revision: 0,
        retried_by: null,
        created_at_ms: openedAtMs,
        updated_at_ms: openedAtMs,
        expires_at_ms: session.expiresAtMs,
        submitted_at_ms: null,
        decided_at_ms: null,
        erase_after_ms: uploadEndOf(openedAtMs),
        erased_at_ms: null,
        lease_owner: null,
        lease_until_ms: null,
      })
      .onConflict((conflict) => conflict.column('session_id').doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows !== 1n) return false;
    const rows = request.artifacts.map((artifact) => artifactRow(request.sessionId, artifact, openedAtMs));
    if (rows.length > 0) await queries.insertInto('artifacts').values(rows).execute();
    return true;
  });
}

function artifactRow(sessionId: string, { name, bytes, sha256 }: Artifact, nowMs: number) {
  return {
    session_id: sessionId,
    name,
    bytes,
    sha256,
    received: 0,
    state: 'waiting',
    object_key: null,
    updated_at_ms: nowMs,
  };
}

async function submitSession(queries: Queries, sessionId: string, submitted: Submitted): Promise<boolean> {
  const { identity, local, trace, again, atMs } = submitted;
  const submittable = queries.updateTable('sessions').where('session_id', '=', sessionId);
  const result = await (
    again === null
      ? submittable.where('state', '=', 'open').where('expires_at_ms', '>=', atMs)
      : submittable.where('state', '=', 'decided').where('revision', '=', again)
  )
    .set({
      state: 'submitted',
      identity_sealed: identity,
      local: local === null ? null : canonicalJson(local),
      trace,
      submitted_at_ms: atMs,
      updated_at_ms: atMs,
      erase_after_ms: submitted.eraseAfterMs,
    })
    .where('wrapped_key', 'is not', null)
    .executeTakeFirst();
  return changed(result);
}

async function claimSession(
  database: VerifierDatabase,
  owner: string,
  nowMs: number,
  leaseMs: number,
): Promise<Session | null> {
  const due = await selectSessions(database.queries)
    .where('sessions.state', '=', 'submitted')
    .where((where) => where.or([where('lease_until_ms', 'is', null), where('lease_until_ms', '<=', nowMs)]))
    .orderBy('submitted_at_ms')
    .limit(1)
    .executeTakeFirst();
  if (due === undefined) return null;
  const session = toSession(due);
  const taken = await database.queries
    .updateTable('sessions')
    .set({ lease_owner: owner, lease_until_ms: nowMs + leaseMs })
    .where('session_id', '=', session.request.sessionId)
    .where('state', '=', 'submitted')
    .where('submitted_at_ms', '=', session.submittedAtMs)
    .where((where) => where.or([where('lease_until_ms', 'is', null), where('lease_until_ms', '<=', nowMs)]))
    .executeTakeFirst();
  // Another process was quicker: there may be more that are due.
  return changed(taken) ? session : claimSession(database, owner, nowMs, leaseMs);
}

function settleSession(
  database: VerifierDatabase,
  sessionId: string,
  owner: string,
  { state, decision, fields }: Settlement,
): Promise<boolean> {
  const { body } = decision;
  return database.transaction(async (queries) => {
    const result = await queries
      .updateTable('sessions')
      .set({
        state,
        revision: body.revision,
        fields_sealed: fields,
        // Reports count a case where it was first decided, with what became of it.
        decided_at_ms: (value) => value.fn.coalesce('decided_at_ms', value.val(body.decidedAtMs)),
        erase_after_ms: body.eraseAfterMs,
        updated_at_ms: body.decidedAtMs,
        lease_owner: null,
        lease_until_ms: null,
      })
      .where('session_id', '=', sessionId)
      .where('state', '=', 'submitted')
      .where('lease_owner', '=', owner)
      .where('revision', '=', body.revision - 1)
      .executeTakeFirst();
    if (!changed(result)) return false;
    await insertDecision(queries, decision);
    return true;
  });
}

/** Submitted sessions whose lease this owner has. */
function ofOwner(queries: Queries, sessionId: string, owner: string) {
  return queries
    .updateTable('sessions')
    .where('session_id', '=', sessionId)
    .where('state', '=', 'submitted')
    .where('lease_owner', '=', owner);
}

function selectSession(queries: Queries, sessionId: string): Promise<SessionRow | undefined> {
  return selectSessions(queries).where('sessions.session_id', '=', sessionId).executeTakeFirst();
}

function selectSessions(queries: Queries) {
  return queries
    .selectFrom('sessions')
    .leftJoin('decisions', (join) =>
      join
        .onRef('decisions.session_id', '=', 'sessions.session_id')
        .onRef('decisions.revision', '=', 'sessions.revision'),
    )
    .select([
      'sessions.device_id',
      'sessions.request',
      'sessions.state',
      'sessions.expires_at_ms',
      'sessions.submitted_at_ms',
      'sessions.retried_by',
      'sessions.policy_version',
      'sessions.erased_at_ms',
      'sessions.wrapped_key',
      'sessions.identity_sealed',
      'sessions.fields_sealed',
      'decisions.body',
      'decisions.signature',
    ]);
}

function changed(result: { readonly numUpdatedRows: bigint }): boolean {
  return result.numUpdatedRows === 1n;
}
