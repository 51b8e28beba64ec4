import type { Clock } from '../shared/clock.ts';
import { KV1_LIMITS, type Problem } from '../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { problem } from './problems.ts';
import type { AuthenticRequest } from './request-authentication.ts';
import type { VerifierDatabase } from './storage/database.ts';
import { nowAndThen } from './storage/sweeping.ts';

/** Makes a request that is sent again have its effect once and get the same answer. */
export interface Idempotency {
  /** Runs `work` unless the same key was answered before; a problem is not remembered, so it can be tried again. */
  once(request: AuthenticRequest, work: () => Promise<Result<string, Problem>>): Promise<Result<string, Problem>>;
}

const RETRY_IN_FLIGHT_MS = 1_000;
/** A process that hasn't answered by then has ended. */
const CLAIM_MS = 60_000;

/** @param owner names this process among those that share a database */
export function createIdempotency(database: VerifierDatabase, clock: Clock, owner: string): Idempotency {
  const inFlight = new Set<string>();
  const claims = database.kind === 'postgres' ? createClaims(database, clock, owner) : NO_CLAIMS;
  const forget = nowAndThen(clock, () =>
    database.queries
      .deleteFrom('idempotency')
      .where('at_ms', '<', clock.wallMs() - KV1_LIMITS.idempotencyLifetimeMs)
      .execute(),
  );

  async function onceAlone(
    { device, idempotencyKey: key, contentDigest }: AuthenticRequest,
    work: () => Promise<Result<string, Problem>>,
  ): Promise<Result<string, Problem>> {
    const { deviceId } = device;
    const known = await find(database, deviceId, key);
    if (known !== undefined) {
      return known.digest === contentDigest ? ok(known.answer) : err(problem('idempotency_conflict'));
    }
    const answer = await work();
    if (!answer.ok) return answer;
    await database.queries
      .insertInto('idempotency')
      .values({ device_id: deviceId, key, digest: contentDigest, answer: answer.value, at_ms: clock.wallMs() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await forget();
    return answer;
  }

  return {
    once: async (request, work) => {
      const { deviceId } = request.device;
      const name = `${deviceId} ${request.idempotencyKey}`;
      const busy = err(problem('idempotency_in_flight', { retryAfterMs: RETRY_IN_FLIGHT_MS }));
      if (inFlight.has(name)) return busy;
      inFlight.add(name);
      try {
        if (!(await claims.take(deviceId, request.idempotencyKey))) return busy;
        try {
          return await onceAlone(request, work);
        } finally {
          await claims.giveBack(deviceId, request.idempotencyKey);
        }
      } finally {
        inFlight.delete(name);
      }
    },
  };
}

async function find(
  database: VerifierDatabase,
  deviceId: string,
  key: string,
): Promise<{ digest: string; answer: string } | undefined> {
  return database.queries
    .selectFrom('idempotency')
    .select(['digest', 'answer'])
    .where('device_id', '=', deviceId)
    .where('key', '=', key)
    .executeTakeFirst();
}

/** What keeps two processes from working on the same request at the same time. */
interface Claims {
  take(deviceId: string, key: string): Promise<boolean>;
  giveBack(deviceId: string, key: string): Promise<void>;
}

/** A file has one process that answers. */
const NO_CLAIMS: Claims = { take: async () => true, giveBack: async () => undefined };

function createClaims(database: VerifierDatabase, clock: Clock, owner: string): Claims {
  return {
    take: async (deviceId, key) => {
      const nowMs = clock.wallMs();
      const claim = { owner, until_ms: nowMs + CLAIM_MS };
      const { numInsertedOrUpdatedRows: taken } = await database.queries
        .insertInto('idempotency_claims')
        .values({ device_id: deviceId, key, ...claim })
        .onConflict((conflict) =>
          conflict.columns(['device_id', 'key']).doUpdateSet(claim).where('idempotency_claims.until_ms', '<', nowMs),
        )
        .executeTakeFirstOrThrow();
      return (taken ?? 0n) > 0n;
    },
    giveBack: async (deviceId, key) => {
      await database.queries
        .deleteFrom('idempotency_claims')
        .where('device_id', '=', deviceId)
        .where('key', '=', key)
        .where('owner', '=', owner)
        .execute();
    },
  };
}
