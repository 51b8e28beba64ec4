import { createHash } from 'node:crypto';
import {
  serverKeyProofText,
  type Health,
  type ListedServerKey,
  type PublicKeyJwk,
} from '../../../shared/protocol/kv1.ts';
import { verifyText, type ServerKey } from './message-authentication.ts';

/**
 * The verifier's keys that may be believed by whoever pinned one of them: from the pinned one on to the newest, each
 * vouched for by the signature of the one before it. Newest first; null when the chain doesn't reach the pinned key,
 * or the newest isn't the one that signs.
 */
export function vouchedServerKeys(pinned: ServerKey, health: Health): readonly ServerKey[] | null {
  const { serverKeys = [], serverKeyId, serverKey } = health;
  const [newest] = serverKeys;
  if (newest?.keyId !== serverKeyId || newest.key.x !== serverKey.x) return null;
  const believed: ServerKey[] = [];
  for (const [index, listed] of serverKeys.entries()) {
    believed.push({ keyId: listed.keyId, jwk: listed.key });
    if (listed.keyId === pinned.keyId && listed.key.x === pinned.jwk.x) return believed;
    const before = serverKeys[index + 1];
    if (before === undefined || !vouches(before, listed)) return null;
  }
  return null;
}

function vouches(before: ListedServerKey, { keyId, key, endorsement }: ListedServerKey): boolean {
  if (endorsement?.keyId !== before.keyId) return false;
  const text = serverKeyProofText(keyId, fingerprintOf(key));
  return verifyText(text, Buffer.from(endorsement.signature, 'base64url'), before.key);
}

/** Whether one of the keys signed a text under its own id. */
export function isSignedByOne(
  text: string,
  { keyId, signature }: { readonly keyId: string; readonly signature: string },
  keys: readonly ServerKey[],
): boolean {
  const key = keys.find((each) => each.keyId === keyId);
  return key !== undefined && verifyText(text, Buffer.from(signature, 'base64url'), key.jwk);
}

/** SHA-256 of a public key's 32 bytes, hex. */
export function fingerprintOf(key: PublicKeyJwk): string {
  return createHash('sha256').update(Buffer.from(key.x, 'base64url')).digest('hex');
}
