import { readObjects, readOnly, type DataObject } from '../apdu/tlv.ts';
import { toHex } from '../bytes.ts';
import { ALL_CURVES, curveOfObjectIdentifier, type Curve } from '../crypto/curves.ts';
import { objectIdentifier } from './object-identifier.ts';
import type { Algorithm } from './certificate.ts';

export type HashName = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

const HASHES: Readonly<Record<string, HashName>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** The hash with this dotted object identifier; null for any but SHA-1 and the SHA-2 ones of `HashName`. */
export function hashOf(identifier: string): HashName | null {
  return HASHES[identifier] ?? null;
}

/** How a signature is made; `hash` is null where the signer names it elsewhere. */
export type SignatureScheme =
  | { readonly kind: 'rsa'; readonly hash: HashName | null }
  | { readonly kind: 'rsa-pss'; readonly hash: HashName; readonly saltBytes: number }
  | { readonly kind: 'ecdsa'; readonly hash: HashName | null };

/** RFC 3279, RFC 4055, RFC 5754, RFC 5758; a key's own identifier stands for the scheme where the hash is apart. */
const SCHEMES: Readonly<Record<string, SignatureScheme>> = {
  '1.2.840.113549.1.1.1': { kind: 'rsa', hash: null },
  '1.2.840.113549.1.1.5': { kind: 'rsa', hash: 'sha1' },
  '1.2.840.113549.1.1.14': { kind: 'rsa', hash: 'sha224' },
  '1.2.840.113549.1.1.11': { kind: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { kind: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { kind: 'rsa', hash: 'sha512' },
  '1.2.840.10045.2.1': { kind: 'ecdsa', hash: null },
  '1.2.840.10045.4.1': { kind: 'ecdsa', hash: 'sha1' },
  '1.2.840.10045.4.3.1': { kind: 'ecdsa', hash: 'sha224' },
  '1.2.840.10045.4.3.2': { kind: 'ecdsa', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { kind: 'ecdsa', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { kind: 'ecdsa', hash: 'sha512' },
};
const RSA_PSS = '1.2.840.113549.1.1.10';

/** Null for a scheme that can't be checked. */
export function schemeOf(algorithm: Algorithm): SignatureScheme | null {
  return algorithm.identifier === RSA_PSS ? pssScheme(algorithm.parameters) : (SCHEMES[algorithm.identifier] ?? null);
}

const SEQUENCE = 0x30;
const MGF1 = '1.2.840.113549.1.1.8';
const PSS_SALT_BYTES = 20;

/** RSASSA-PSS-params (RFC 4055, 3.1); what is left out means SHA-1 and a salt of 20 bytes. */
function pssScheme(parameters: Uint8Array | null): SignatureScheme | null {
  const content = parameters ? readOnly(parameters, SEQUENCE) : null;
  const fields = content?.ok ? readObjects(content.value) : null;
  if (!fields?.ok) return null;
  const field = (tag: number): Uint8Array | null => fields.value.find((each) => each.tag === tag)?.value ?? null;
  const [hashField, maskField, saltField] = [field(0xa0), field(0xa1), field(0xa2)];
  const hash = hashField ? hashOf(firstIdentifier(hashField) ?? '') : 'sha1';
  const mask = maskField ? maskHash(maskField) : 'sha1';
  const salt = saltField ? readOnly(saltField, 0x02) : null;
  if (!hash || mask !== hash || salt?.ok === false || (salt && salt.value.length !== 1)) return null;
  return { kind: 'rsa-pss', hash, saltBytes: salt ? (salt.value[0] ?? 0) : PSS_SALT_BYTES };
}

function maskHash(field: Uint8Array): HashName | null {
  const parts = sequenceOf(field);
  const [identifier, parameters] = parts ?? [];
  if (!identifier || objectIdentifier(identifier.value) !== MGF1 || parameters?.tag !== SEQUENCE) return null;
  const inner = readObjects(parameters.value);
  const hash = inner.ok ? inner.value[0] : undefined;
  return hash ? hashOf(objectIdentifier(hash.value)) : null;
}

function firstIdentifier(field: Uint8Array): string | null {
  const first = sequenceOf(field)?.[0];
  return first ? objectIdentifier(first.value) : null;
}

/** The parts of the only sequence in `der`; null when it isn't one. */
export function sequenceOf(der: Uint8Array): readonly DataObject[] | null {
  const content = readOnly(der, SEQUENCE);
  const parts = content.ok ? readObjects(content.value) : content;
  return parts.ok ? parts.value : null;
}

/**
 * The curve of an EC public key: named, or with all its parameters written out (RFC 3279, 2.3.5), which then have to be
 * those of a known curve. Parameters of a curve that nobody knows are refused.
 */
export function curveOfKey(parameters: Uint8Array | null): Curve | null {
  if (!parameters) return null;
  if (parameters[0] !== SEQUENCE) {
    const named = readOnly(parameters, 0x06);
    return named.ok ? curveOfObjectIdentifier(objectIdentifier(named.value)) : null;
  }
  const [, field, coefficients, base, order] = sequenceOf(parameters) ?? [];
  const [, prime] = field ? partsOf(field) : [];
  const [a, b] = coefficients ? partsOf(coefficients) : [];
  if (!prime || !a || !b || !base || !order) return null;
  const [p, n] = [number(prime.value), number(order.value)];
  return (
    ALL_CURVES.find(({ Point, fieldBytes }) => {
      const known = Point.CURVE();
      if (known.p !== p || known.n !== n || known.a !== number(a.value) || known.b !== number(b.value)) return false;
      const compressed = base.value[0] !== 0x04;
      return base.value.length === 1 + fieldBytes * (compressed ? 1 : 2) && isBase(Point.BASE, compressed, base.value);
    }) ?? null
  );
}

function isBase(base: Curve['Point']['BASE'], compressed: boolean, bytes: Uint8Array): boolean {
  return toHex(base.toBytes(compressed)) === toHex(bytes);
}

function partsOf({ value }: DataObject): readonly DataObject[] {
  const parts = readObjects(value);
  return parts.ok ? parts.value : [];
}

function number(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`);
}
