import { createHash } from 'node:crypto';
import { canonicalJson } from '../shared/canonical-json.ts';
import { auditCheckpointText, type AuditCheckpoint, type Submission } from '../shared/protocol/kv1.ts';
import type { ChallengeDesk } from './challenge-desk.ts';
import type { Device } from './device-registry.ts';
import { fingerprintOf, verifyText } from './server-key.ts';

export interface SubmissionHashes {
  /** SHA-256 over the canonical JSON of the record, hex. */
  readonly recordHash: string;
  /** SHA-256 over the canonical JSON of the receipt's body, hex. */
  readonly receiptHash: string;
}

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
  if (body.deviceId !== device.deviceId && body.deviceId !== localIdOf(device)) return 'deviceId';
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
  return verifyText(canonicalJson(body), receipt.device.signature, device.publicKeyX) ? null : 'signature';
}

/** A challenge that is said to be the verifier's has to be one that it gave to this device for this certification. */
export function challengeFault({ certifyId, record }: Submission, device: Device, desk: ChallengeDesk): string | null {
  const { challenge } = record;
  if (challenge?.issuer !== 'verifier') return null;
  return desk.gave(device, certifyId, challenge.nonce) ? null : 'challenge';
}

export function isSignedCheckpoint(checkpoint: AuditCheckpoint, device: Device): boolean {
  return verifyText(auditCheckpointText(checkpoint), checkpoint.device.signature, device.publicKeyX);
}

/** The id that a device signs with before it is enrolled: from the same key. */
function localIdOf(device: Device): string {
  const fingerprint = fingerprintOf({ kty: 'OKP', crv: 'Ed25519', x: device.publicKeyX });
  return `local-${fingerprint.slice(0, 8)}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
