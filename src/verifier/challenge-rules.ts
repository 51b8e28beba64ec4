import type { CertificationRecord } from '../shared/domain/certification.ts';
import { KV1_LIMITS, type Submission } from '../shared/protocol/kv1.ts';
import type { GivenNonce } from './challenge-desk.ts';
import type { Device } from './device-registry.ts';

/** All nonces that a record names: the challenge that decided and those before it. */
export function noncesOf({ challenge, attempts = [] }: CertificationRecord): readonly string[] {
  return [...new Set([...(challenge === null ? [] : [challenge.nonce]), ...attempts.map(({ nonce }) => nonce)])];
}

/**
 * What is wrong with a record's challenges; null when nothing is.
 * - `challenge`: it says to be the verifier's and isn't one that was given to this device for this certification, or
 *   is one and says otherwise.
 * - `attempts`: an earlier one was given to another device or for another certification, or comes twice.
 * - `challenge-late`: it can't have begun within the time that its seed was good for.
 *
 * @param given those of its nonces that this verifier gave
 */
export function challengeFault(
  { certifyId, record }: Submission,
  device: Device,
  given: readonly GivenNonce[],
  nowMs: number,
): string | null {
  const { challenge, attempts = [] } = record;
  const nonces = attempts.map(({ nonce }) => nonce);
  if (new Set(nonces).size < nonces.length) return 'attempts';
  const own = given.filter((each) => each.deviceId === device.deviceId && each.certifyId === certifyId);
  if (challenge !== null) {
    const isOwn = own.some(({ nonce }) => nonce === challenge.nonce);
    if (isOwn !== (challenge.issuer === 'verifier')) return 'challenge';
  }
  if (given.length > own.length) return 'attempts';
  return own.some((each) => beganLate(record, each, nowMs)) ? 'challenge-late' : null;
}

/**
 * A challenge begins after the consent. Records carry the device's own clock, which may be off as far as signatures
 * may; one that runs further ahead tells nothing.
 */
function beganLate(record: CertificationRecord, { issuedAtMs }: GivenNonce, nowMs: number): boolean {
  const clockRunsAhead = record.decidedAtMs > nowMs + KV1_LIMITS.signatureWindowMs;
  const earliestMs = record.startedAtMs + (record.stagesMs.consent ?? 0);
  const latestMs = issuedAtMs + KV1_LIMITS.challengeLifetimeMs + KV1_LIMITS.signatureWindowMs;
  return !clockRunsAhead && earliestMs > latestMs;
}
