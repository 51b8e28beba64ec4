import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Clock } from '../../shared/clock.ts';
import { deletionReceiptSchema, type DeletionBody, type DeletionReceipt } from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { problem } from '../problems.ts';
import type { ServerKey } from '../server-key.ts';
import type { VerifierDatabase } from '../storage/database.ts';
import { settleErasures, type Erased, type ErasureReason } from './erasure-rows.ts';
import { eraseAtVendors, type VendorErasure } from './vendor-erasure.ts';

export type { Erased, ErasureReason };

/** Who asks: a device, which reaches its own sessions only, or one of the verifier's operators. */
export type ErasureAsker = { readonly deviceId: string } | 'operator';

/** Destroys what a session holds: keys, pictures, identity. Repeatable; gives all that it ever held. */
export type DestroySession = (sessionId: string, why: ErasureReason) => Promise<Result<Erased, Problem>>;

export interface ErasureDesk {
  /** Erases one session's pictures and identity, here and at vendors. The decision stays. */
  eraseArtifacts(
    sessionId: string,
    why: ErasureReason,
    asker: ErasureAsker,
    vendors: VendorErasure,
  ): Promise<Result<DeletionReceipt, Problem>>;
  /** The same for every session of a subject. */
  eraseSubject(
    subjectKey: string,
    why: ErasureReason,
    asker: ErasureAsker,
    vendors: VendorErasure,
  ): Promise<Result<DeletionReceipt, Problem>>;
}

export interface ErasureParts {
  readonly database: VerifierDatabase;
  readonly serverKey: ServerKey;
  readonly clock: Clock;
  /** A UUID version 7. */
  readonly newId: () => string;
  readonly destroySession: DestroySession;
  /** 200 unless given. */
  readonly sessionsPerReceipt?: number;
}

/**
 * Sessions that one receipt names. It could name 1,000; of these also every call to a vendor fits in (five for each).
 * A subject with more has several receipts: its sessions are taken by age in rounds, each with a receipt of its own, so
 * that later sessions change none but the last.
 */
const SESSIONS_PER_RECEIPT = 200;

interface Scope {
  readonly kind: DeletionBody['kind'];
  readonly of: string;
  readonly deviceId: string | null;
}

interface Target {
  readonly sessionId: string;
  /** Nothing of it is left, and a receipt tells so. */
  readonly erased: boolean;
}

/**
 * Erases, and proves it with a signed receipt that is kept. Asked again it gives the same receipt, unless something has
 * come since or a vendor hadn't done its part: then that is done and a new receipt tells of both.
 */
export function createErasureDesk(parts: ErasureParts): ErasureDesk {
  const running = new Map<string, Promise<Result<DeletionReceipt, Problem>>>();
  /** Two who ask for the same thing at once get the same receipt. */
  const once = (scope: Scope, work: () => Promise<Result<DeletionReceipt, Problem>>) => {
    const name = `${scope.kind} ${scope.of} ${scope.deviceId ?? ''}`;
    const known = running.get(name);
    if (known !== undefined) return known;
    const started = work().finally(() => running.delete(name));
    running.set(name, started);
    return started;
  };
  return {
    eraseArtifacts: (sessionId, why, asker, vendors) => {
      const scope: Scope = { kind: 'artifacts', of: sessionId, deviceId: deviceOf(asker) };
      return once(scope, () => eraseOne(scope, why, vendors, parts));
    },
    eraseSubject: (subjectKey, why, asker, vendors) => {
      const scope: Scope = { kind: 'subject', of: subjectKey, deviceId: deviceOf(asker) };
      return once(scope, () => eraseInRounds(scope, why, vendors, parts));
    },
  };
}

function deviceOf(asker: ErasureAsker): string | null {
  return asker === 'operator' ? null : asker.deviceId;
}

async function eraseOne(
  scope: Scope,
  why: ErasureReason,
  vendors: VendorErasure,
  parts: ErasureParts,
): Promise<Result<DeletionReceipt, Problem>> {
  const targets = await sessionTargets(scope, parts);
  // A session that its asker doesn't reach isn't there, whatever receipts others have.
  return targets.length === 0 ? err(problem('not_found')) : erase(scope, targets, why, vendors, parts);
}

/** Answers with a receipt by which something has to be asked for again, where there is one; else with the newest. */
async function eraseInRounds(
  scope: Scope,
  why: ErasureReason,
  vendors: VendorErasure,
  parts: ErasureParts,
): Promise<Result<DeletionReceipt, Problem>> {
  const receipts: DeletionReceipt[] = [];
  const { sessionsPerReceipt = SESSIONS_PER_RECEIPT } = parts;
  for (let skipped = 0; ; skipped += sessionsPerReceipt) {
    const targets = await subjectTargets(scope, { skipped, limit: sessionsPerReceipt }, parts);
    if (targets.length === 0) break;
    const receipt = await erase(scope, targets, why, vendors, parts);
    if (!receipt.ok) return receipt;
    receipts.push(receipt.value);
  }
  const answer = receipts.find(hasFailed) ?? receipts.at(-1);
  return answer === undefined ? err(problem('not_found')) : ok(answer);
}

function hasFailed({ body }: DeletionReceipt): boolean {
  return body.vendors.some(({ outcome }) => outcome === 'failed');
}

async function erase(
  scope: Scope,
  targets: readonly Target[],
  why: ErasureReason,
  vendors: VendorErasure,
  parts: ErasureParts,
): Promise<Result<DeletionReceipt, Problem>> {
  const sessions = targets.map(({ sessionId }) => sessionId);
  const kept = await newestReceipt(scope, sessions, parts.database);
  const isDone = kept !== null && !hasFailed(kept);
  if (isDone && targets.every(({ sessionId, erased }) => erased && kept.body.sessions.includes(sessionId)))
    return ok(kept);
  const erased: Erased[number][] = [];
  for (const { sessionId } of targets) {
    const destroyed = await parts.destroySession(sessionId, why);
    if (!destroyed.ok) return destroyed;
    erased.push(...destroyed.value.filter((item) => !erased.some((known) => isSame(known, item))));
  }
  erased.push(...missingOf(kept?.body.erased ?? [], erased));
  const asked = await eraseAtVendors(sessions, vendors, parts.database);
  return ok(await keepReceipt(scope, { sessions, erased, vendors: asked, why }, parts));
}

/** An identity has no hash, so each session's counts; what has one is told by it. */
function isSame(one: Erased[number], other: Erased[number]): boolean {
  return one.name === other.name && one.sha256 === other.sha256 && one.sha256 !== null;
}

/** What an earlier receipt names beyond what is known now: it was destroyed before such things were noted. */
function missingOf(earlier: Erased, now: Erased): Erased {
  const left = [...now];
  return earlier.filter(({ name, sha256 }) => {
    const found = left.findIndex((item) => item.name === name && item.sha256 === sha256);
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
}

async function sessionTargets({ of, deviceId }: Scope, { database }: ErasureParts): Promise<readonly Target[]> {
  let query = targetRows(database).where('sessions.session_id', '=', of);
  if (deviceId !== null) query = query.where('device_id', '=', deviceId);
  return (await query.execute()).map(toTarget);
}

async function subjectTargets(
  { of, deviceId }: Scope,
  { skipped, limit }: { readonly skipped: number; readonly limit: number },
  { database }: ErasureParts,
): Promise<readonly Target[]> {
  let query = targetRows(database).where('subject_key', '=', of);
  if (deviceId !== null) query = query.where('device_id', '=', deviceId);
  const byAge = query.orderBy('created_at_ms').orderBy('sessions.session_id');
  return (await byAge.limit(limit).offset(skipped).execute()).map(toTarget);
}

function targetRows({ queries }: VerifierDatabase) {
  return queries
    .selectFrom('sessions')
    .leftJoin('erasures', 'erasures.session_id', 'sessions.session_id')
    .select(['sessions.session_id', 'state', 'begun_at_ms', 'settled_at_ms']);
}

/** What was erased before erasures were noted has no note. */
function toTarget(row: {
  readonly session_id: string;
  readonly state: string;
  readonly begun_at_ms: number | null;
  readonly settled_at_ms: number | null;
}): Target {
  const isSettled = row.begun_at_ms === null || row.settled_at_ms !== null;
  return { sessionId: row.session_id, erased: row.state === 'erased' && isSettled };
}

/** The newest one that tells of none but these sessions. */
async function newestReceipt(
  { kind, of, deviceId }: Scope,
  sessions: readonly string[],
  database: VerifierDatabase,
): Promise<DeletionReceipt | null> {
  let query = database.queries
    .selectFrom('deletions')
    .select(['body', 'signature'])
    .where('kind', '=', kind)
    .where('of_id', '=', of);
  // A session's receipt is its own, whoever asked; a subject's covers what its asker reaches.
  if (kind === 'subject') query = query.where('device_id', deviceId === null ? 'is' : '=', deviceId);
  const rows = await query.orderBy('at_ms', 'desc').orderBy('deletion_id', 'desc').execute();
  const among = new Set(sessions);
  for (const { body, signature } of rows) {
    const receipt: unknown = { body: JSON.parse(body) as unknown, server: JSON.parse(signature) as unknown };
    const parsed = deletionReceiptSchema.parse(receipt);
    if (parsed.body.sessions.every((sessionId) => among.has(sessionId))) return parsed;
  }
  return null;
}

async function keepReceipt(
  { kind, of, deviceId }: Scope,
  found: Pick<DeletionBody, 'sessions' | 'erased' | 'vendors' | 'why'>,
  { database, serverKey, clock, newId }: ErasureParts,
): Promise<DeletionReceipt> {
  const body: DeletionBody = { v: 1, kind, of, ...found, erasedAtMs: clock.wallMs() };
  const text = canonicalJson(body);
  const server = serverKey.sign(text);
  const kept = { kind, of_id: of, device_id: deviceId, body: text, signature: canonicalJson(server) };
  const row = { deletion_id: newId(), ...kept, at_ms: body.erasedAtMs };
  await database.transaction(async (queries) => {
    await queries.insertInto('deletions').values(row).execute();
    await settleErasures(queries, body.sessions, body.erasedAtMs);
  });
  return { body, server };
}
