import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Clock } from '../../shared/clock.ts';
import { deletionReceiptSchema, type DeletionBody, type DeletionReceipt } from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { problem } from '../problems.ts';
import type { ServerKey } from '../server-key.ts';
import type { VerifierDatabase } from '../storage/database.ts';
import { eraseAtVendors, type VendorErasure } from './vendor-erasure.ts';

export type ErasureReason = DeletionBody['why'];
export type Erased = DeletionBody['erased'];

/** Who asks: a device, which reaches its own sessions only, or one of the verifier's operators. */
export type ErasureAsker = { readonly deviceId: string } | 'operator';

/** Destroys what a session holds: keys, pictures, identity. Repeatable; gives what there was to destroy. */
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
}

/** Sessions that one receipt can name. */
const MOST_SESSIONS = 1_000;

interface Scope {
  readonly kind: DeletionBody['kind'];
  readonly of: string;
  readonly deviceId: string | null;
}

interface Target {
  readonly sessionId: string;
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
      return once(scope, async () => erase(scope, await sessionTargets(scope, parts), why, vendors, parts));
    },
    eraseSubject: (subjectKey, why, asker, vendors) => {
      const scope: Scope = { kind: 'subject', of: subjectKey, deviceId: deviceOf(asker) };
      return once(scope, async () => erase(scope, await subjectTargets(scope, parts), why, vendors, parts));
    },
  };
}

function deviceOf(asker: ErasureAsker): string | null {
  return asker === 'operator' ? null : asker.deviceId;
}

async function erase(
  scope: Scope,
  targets: readonly Target[],
  why: ErasureReason,
  vendors: VendorErasure,
  parts: ErasureParts,
): Promise<Result<DeletionReceipt, Problem>> {
  const kept = await newestReceipt(scope, parts.database);
  // A session that its asker doesn't reach isn't there, whatever receipts others have.
  if (targets.length === 0) return kept === null || scope.kind === 'artifacts' ? err(problem('not_found')) : ok(kept);
  const isDone = kept !== null && kept.body.vendors.every(({ outcome }) => outcome !== 'failed');
  if (isDone && targets.every(({ sessionId, erased }) => erased && kept.body.sessions.includes(sessionId)))
    return ok(kept);
  const erased: Erased[number][] = [...(kept?.body.erased ?? [])];
  for (const { sessionId } of targets) {
    const destroyed = await parts.destroySession(sessionId, why);
    if (!destroyed.ok) return destroyed;
    erased.push(...destroyed.value.filter((item) => !erased.some((known) => isSame(known, item))));
  }
  const sessions = targets.map(({ sessionId }) => sessionId);
  const asked = await eraseAtVendors(sessions, vendors, parts.database);
  return ok(await keepReceipt(scope, { sessions, erased, vendors: asked, why }, parts));
}

/** An identity has no hash, so each session's counts; what has one is told by it. */
function isSame(one: Erased[number], other: Erased[number]): boolean {
  return one.name === other.name && one.sha256 === other.sha256 && one.sha256 !== null;
}

async function sessionTargets({ of, deviceId }: Scope, { database }: ErasureParts): Promise<readonly Target[]> {
  let query = database.queries.selectFrom('sessions').select(['session_id', 'state']).where('session_id', '=', of);
  if (deviceId !== null) query = query.where('device_id', '=', deviceId);
  return (await query.execute()).map(toTarget);
}

async function subjectTargets({ of, deviceId }: Scope, { database }: ErasureParts): Promise<readonly Target[]> {
  let query = database.queries.selectFrom('sessions').select(['session_id', 'state']).where('subject_key', '=', of);
  if (deviceId !== null) query = query.where('device_id', '=', deviceId);
  return (await query.orderBy('created_at_ms', 'desc').limit(MOST_SESSIONS).execute()).map(toTarget);
}

function toTarget(row: { readonly session_id: string; readonly state: string }): Target {
  return { sessionId: row.session_id, erased: row.state === 'erased' };
}

async function newestReceipt(
  { kind, of, deviceId }: Scope,
  database: VerifierDatabase,
): Promise<DeletionReceipt | null> {
  let query = database.queries
    .selectFrom('deletions')
    .select(['body', 'signature'])
    .where('kind', '=', kind)
    .where('of_id', '=', of);
  // A session's receipt is its own, whoever asked; a subject's covers what its asker reaches.
  if (kind === 'subject') query = query.where('device_id', deviceId === null ? 'is' : '=', deviceId);
  const row = await query.orderBy('at_ms', 'desc').orderBy('deletion_id', 'desc').limit(1).executeTakeFirst();
  if (row === undefined) return null;
  const receipt: unknown = { body: JSON.parse(row.body) as unknown, server: JSON.parse(row.signature) as unknown };
  return deletionReceiptSchema.parse(receipt);
}

async function keepReceipt(
  { kind, of, deviceId }: Scope,
  found: Pick<DeletionBody, 'sessions' | 'erased' | 'vendors' | 'why'>,
  { database, serverKey, clock, newId }: ErasureParts,
): Promise<DeletionReceipt> {
  const body: DeletionBody = { v: 1, kind, of, ...found, erasedAtMs: clock.wallMs() };
  const text = canonicalJson(body);
  const server = serverKey.sign(text);
  await database.queries
    .insertInto('deletions')
    .values({
      deletion_id: newId(),
      kind,
      of_id: of,
      device_id: deviceId,
      body: text,
      signature: canonicalJson(server),
      at_ms: body.erasedAtMs,
    })
    .execute();
  return { body, server };
}
