import { CompactEncrypt, importJWK } from 'jose';
import { NEEDED_MATERIALS, type Check, type CheckMaterials } from '../../../shared/domain/verification.ts';
import { SESSION_LIMITS, type SealedIdentity, type SealingKey } from '../../../shared/protocol/kv1-sessions.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';

/** What of the materials is sealed: only what the check needs; null where it needs nothing of the kind. */
export function identityFor(check: Check, sessionId: string, materials: CheckMaterials): SealedIdentity | null {
  const needed: ReadonlySet<string> = new Set(NEEDED_MATERIALS[check]);
  const { identity, validity, phone, bankCard } = materials;
  const sealed: Record<string, string> = {};
  if (needed.has('identity') && identity) Object.assign(sealed, { name: identity.name, number: identity.number });
  if (needed.has('validity') && validity) Object.assign(sealed, { validFrom: validity.from, validTo: validity.to });
  if (needed.has('phone') && phone !== undefined) sealed['phone'] = phone;
  if (needed.has('bank-card') && bankCard !== undefined) sealed['bankCard'] = bankCard;
  return Object.keys(sealed).length === 0 ? null : { ...sealed, sessionId };
}

/**
 * Seals an identity to the verifier's key as compact JWE (RFC 7516: ECDH-ES on X25519, A256GCM). The key has to come
 * from a signed answer: whoever could give another one would read along.
 *
 * @returns `verifier.malformed` for a key that is none, or an identity that gets too long
 */
export async function sealIdentity(identity: SealedIdentity, key: SealingKey): Promise<Result<string, Failure>> {
  const { kid, ...jwk } = key;
  const plain = new TextEncoder().encode(JSON.stringify(identity));
  try {
    const sealed = await new CompactEncrypt(plain)
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid })
      .encrypt(await importJWK(jwk, 'ECDH-ES'));
    if (sealed.length > SESSION_LIMITS.sealedCharacters) return err(failure('verifier.malformed', 'sealed identity'));
    return ok(sealed);
  } catch {
    // All zeros and other points of small order; the error's text is not passed on, it stands beside an identity.
    return err(failure('verifier.malformed', 'the sealing key can not be used'));
  } finally {
    plain.fill(0);
  }
}
