import { constants, createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { toHex } from '../bytes.ts';
import { pointFrom, type Curve } from '../crypto/curves.ts';
import { curveOfKey, schemeOf, sequenceOf, type HashName } from './algorithms.ts';
import type { Algorithm, PublicKey } from './certificate.ts';

export type SignatureCheck = 'right' | 'wrong' | 'unsupported';

const KEY_KINDS: Readonly<Record<string, 'rsa' | 'ec'>> = {
  '1.2.840.113549.1.1.1': 'rsa',
  '1.2.840.113549.1.1.10': 'rsa',
  '1.2.840.10045.2.1': 'ec',
};
const INTEGER = 0x02;
const LARGEST_RSA_BYTES = 1024;

/**
 * Whether `signature` over `data` is that of the key. RSA is checked by the engine; ECDSA in JavaScript, because engines
 * lack the Brainpool curves. An algorithm that can't be checked is `unsupported`, never `wrong`.
 *
 * @param hash for signers that name their hash apart from the scheme.
 */
export function checkSignature(
  key: PublicKey,
  algorithm: Algorithm,
  data: Uint8Array,
  signature: Uint8Array,
  hash: HashName | null = null,
): SignatureCheck {
  const scheme = schemeOf(algorithm);
  const digest = scheme?.hash ?? hash;
  const keyKind = KEY_KINDS[key.algorithm.identifier];
  if (!scheme || !digest || !keyKind) return 'unsupported';
  if (keyKind !== (scheme.kind === 'ecdsa' ? 'ec' : 'rsa')) return 'wrong';
  try {
    if (scheme.kind === 'ecdsa') return checkEcdsa(key, digest, data, signature);
    const rsaKey = rsaKeyFrom(key.bits);
    if (!rsaKey) return 'unsupported';
    const padding =
      scheme.kind === 'rsa'
        ? { padding: constants.RSA_PKCS1_PADDING }
        : { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltBytes };
    return verify(digest, data, { key: rsaKey, ...padding }, signature) ? 'right' : 'wrong';
  } catch {
    return 'unsupported';
  }
}

/** As a JSON web key, which engines take whatever the certificate says about the key's use. */
function rsaKeyFrom(bits: Uint8Array): KeyObject | null {
  const [modulus, exponent] = sequenceOf(bits) ?? [];
  if (modulus?.tag !== INTEGER || exponent?.tag !== INTEGER || modulus.value.length > LARGEST_RSA_BYTES + 1)
    return null;
  const text = (value: Uint8Array): string =>
    Buffer.from(value[0] === 0 ? value.subarray(1) : value).toString('base64url');
  return createPublicKey({ key: { kty: 'RSA', n: text(modulus.value), e: text(exponent.value) }, format: 'jwk' });
}

function checkEcdsa(key: PublicKey, hash: HashName, data: Uint8Array, signature: Uint8Array): SignatureCheck {
  const curve = curveOfKey(key.algorithm.parameters);
  if (!curve) return 'unsupported';
  const point = pointFrom(curve, key.bits);
  const [first, second, more] = sequenceOf(signature) ?? [];
  if (!point || first?.tag !== INTEGER || second?.tag !== INTEGER || more) return 'wrong';
  const [r, s] = [integer(first.value), integer(second.value)];
  const { order, Point } = curve;
  if (r <= 0n || r >= order || s <= 0n || s >= order) return 'wrong';
  const inverse = Point.Fn.inv(s);
  const digest = createHash(hash).update(data).digest();
  const sum = Point.BASE.multiplyUnsafe((leftmost(digest, curve) * inverse) % order).add(
    point.multiplyUnsafe((r * inverse) % order),
  );
  return !sum.is0() && sum.toAffine().x % order === r ? 'right' : 'wrong';
}

/** As many bits of the digest as the order has (FIPS 186-5, 6.4.2). */
function leftmost(digest: Uint8Array, { order }: Curve): bigint {
  const excess = digest.length * 8 - order.toString(2).length;
  const value = integer(digest) >> BigInt(Math.max(0, excess));
  return value % order;
}

function integer(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`);
}
