import { createHash, generateKeyPairSync, sign, constants, type KeyObject } from 'node:crypto';
import { encodeObject } from '../../../src/main/chip-document/apdu/tlv.ts';
import { bytesOf, concatBytes, fromHex } from '../../../src/main/chip-document/bytes.ts';

/** A way of signing, by the name that tests use. */
export type SigningWay = 'rsa-sha1' | 'rsa-sha256' | 'rsa-pss-sha256' | 'rsa-pss-sha512' | `ecdsa-${string}`;

export interface SigningKey {
  readonly way: SigningWay;
  readonly hash: 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';
  readonly privateKey: KeyObject;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
}

export interface Authority {
  readonly key: SigningKey;
  readonly country: string;
  readonly certificate: Uint8Array;
}

const OIDS = {
  sha1: '06052B0E03021A',
  sha224: '0609608648016503040204',
  sha256: '0609608648016503040201',
  sha384: '0609608648016503040202',
  sha512: '0609608648016503040203',
} as const;
const RSA_WITH = { sha1: '05', sha224: '0E', sha256: '0B', sha384: '0C', sha512: '0D' } as const;
const ECDSA_WITH = {
  sha1: '06072A8648CE3D0401',
  sha224: '06082A8648CE3D040301',
  sha256: '06082A8648CE3D040302',
  sha384: '06082A8648CE3D040303',
  sha512: '06082A8648CE3D040304',
} as const;
const NULL = bytesOf(0x05, 0x00);

/** `ecdsa-brainpoolP256r1-sha256`, with `-explicit` at its end for curve parameters written out. */
export function signingKey(way: SigningWay): SigningKey {
  const parts = way.split('-');
  const hash = (way.startsWith('ecdsa') ? parts[2] : parts.at(-1)) as SigningKey['hash'];
  const pair = way.startsWith('ecdsa')
    ? generateKeyPairSync('ec', {
        namedCurve: parts[1]!,
        paramEncoding: way.endsWith('-explicit') ? 'explicit' : 'named',
      })
    : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicKey = new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }));
  return { way, hash, privateKey: pair.privateKey, publicKey };
}

export function hashAlgorithm(hash: SigningKey['hash']): Uint8Array {
  return encodeObject(0x30, fromHex(OIDS[hash]));
}

export function signatureAlgorithm({ way, hash }: SigningKey): Uint8Array {
  if (way.startsWith('ecdsa')) return encodeObject(0x30, fromHex(ECDSA_WITH[hash]));
  if (!way.startsWith('rsa-pss')) return encodeObject(0x30, fromHex(`06092A864886F70D0101${RSA_WITH[hash]}`), NULL);
  const mask = encodeObject(0x30, fromHex('06092A864886F70D010108'), encodeObject(0x30, fromHex(OIDS[hash]), NULL));
  const parameters = encodeObject(
    0x30,
    encodeObject(0xa0, encodeObject(0x30, fromHex(OIDS[hash]), NULL)),
    encodeObject(0xa1, mask),
    encodeObject(0xa2, encodeObject(0x02, bytesOf(saltBytes(hash)))),
  );
  return encodeObject(0x30, fromHex('06092A864886F70D01010A'), parameters);
}

function saltBytes(hash: SigningKey['hash']): number {
  return createHash(hash).digest().length;
}

export function signed(key: SigningKey, data: Uint8Array): Uint8Array {
  const { way, hash, privateKey } = key;
  const padding = way.startsWith('rsa-pss')
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: saltBytes(hash) }
    : {};
  return new Uint8Array(sign(hash, data, { key: privateKey, ...padding }));
}

/** A distinguished name with a country and a common name. */
export function nameOf(country: string, commonName: string): Uint8Array {
  const part = (type: string, tag: number, text: string): Uint8Array =>
    encodeObject(0x31, encodeObject(0x30, fromHex(type), encodeObject(tag, new Uint8Array(Buffer.from(text)))));
  return encodeObject(0x30, part('0603550406', 0x13, country), part('0603550403', 0x0c, commonName));
}

export interface CertificateContents {
  readonly serial: number;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly authority: boolean;
  readonly from: Date;
  readonly to: Date;
}

export function certificate(contents: CertificateContents, issuerKey: SigningKey): Uint8Array {
  const algorithm = signatureAlgorithm(issuerKey);
  const time = (date: Date): Uint8Array =>
    encodeObject(0x18, new Uint8Array(Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`)));
  const constraints = encodeObject(0x30, ...(contents.authority ? [bytesOf(0x01, 0x01, 0xff)] : []));
  const extension = encodeObject(
    0x30,
    fromHex('0603551D13'),
    bytesOf(0x01, 0x01, 0xff),
    encodeObject(0x04, constraints),
  );
  const body = encodeObject(
    0x30,
    encodeObject(0xa0, bytesOf(0x02, 0x01, 0x02)),
    encodeObject(0x02, bytesOf(contents.serial)),
    algorithm,
    contents.issuer,
    encodeObject(0x30, time(contents.from), time(contents.to)),
    contents.subject,
    contents.publicKey,
    encodeObject(0xa3, encodeObject(0x30, extension)),
  );
  return encodeObject(0x30, body, algorithm, encodeObject(0x03, bytesOf(0), signed(issuerKey, body)));
}

/** A country that signs: made anew in every test, so that nothing trusts it elsewhere. */
export function authorityOf(country: string, way: SigningWay, { from, to } = LONG): Authority {
  const key = signingKey(way);
  const name = nameOf(country, 'SPECIMEN CSCA');
  const contents = { serial: 1, issuer: name, subject: name, publicKey: key.publicKey, authority: true, from, to };
  return { key, country, certificate: certificate(contents, key) };
}

export const LONG = { from: new Date('2015-01-01T00:00:00Z'), to: new Date('2045-01-01T00:00:00Z') };
export const OVER = { from: new Date('2005-01-01T00:00:00Z'), to: new Date('2015-01-01T00:00:00Z') };

/** A signed message (RFC 5652) as documents and master lists have it. */
export function signedMessage(
  contentType: Uint8Array,
  content: Uint8Array,
  signer: {
    readonly key: SigningKey;
    readonly certificate: Uint8Array;
    readonly issuer: Uint8Array;
    readonly serial: number;
  },
): Uint8Array {
  const { key } = signer;
  const attribute = (type: string, value: Uint8Array): Uint8Array =>
    encodeObject(0x30, fromHex(type), encodeObject(0x31, value));
  const digest = new Uint8Array(createHash(key.hash).update(content).digest());
  const attributes = concatBytes(
    attribute('06092A864886F70D010903', contentType),
    attribute('06092A864886F70D010904', encodeObject(0x04, digest)),
  );
  const signerInfo = encodeObject(
    0x30,
    bytesOf(0x02, 0x01, 0x01),
    encodeObject(0x30, signer.issuer, encodeObject(0x02, bytesOf(signer.serial))),
    hashAlgorithm(key.hash),
    encodeObject(0xa0, attributes),
    signatureAlgorithm(key),
    encodeObject(0x04, signed(key, encodeObject(0x31, attributes))),
  );
  const signedData = encodeObject(
    0x30,
    bytesOf(0x02, 0x01, 0x03),
    encodeObject(0x31, hashAlgorithm(key.hash)),
    encodeObject(0x30, contentType, encodeObject(0xa0, encodeObject(0x04, content))),
    encodeObject(0xa0, signer.certificate),
    encodeObject(0x31, signerInfo),
  );
  return encodeObject(0x30, fromHex('06092A864886F70D010702'), encodeObject(0xa0, signedData));
}
