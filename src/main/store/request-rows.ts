import { z } from 'zod';
import { certificationRequestSchema, REQUEST_LIFETIME_MS } from '../../shared/domain/certification-request.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseStoredJson } from './audit-fault.ts';
import type { AuditLog } from './audit-log.ts';
import type { StoreDatabase } from './database.ts';
import { requestVerdict, VERDICT_COLUMNS } from './request-verdict.ts';
import { attempt, attemptResult } from './sqlite-failure.ts';

const consentSchema = z.strictObject({ capture: z.literal(true), transmit: z.boolean() });
const keptRequestSchema = certificationRequestSchema.extend({
  /** SHA-256 of the scene and its scheme as they were, hex. */
  schemeHash: z.string(),
  consent: consentSchema.nullable(),
});
export type KeptRequest = z.infer<typeof keptRequestSchema>;

export interface NewRequestRow extends Omit<KeptRequest, 'state' | 'certifyId' | 'verdict'> {
  /** SHA-256 of the token, hex; the token itself is kept nowhere. */
  readonly tokenHash: string;
  /** Of the person whom the caller names; null where it names nobody. */
  readonly subjectKey: string | null;
}

/** Requests of callers: whatever is returned as changed is on the disk. */
export interface RequestRows {
  /**
   * Adds a request. An earlier one of the same order that waits is withdrawn with it: its token is worth nothing any
   * more. One that is carried out goes on, and the new one has to wait for it. Gives the ids of those.
   *
   * @returns `request.passed` where the order has passed
   */
  issue(row: NewRequestRow): Result<readonly string[], Failure>;
  find(requestId: string): Result<KeptRequest | null, Failure>;
  findByToken(tokenHash: string): Result<KeptRequest | null, Failure>;
  /** The newest request of an order; `sceneId` null: of whatever scene. */
  findByOrder(orderId: string, sceneId: string | null): Result<KeptRequest | null, Failure>;
  /**
   * Gives a waiting request to a certification, once, in one transaction.
   *
   * @returns `request.unknown`, `request.expired` (also for one that was withdrawn, or that comes from the future),
   *   `request.used` (also while another of its order is carried out), `request.passed`, `scene.changed`
   */
  begin(
    requestId: string,
    begun: { certifyId: string; nowMs: number; schemeHash: string },
  ): Result<KeptRequest, Failure>;
  /** @returns `request.unknown`, or `request.used` for one that is carried out or has ended */
  withdraw(requestId: string): Result<KeptRequest, Failure>;
  /** Waiting ones whose time is over expire, and those that were begun and never came to a record. Gives their ids. */
  expire(nowMs: number): Result<readonly string[], Failure>;
  /** For the start: what was under way when the program ended has no record and never gets one. Gives their ids. */
  endInterrupted(): Result<readonly string[], Failure>;
  list(offset: number, limit: number): Result<{ total: number; rows: readonly KeptRequest[] }, Failure>;
}

const SELECT = `SELECT requests.request_id AS requestId, requests.scene_id AS sceneId, requests.scheme, scheme_hash AS schemeHash,
  requests.order_id AS orderId, requests.state, inputs, consent, created_at_ms AS createdAtMs,
  expires_at_ms AS expiresAtMs, requests.certify_id AS certifyId,
  coalesce(name_masked, json_extract(records.record, '$.subject.nameMasked')) AS nameMasked, ${VERDICT_COLUMNS}
  FROM requests LEFT JOIN records ON records.certify_id = requests.certify_id`;

/** No certification takes as long as a request waits at most. */
const OVER = `(state = 'waiting' AND (expires_at_ms <= ? OR created_at_ms > ?)) OR (state = 'running' AND expires_at_ms <= ?)`;

/** Each change is one transaction with its audit entries. Rows that do not parse are `store.corrupt`. */
export function createRequestRows(database: StoreDatabase, audit: Pick<AuditLog, 'appendWithin'>): RequestRows {
  const byId = database.prepare<[string], StoredRequest>(`${SELECT} WHERE request_id = ?`);
  const byToken = database.prepare<[string], StoredRequest>(`${SELECT} WHERE token_hash = ?`);
  const byOrder = database.prepare<[string, string | null], StoredRequest>(
    `${SELECT} WHERE requests.order_id = ? AND requests.scene_id = coalesce(?, requests.scene_id)
     ORDER BY created_at_ms DESC, request_id DESC LIMIT 1`,
  );
  const page = database.prepare<[number, number], StoredRequest>(
    `${SELECT} ORDER BY created_at_ms DESC, request_id DESC LIMIT ? OFFSET ?`,
  );
  const count = database.prepare<[], number>('SELECT count(*) FROM requests').pluck();
  const end = prepareEnd(database, audit);
  const one = (found: StoredRequest | undefined): Result<KeptRequest | null, Failure> =>
    found === undefined ? ok(null) : parseRequest(found);
  return {
    issue: prepareIssue(database, audit),
    find: (requestId) => attemptResult(() => one(byId.get(requestId))),
    findByToken: (tokenHash) => attemptResult(() => one(byToken.get(tokenHash))),
    findByOrder: (orderId, sceneId) => attemptResult(() => one(byOrder.get(orderId, sceneId))),
    begin: prepareBegin(database, audit, (requestId) => one(byId.get(requestId))),
    withdraw: prepareWithdrawal(database, audit, (requestId) => one(byId.get(requestId))),
    expire: (nowMs) => end(OVER, [nowMs, nowMs + REQUEST_LIFETIME_MS, nowMs - REQUEST_LIFETIME_MS]),
    endInterrupted: () => end(`state = 'running'`, []),
    list: (offset, limit) =>
      attemptResult(() => {
        const rows: KeptRequest[] = [];
        for (const stored of page.all(limit, offset)) {
          const row = parseRequest(stored);
          if (!row.ok) return row;
          rows.push(row.value);
        }
        return ok({ total: count.get() ?? 0, rows });
      }),
  };
}

function prepareEnd(
  database: StoreDatabase,
  audit: Pick<AuditLog, 'appendWithin'>,
): (which: string, times: readonly number[]) => Result<readonly string[], Failure> {
  const transaction = database.transaction((which: string, times: readonly number[]): readonly string[] => {
    const ids = database
      .prepare<number[], string>(
        `UPDATE requests SET state = 'expired', name_masked = NULL WHERE ${which} RETURNING request_id`,
      )
      .pluck()
      .all(...times);
    for (const requestId of ids) audit.appendWithin('request.expired', { requestId });
    return ids;
  });
  return (which, times) => attempt(() => transaction.immediate(which, times));
}

interface StoredRequest {
  readonly inputs: string;
  readonly consent: string | null;
  readonly nameMasked: string | null;
  readonly recorded: string | null;
}

function parseRequest(stored: StoredRequest): Result<KeptRequest, Failure> {
  const { inputs, consent, nameMasked, recorded, ...row } = stored;
  const verdict = recorded === null ? ok(null) : requestVerdict(parseStoredJson(recorded));
  if (!verdict.ok) return verdict;
  const parsed = keptRequestSchema.safeParse({
    ...row,
    inputs: parseStoredJson(inputs),
    consent: consent === null ? null : parseStoredJson(consent),
    ...(nameMasked === null ? {} : { nameMasked }),
    ...(verdict.value === null ? {} : { verdict: verdict.value }),
  });
  return parsed.success ? ok(parsed.data) : err(failure('store.corrupt', 'a request does not parse'));
}

/** Whether an order has passed in its scene, whatever the verifier said since. */
function preparePassed(database: StoreDatabase): (sceneId: string, orderId: string) => boolean {
  const passed = database.prepare<[string, string]>(
    `SELECT 1 FROM records WHERE scene_id = ? AND order_id = ? AND outcome = 'passed' LIMIT 1`,
  );
  return (sceneId, orderId) => passed.get(sceneId, orderId) !== undefined;
}

function prepareIssue(database: StoreDatabase, audit: Pick<AuditLog, 'appendWithin'>): RequestRows['issue'] {
  const hasPassed = preparePassed(database);
  const supersede = database
    .prepare<[string, string], string>(
      `UPDATE requests SET state = 'withdrawn', name_masked = NULL
       WHERE scene_id = ? AND order_id = ? AND state = 'waiting' RETURNING request_id`,
    )
    .pluck();
  const insert = database.prepare(
    `INSERT INTO requests (request_id, token_hash, scene_id, scheme, scheme_hash, order_id, state, inputs, consent,
       subject_key, name_masked, created_at_ms, expires_at_ms)
     VALUES (@requestId, @tokenHash, @sceneId, @scheme, @schemeHash, @orderId, 'waiting', @inputs, @consent,
       @subjectKey, @nameMasked, @createdAtMs, @expiresAtMs)`,
  );
  const transaction = database.transaction((row: NewRequestRow): Result<readonly string[], Failure> => {
    const { requestId, sceneId, scheme, orderId } = row;
    if (hasPassed(sceneId, orderId)) return err(failure('request.passed'));
    const withdrawn = supersede.all(sceneId, orderId);
    const consent = row.consent === null ? null : JSON.stringify(row.consent);
    insert.run({ ...row, inputs: JSON.stringify(row.inputs), consent, nameMasked: row.nameMasked ?? null });
    for (const id of withdrawn) audit.appendWithin('request.withdrawn', { requestId: id, replacedBy: requestId });
    audit.appendWithin('request.made', { requestId, sceneId, scheme });
    return ok(withdrawn);
  });
  return (row) => attemptResult(() => transaction.immediate(row));
}

type Find = (requestId: string) => Result<KeptRequest | null, Failure>;

function prepareBegin(
  database: StoreDatabase,
  audit: Pick<AuditLog, 'appendWithin'>,
  find: Find,
): RequestRows['begin'] {
  const hasPassed = preparePassed(database);
  const isUnderWay = prepareUnderWay(database);
  const setState = database.prepare('UPDATE requests SET state = ?, certify_id = ? WHERE request_id = ?');
  const transaction = database.transaction(
    (requestId: string, { certifyId, nowMs, schemeHash }: Parameters<RequestRows['begin']>[1]) => {
      const found = find(requestId);
      if (!found.ok) return found;
      const request = found.value;
      if (request === null) return err(failure('request.unknown'));
      if (request.state === 'running' || request.state === 'submitted') return err(failure('request.used'));
      if (request.state !== 'waiting') return err(failure('request.expired', request.state));
      if (hasPassed(request.sceneId, request.orderId)) return err(failure('request.passed'));
      if (isUnderWay(request, nowMs)) return err(failure('request.used', 'another of its order is carried out'));
      // Its state changes when what was given with it is destroyed.
      if (isOver(request, nowMs)) return err(failure('request.expired'));
      if (request.schemeHash !== schemeHash) return err(failure('scene.changed', request.sceneId));
      setState.run('running', certifyId, requestId);
      audit.appendWithin('request.begun', { requestId, certifyId });
      return ok<KeptRequest>({ ...request, state: 'running', certifyId });
    },
  );
  return (requestId, begun) => attemptResult(() => transaction.immediate(requestId, begun));
}

/** Whether another request of the same order is carried out; one that never came to a record blocks no order for long. */
function prepareUnderWay(database: StoreDatabase): (request: KeptRequest, nowMs: number) => boolean {
  const other = database.prepare<[string, string, number]>(
    `SELECT 1 FROM requests WHERE scene_id = ? AND order_id = ? AND state = 'running' AND expires_at_ms > ? LIMIT 1`,
  );
  return ({ sceneId, orderId }, nowMs) => other.get(sceneId, orderId, nowMs - REQUEST_LIFETIME_MS) !== undefined;
}

/** A clock that was put back must not make a request live longer than it may. */
function isOver({ createdAtMs, expiresAtMs }: KeptRequest, nowMs: number): boolean {
  return nowMs >= expiresAtMs || createdAtMs > nowMs + REQUEST_LIFETIME_MS;
}

function prepareWithdrawal(
  database: StoreDatabase,
  audit: Pick<AuditLog, 'appendWithin'>,
  find: Find,
): RequestRows['withdraw'] {
  const withdraw = database.prepare(`UPDATE requests SET state = 'withdrawn', name_masked = NULL WHERE request_id = ?`);
  const transaction = database.transaction((requestId: string) => {
    const found = find(requestId);
    if (!found.ok) return found;
    if (found.value === null) return err(failure('request.unknown'));
    if (found.value.state === 'running' || found.value.state === 'submitted') return err(failure('request.used'));
    if (found.value.state !== 'waiting') return ok(found.value);
    withdraw.run(requestId);
    audit.appendWithin('request.withdrawn', { requestId });
    return ok<KeptRequest>({ ...found.value, state: 'withdrawn' });
  });
  return (requestId) => attemptResult(() => transaction.immediate(requestId));
}
