import { KEY_OVERLAP_MS, keyRotationProofText, type KeyRotationAnswer } from '../shared/protocol/kv1-sessions.ts';
import type { KeyRotationRequest } from '../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { findDevice, type Device } from './device-registry.ts';
import { problem } from './problems.ts';
import { verifyText } from './server-key.ts';
import type { Queries, VerifierDatabase } from './storage/database.ts';

/**
 * Gives a device another key; the one before is taken for `KEY_OVERLAP_MS` more. Asked again for the same key the answer
 * is the same. `key_refused` with the detail `proof` (the new key didn't sign), `taken` (it belongs to another device or
 * was replaced before) or `superseded` (the request is signed by a key that was replaced already).
 */
export async function rotateDeviceKey(
  database: VerifierDatabase,
  device: Device,
  { publicKeyJwk, proof }: KeyRotationRequest,
  nowMs: number,
): Promise<Result<KeyRotationAnswer, Problem>> {
  const { x } = publicKeyJwk;
  if (!verifyText(keyRotationProofText(device.deviceId, device.keyId), proof, x)) return refused('proof');
  return database.transaction(async (queries) => {
    const current = await findDevice(queries, 'key_id', device.keyId);
    if (current === null || current.revoked) return err(problem('device_revoked'));
    const newest = current.keys.find((key) => key.validUntilMs === null);
    if (newest?.publicKeyX === x) return answerOfBefore(current, newest.keyId, nowMs);
    if ((await findDevice(queries, 'public_key_x', x)) !== null) return refused('taken');
    if (newest?.keyId !== device.keyId) return refused('superseded');
    return ok(await replaceKey(queries, current, x, nowMs));
  });
}

/** A repeated request is signed by the key that was replaced, or by the new one. */
function answerOfBefore({ keyId, keys }: Device, newestId: string, nowMs: number): Result<KeyRotationAnswer, Problem> {
  const signedBy = keys.find((key) => key.keyId === keyId);
  return ok({ keyId: newestId, oldKeyUntilMs: signedBy?.validUntilMs ?? nowMs });
}

async function replaceKey(
  queries: Queries,
  { deviceId, keys }: Device,
  publicKeyX: string,
  nowMs: number,
): Promise<KeyRotationAnswer> {
  const oldKeyUntilMs = nowMs + KEY_OVERLAP_MS;
  await queries
    .updateTable('device_keys')
    .set({ valid_until_ms: oldKeyUntilMs })
    .where('device_id', '=', deviceId)
    .where('valid_until_ms', 'is', null)
    .execute();
  const keyId = `${deviceId}:k${keys.length + 1}`;
  await queries
    .insertInto('device_keys')
    .values({ key_id: keyId, device_id: deviceId, public_key_x: publicKeyX, created_at_ms: nowMs })
    .execute();
  return { keyId, oldKeyUntilMs };
}

function refused(detail: 'proof' | 'taken' | 'superseded'): Result<never, Problem> {
  return err(problem('key_refused', { detail }));
}
