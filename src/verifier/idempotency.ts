import type { Clock } from '../shared/clock.ts';
import { KV1_LIMITS, type Problem } from '../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { VerifierDatabase } from './database.ts';
import { problem } from './problems.ts';
import type { AuthenticRequest } from './request-authentication.ts';

/** Makes a request that is sent again have its effect once and get the same answer. */
export interface Idempotency {
  /** Runs `work` unless the same key was answered before; a problem is not remembered, so it can be tried again. */
  once(request: AuthenticRequest, work: () => Promise<Result<string, Problem>>): Promise<Result<string, Problem>>;
}

const RETRY_IN_FLIGHT_MS = 1_000;

export function createIdempotency(database: VerifierDatabase, clock: Clock): Idempotency {
  const find = database.prepare<[string, string], { digest: string; answer: string }>(
    'SELECT digest, answer FROM idempotency WHERE device_id = ? AND key = ?',
  );
  const insert = database.prepare(
    'INSERT INTO idempotency (device_id, key, digest, answer, at_ms) VALUES (?, ?, ?, ?, ?)',
  );
  const forget = database.prepare('DELETE FROM idempotency WHERE at_ms < ?');
  const inFlight = new Set<string>();

  const remember = database.transaction((deviceId: string, key: string, digest: string, answer: string) => {
    forget.run(clock.wallMs() - KV1_LIMITS.idempotencyLifetimeMs);
    insert.run(deviceId, key, digest, answer, clock.wallMs());
  });

  return {
    once: async ({ device, idempotencyKey, contentDigest }, work) => {
      const known = find.get(device.deviceId, idempotencyKey);
      if (known !== undefined) {
        return known.digest === contentDigest ? ok(known.answer) : err(problem('idempotency_conflict'));
      }
      const name = `${device.deviceId} ${idempotencyKey}`;
      if (inFlight.has(name)) return err(problem('idempotency_in_flight', { retryAfterMs: RETRY_IN_FLIGHT_MS }));
      inFlight.add(name);
      try {
        const answer = await work();
        if (answer.ok) remember.immediate(device.deviceId, idempotencyKey, contentDigest, answer.value);
        return answer;
      } finally {
        inFlight.delete(name);
      }
    },
  };
}
