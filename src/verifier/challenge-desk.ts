import { createHash } from 'node:crypto';
import type { Clock } from '../shared/clock.ts';
import { KV1_LIMITS, type ChallengeSeed, type Problem } from '../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { Device } from './device-registry.ts';
import { problem } from './problems.ts';
import type { Queries, VerifierDatabase } from './storage/database.ts';
import { nowAndThen } from './storage/sweeping.ts';

/** A nonce that comes from a seed of this verifier. */
export interface GivenNonce {
  readonly nonce: string;
  readonly deviceId: string;
  readonly certifyId: string;
  readonly issuedAtMs: number;
}

/** Gives out the randomness of challenges and knows which were given to whom. */
export interface ChallengeDesk {
  /** A fresh seed for one challenge of a certification; `too_many_requests` beyond twenty. */
  open(device: Device, certifyId: string): Promise<Result<ChallengeSeed, Problem>>;
}

const SEED_BYTES = 32;
/** A record may reach the verifier long after its challenge. */
const KEPT_MS = KV1_LIMITS.idempotencyLifetimeMs;

/** The nonce that a seed leads to: SHA-256 under a label, its first 128 bits in hex. */
export function nonceOfSeed(seed: Uint8Array): string {
  return createHash('sha256').update('countersign challenge nonce').update(seed).digest('hex').slice(0, 32);
}

/** Which of these nonces come from seeds that were given, to whomever. */
export async function givenNonces(queries: Queries, nonces: readonly string[]): Promise<readonly GivenNonce[]> {
  if (nonces.length === 0) return [];
  const rows = await queries.selectFrom('challenges').selectAll().where('nonce', 'in', nonces).execute();
  return rows.map((row) => ({
    nonce: row.nonce,
    deviceId: row.device_id,
    certifyId: row.certify_id,
    issuedAtMs: row.issued_at_ms,
  }));
}

/** A seed's nonce is on the disk before the seed is given, and is kept for as long as a record may take to arrive. */
export function createChallengeDesk(
  database: VerifierDatabase,
  clock: Clock,
  randomBytes: (size: number) => Buffer,
): ChallengeDesk {
  const forget = nowAndThen(clock, () =>
    database.queries
      .deleteFrom('challenges')
      .where('issued_at_ms', '<', clock.wallMs() - KEPT_MS)
      .execute(),
  );
  return {
    open: async ({ deviceId }, certifyId) => {
      await forget();
      const nowMs = clock.wallMs();
      const seed = randomBytes(SEED_BYTES);
      const given = { nonce: nonceOfSeed(seed), device_id: deviceId, certify_id: certifyId, issued_at_ms: nowMs };
      const inserted = await database.transaction(async (queries) => {
        if ((await countOf(queries, deviceId, certifyId)) >= KV1_LIMITS.challengesPerCertification) return false;
        await queries.insertInto('challenges').values(given).execute();
        return true;
      });
      if (!inserted) return err(problem('too_many_requests', { detail: 'challenges of one certification' }));
      return ok({ certifyId, seed: seed.toString('base64url'), expiresAtMs: nowMs + KV1_LIMITS.challengeLifetimeMs });
    },
  };
}

async function countOf(queries: Queries, deviceId: string, certifyId: string): Promise<number> {
  const { given } = await queries
    .selectFrom('challenges')
    .select((expression) => expression.fn.countAll<number>().as('given'))
    .where('device_id', '=', deviceId)
    .where('certify_id', '=', certifyId)
    .executeTakeFirstOrThrow();
  return given;
}
