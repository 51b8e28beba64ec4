import { createHash, createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Signature } from '../../shared/domain/receipt.ts';
import { publicKeyJwkSchema, type PublicKeyJwk } from '../../shared/protocol/kv1.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { SecretRows } from './ports.ts';
import type { Enrolment } from './settings.ts';

const PRIVATE_KEY = 'device-private-key';

/** Who this device is: an Ed25519 key (RFC 8032) that never leaves the encrypted database. */
export interface DeviceIdentity {
  readonly publicKey: KeyObject;
  readonly publicKeyJwk: PublicKeyJwk;
  /** As assigned by the verifier; before enrolment `local-` and the first 8 hex digits of the key's fingerprint. */
  deviceId(): string;
  keyId(): string;
  /** Signs UTF-8 text. */
  sign(text: string): Signature;
  /** HMAC-SHA-256 of a document number, hex: equal for the same number on this device, and useless elsewhere. */
  subjectKeyOf(documentNumber: string): string;
}

export interface DeviceIdentityParts {
  readonly secrets: SecretRows;
  readonly subjectKey: Buffer;
  /** The enrolment in force; null before enrolment. Asked each time, because it changes while the program runs. */
  readonly enrolment: () => Enrolment | null;
}

/** Loads the device's key, making it on the first start. A stored key that doesn't parse is `store.corrupt`. */
export function loadDeviceIdentity(parts: DeviceIdentityParts): Result<DeviceIdentity, Failure> {
  const stored = loadOrCreateKey(parts.secrets);
  if (!stored.ok) return stored;
  const privateKey = parsePrivateKey(stored.value);
  if (privateKey === null) return err(failure('store.corrupt', 'the device key does not parse'));
  const publicKey = createPublicKey(privateKey);
  const publicKeyJwk = publicKeyJwkSchema.parse(publicKey.export({ format: 'jwk' }));
  const localId = `local-${keyFingerprint(publicKeyJwk).slice(0, 8)}`;
  const deviceId = (): string => parts.enrolment()?.deviceId ?? localId;
  const keyId = (): string => parts.enrolment()?.keyId ?? `${localId}:k1`;
  return ok({
    publicKey,
    publicKeyJwk,
    deviceId,
    keyId,
    sign: (text) => ({ keyId: keyId(), signature: sign(null, Buffer.from(text), privateKey).toString('base64url') }),
    subjectKeyOf: (documentNumber) => createHmac('sha256', parts.subjectKey).update(documentNumber).digest('hex'),
  });
}

/** SHA-256 of a public key's 32 bytes, hex. */
export function keyFingerprint(key: PublicKeyJwk): string {
  return createHash('sha256').update(Buffer.from(key.x, 'base64url')).digest('hex');
}

/** The public key of a stored identity, for checking signatures without using the private key; null before any. */
export function readDevicePublicKey(secrets: SecretRows): Result<KeyObject | null, Failure> {
  const stored = secrets.read(PRIVATE_KEY);
  if (!stored.ok) return stored;
  if (stored.value === null) return ok(null);
  const privateKey = parsePrivateKey(stored.value);
  return privateKey === null
    ? err(failure('store.corrupt', 'the device key does not parse'))
    : ok(createPublicKey(privateKey));
}

function loadOrCreateKey(secrets: SecretRows): Result<Buffer, Failure> {
  const existing = secrets.read(PRIVATE_KEY);
  if (!existing.ok) return existing;
  if (existing.value !== null) return ok(existing.value);
  const { privateKey } = generateKeyPairSync('ed25519');
  return secrets.keepFirst(PRIVATE_KEY, privateKey.export({ format: 'der', type: 'pkcs8' }));
}

function parsePrivateKey(der: Buffer): KeyObject | null {
  try {
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}
