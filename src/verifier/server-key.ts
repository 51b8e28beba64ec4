import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { Signature } from '../shared/domain/receipt.ts';
import { publicKeyJwkSchema, type PublicKeyJwk } from '../shared/protocol/kv1.ts';
import type { VerifierDatabase } from './database.ts';

/** The key that signs answers and countersigns receipts. */
export interface ServerKey {
  readonly keyId: string;
  readonly jwk: PublicKeyJwk;
  /** SHA-256 of the public key, hex: what an administrator compares at the kiosk. */
  readonly fingerprint: string;
  sign(text: string): Signature;
}

/** Loads the server's key, making it on the first start. */
export function loadServerKey(database: VerifierDatabase): ServerKey {
  const find = database.prepare<[], { key_id: string; private_key: Buffer }>('SELECT * FROM server_keys LIMIT 1');
  const stored = find.get() ?? createKey(database);
  const privateKey = createPrivateKey({ key: stored.private_key, format: 'der', type: 'pkcs8' });
  const jwk = publicKeyJwkSchema.parse(createPublicKey(privateKey).export({ format: 'jwk' }));
  return {
    keyId: stored.key_id,
    jwk,
    fingerprint: fingerprintOf(jwk),
    sign: (text) => ({
      keyId: stored.key_id,
      signature: sign(null, Buffer.from(text), privateKey).toString('base64url'),
    }),
  };
}

export function fingerprintOf(key: PublicKeyJwk): string {
  return createHash('sha256').update(Buffer.from(key.x, 'base64url')).digest('hex');
}

/** Checks a device's Ed25519 signature over UTF-8 text; false also for a key that is no point of the curve. */
export function verifyText(text: string, signatureBase64Url: string, publicKeyX: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKeyX }, format: 'jwk' });
    return verify(null, Buffer.from(text), key, Buffer.from(signatureBase64Url, 'base64url'));
  } catch {
    return false;
  }
}

function createKey(database: VerifierDatabase): { key_id: string; private_key: Buffer } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const jwk = publicKeyJwkSchema.parse(publicKey.export({ format: 'jwk' }));
  const created = {
    key_id: `server-${fingerprintOf(jwk).slice(0, 8)}:k1`,
    private_key: privateKey.export({ format: 'der', type: 'pkcs8' }),
  };
  database
    .prepare('INSERT INTO server_keys (key_id, private_key) VALUES (?, ?)')
    .run(created.key_id, created.private_key);
  return created;
}
