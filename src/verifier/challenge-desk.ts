import { createHash } from 'node:crypto';
import type { Clock } from '../shared/clock.ts';
import { KV1_LIMITS, type ChallengeSeed, type Problem } from '../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { VerifierDatabase } from './database.ts';
import type { Device } from './device-registry.ts';
import { problem } from './problems.ts';

/** Gives out the randomness of challenges and knows which were given to whom. */
export interface ChallengeDesk {
  /** A fresh seed for one challenge of a certification; `too_many_requests` beyond twenty. */
  open(device: Device, certifyId: string): Result<ChallengeSeed, Problem>;
  /** Whether the nonce comes from a seed that this device was given for this certification. */
  gave(device: Device, certifyId: string, nonce: string): boolean;
}

const SEED_BYTES = 32;
/** A record may reach the verifier long after its challenge. */
const KEPT_MS = KV1_LIMITS.idempotencyLifetimeMs;

/** The nonce that a seed leads to: SHA-256 under a label, its first 128 bits in hex. */
export function nonceOfSeed(seed: Uint8Array): string {
  return createHash('sha256').update('countersign challenge nonce').update(seed).digest('hex').slice(0, 32);
}

export function createChallengeDesk(
  database: VerifierDatabase,
  clock: Clock,
  randomBytes: (size: number) => Buffer,
): ChallengeDesk {
  const count = database
    .prepare<[string, string], number>('SELECT count(*) FROM challenges WHERE device_id = ? AND certify_id = ?')
    .pluck();
  const insert = database.prepare(
    'INSERT INTO challenges (nonce, device_id, certify_id, issued_at_ms) VALUES (?, ?, ?, ?)',
  );
  const forget = database.prepare('DELETE FROM challenges WHERE issued_at_ms < ?');
  const find = database
    .prepare<[string, string, string], number>(
      'SELECT 1 FROM challenges WHERE nonce = ? AND device_id = ? AND certify_id = ?',
    )
    .pluck();
  const issue = database.transaction((device: Device, certifyId: string): Result<ChallengeSeed, Problem> => {
    const nowMs = clock.wallMs();
    forget.run(nowMs - KEPT_MS);
    if ((count.get(device.deviceId, certifyId) ?? 0) >= KV1_LIMITS.challengesPerCertification) {
      return err(problem('too_many_requests', { detail: 'challenges of one certification' }));
    }
    const seed = randomBytes(SEED_BYTES);
    insert.run(nonceOfSeed(seed), device.deviceId, certifyId, nowMs);
    return ok({ certifyId, seed: seed.toString('base64url'), expiresAtMs: nowMs + KV1_LIMITS.challengeLifetimeMs });
  });
  return {
    open: (device, certifyId) => issue.immediate(device, certifyId),
    gave: (device, certifyId, nonce) => find.get(nonce, device.deviceId, certifyId) === 1,
  };
}
