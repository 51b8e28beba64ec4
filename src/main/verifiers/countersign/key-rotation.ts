import { keyRotationProofText, type KeyRotationAnswer } from '../../../shared/protocol/kv1-sessions.ts';
import type { DeliveryProblem } from '../../../shared/protocol/delivery.ts';
import type { PublicKeyJwk } from '../../../shared/protocol/kv1.ts';
import { transientProblem } from '../../../shared/protocol/delivery.ts';
import type { Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Kv1Client } from './kv1-client.ts';

/** A new key that isn't in use yet. */
export interface PendingKey {
  readonly publicKeyJwk: PublicKeyJwk;
  /** Ed25519 signature over UTF-8 text, base64url. */
  readonly sign: (text: string) => string;
}

/** The device's keys on the disk. Every change is there when the call returns. */
export interface RotatingKeys {
  /** The key that a rotation was begun with; null when none is under way. */
  pending(): Result<PendingKey | null, Failure>;
  /** Makes and keeps a new key beside the one in use. */
  begin(): Result<PendingKey, Failure>;
  /** In one transaction: the pending key becomes the one in use under this id, and the old one is destroyed. */
  promote(keyId: string): Result<null, Failure>;
  /** Destroys the pending key, which the verifier doesn't want. */
  discard(): Result<null, Failure>;
}

export interface RotationParts {
  readonly keys: RotatingKeys;
  readonly deviceId: string;
  /** Id of the key in use. */
  readonly keyId: string;
  /** A client that signs with the key in use. */
  readonly client: Pick<Kv1Client, 'rotateKey'>;
  /** A client that signs with the pending key under the id that the verifier gave it. */
  readonly clientWith: (pending: PendingKey, keyId: string) => Pick<Kv1Client, 'probe'>;
}

/**
 * Gives this device a new key. The new one is on the disk before the verifier hears of it, and the old one stays in
 * use until the verifier has answered a request that the new one signed. After a crash at any point the same call
 * carries on with the same key: the verifier answers the repeated request as it did before, for as long as it takes the
 * old key (`KEY_OVERLAP_MS`).
 *
 * @returns the new key's id, or why there is none yet; then the old key is still in use
 */
export async function rotateDeviceKey(parts: RotationParts): Promise<Result<KeyRotationAnswer, DeliveryProblem>> {
  const { keys, client, deviceId } = parts;
  const kept = keys.pending();
  if (!kept.ok) return err(transientProblem(kept.error));
  const pending = kept.value === null ? keys.begin() : ok(kept.value);
  if (!pending.ok) return err(transientProblem(pending.error));
  const { publicKeyJwk, sign } = pending.value;
  const answer = await client.rotateKey({ publicKeyJwk, proof: sign(keyRotationProofText(deviceId, parts.keyId)) });
  if (!answer.ok) {
    // A signed "not this key": the next rotation begins with another one.
    if (answer.error.code === 'key_refused') keys.discard();
    const { failure, scope, retryAfterMs } = answer.error;
    return err({ failure, scope, retryAfterMs });
  }
  const probed = await parts.clientWith(pending.value, answer.value.keyId).probe();
  if (!probed.ok) return probed;
  const promoted = keys.promote(answer.value.keyId);
  return promoted.ok ? ok(answer.value) : err(transientProblem(promoted.error));
}
