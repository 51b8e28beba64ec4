import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { compactDecrypt } from 'jose';
import {
  SESSION_LIMITS,
  sealedIdentitySchema,
  sealingKeySchema,
  type SealedIdentity,
  type SealingKey,
} from '../../shared/protocol/kv1-sessions.ts';

/** The key pair that identities are sealed to. Its private half never leaves the server. */
export interface IdentityOpener {
  readonly publicKey: SealingKey;
  /**
   * What a compact JWE holds, when it is sealed to this key (ECDH-ES, A256GCM), has the form of an identity and names
   * this session; else null.
   */
  open(jwe: string, sessionId: string): Promise<SealedIdentity | null>;
}

/** A new X25519 private key, PKCS #8 DER. */
export function createSealingKey(): Buffer {
  return generateKeyPairSync('x25519').privateKey.export({ format: 'der', type: 'pkcs8' });
}

/** @param privateKeyDer an X25519 private key, PKCS #8 */
export function createIdentityOpener(privateKeyDer: Uint8Array): IdentityOpener {
  const privateKey = createPrivateKey({ key: Buffer.from(privateKeyDer), format: 'der', type: 'pkcs8' });
  const publicKey = publicKeyOf(privateKey);
  return {
    publicKey,
    open: async (jwe, sessionId) => {
      const identity = await openIdentity(jwe, privateKey, publicKey.kid);
      return identity?.sessionId === sessionId ? identity : null;
    },
  };
}

async function openIdentity(jwe: string, privateKey: KeyObject, kid: string): Promise<SealedIdentity | null> {
  if (jwe.length > SESSION_LIMITS.sealedCharacters) return null;
  try {
    const { plaintext, protectedHeader } = await compactDecrypt(jwe, privateKey, {
      keyManagementAlgorithms: ['ECDH-ES'],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxDecompressedLength: 0,
    });
    if (protectedHeader.kid !== undefined && protectedHeader.kid !== kid) return null;
    const parsed = sealedIdentitySchema.safeParse(JSON.parse(Buffer.from(plaintext).toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    // Whatever is wrong with it, its content must not get into a text.
    return null;
  }
}

function publicKeyOf(privateKey: KeyObject): SealingKey {
  const { x, kty, crv } = createPublicKey(privateKey).export({ format: 'jwk' });
  const fingerprint = createHash('sha256')
    .update(Buffer.from(x ?? '', 'base64url'))
    .digest('hex');
  return sealingKeySchema.parse({ kid: `seal-${fingerprint.slice(0, 8)}:k1`, kty, crv, x });
}
