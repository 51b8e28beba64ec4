import { createHash } from 'node:crypto';
import { canonicalJson } from '../shared/canonical-json.ts';
import { auditCheckpointText, type AuditCheckpoint, type Submission } from '../shared/protocol/kv1.ts';
import type { Device, DeviceKey } from './device-registry.ts';
import { fingerprintOf, verifyText } from './server-key.ts';

export interface SubmissionHashes {
  /** SHA-256 over the canonical JSON of the record, hex. */
  readonly recordHash: string;
  /** SHA-256 over the canonical JSON of the receipt's body, hex. */
  readonly receiptHash: string;
}

/** Of what was parsed, not of the bytes that came: how the device wrote its JSON makes no difference. */
export function hashesOf({ record, receipt }: Submission): SubmissionHashes {
  return { recordHash: sha256(canonicalJson(record)), receiptHash: sha256(canonicalJson(receipt.body)) };
}

/**
 * What is wrong with a submission, naming the field; null when the receipt is signed by the device, belongs to it, and
 * says the same as the record.
 */
export function receiptFault(item: Submission, hashes: SubmissionHashes, device: Device): string | null {
  const { record, receipt } = item;
  const { body } = receipt;
  if (body.certifyId !== item.certifyId || record.certifyId !== item.certifyId) return 'certifyId';
  if (body.recordHash !== hashes.recordHash) return 'recordHash';
  if (body.deviceId !== device.deviceId && !device.keys.some((key) => localIdOf(key) === body.deviceId))
    return 'deviceId';
  const { verdict } = record;
  const agrees =
    body.state === verdict.state &&
    body.basis === verdict.basis &&
    body.reason === verdict.reason &&
    body.sceneId === record.sceneId &&
    body.scheme === record.scheme &&
    body.simulated === record.simulated &&
    body.decidedAtMs === record.decidedAtMs &&
    canonicalJson(body.challenge) === canonicalJson(record.challenge);
  if (!agrees) return 'verdict';
  const isSigned = isSignedByDevice(canonicalJson(body), receipt.device.signature, device, body.decidedAtMs);
  return isSigned ? null : 'signature';
}

/** Whether one of the keys that a device had at that time has signed a text. */
export function isSignedByDevice(text: string, signature: string, device: Device, atMs: number): boolean {
  return keysAt(device, atMs).some((key) => verifyText(text, signature, key.publicKeyX));
}

/** Looks at the signature alone, by a key that the device had at the checkpoint's time. */
export function isSignedCheckpoint(checkpoint: AuditCheckpoint, device: Device): boolean {
  return isSignedByDevice(auditCheckpointText(checkpoint), checkpoint.device.signature, device, checkpoint.atMs);
}

/** A device may have signed with a key that it has replaced since; the one of the request is tried first. */
function keysAt({ keyId, keys }: Device, atMs: number): readonly DeviceKey[] {
  const own = keys.filter((key) => key.keyId === keyId);
  const others = keys.filter((key) => key.keyId !== keyId && (key.validUntilMs === null || atMs <= key.validUntilMs));
  return [...own, ...others];
}

/** The id that a device signs with before it is enrolled: from the same key. */
function localIdOf({ publicKeyX }: DeviceKey): string {
  const fingerprint = fingerprintOf({ kty: 'OKP', crv: 'Ed25519', x: publicKeyX });
  return `local-${fingerprint.slice(0, 8)}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
