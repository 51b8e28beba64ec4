import { createHash } from 'node:crypto';
import { encodeObject } from '../../../src/main/chip-document/apdu/tlv.ts';
import { bytesOf, fromHex } from '../../../src/main/chip-document/bytes.ts';
import {
  certificate,
  hashAlgorithm,
  LONG,
  nameOf,
  signedMessage,
  signingKey,
  type Authority,
  type SigningWay,
} from './issuer.ts';

const LDS_SECURITY_OBJECT = fromHex('0606678108010101');
const MASTER_LIST = fromHex('0606678108010102');
const SERIAL = 0x2a;

export interface SignerOptions {
  readonly way?: SigningWay;
  readonly from?: Date;
  readonly to?: Date;
}

/** Somebody whom an authority has signed: signs documents, or a master list. */
export function signerOf(authority: Authority, { way, from = LONG.from, to = LONG.to }: SignerOptions = {}) {
  const key = signingKey(way ?? authority.key.way);
  const issuer = nameOf(authority.country, 'SPECIMEN CSCA');
  const subject = nameOf(authority.country, 'SPECIMEN DS');
  const contents = { serial: SERIAL, issuer, subject, publicKey: key.publicKey, authority: false, from, to };
  return { key, issuer, serial: SERIAL, certificate: certificate(contents, authority.key) };
}

/** EF.SOD over data groups: number → file. */
export function securityFile(
  groups: ReadonlyMap<number, Uint8Array>,
  signer: ReturnType<typeof signerOf>,
  hash: 'sha1' | 'sha256' | 'sha512' = 'sha256',
): Uint8Array {
  const entries = [...groups].map(([number, file]) => {
    const digest = new Uint8Array(createHash(hash).update(file).digest());
    return encodeObject(0x30, encodeObject(0x02, bytesOf(number)), encodeObject(0x04, digest));
  });
  const content = encodeObject(0x30, bytesOf(0x02, 0x01, 0x00), hashAlgorithm(hash), encodeObject(0x30, ...entries));
  return encodeObject(0x77, signedMessage(LDS_SECURITY_OBJECT, content, signer));
}

/** A master list of country certificates, signed by one of them. */
export function masterList(certificates: readonly Uint8Array[], signer: ReturnType<typeof signerOf>): Uint8Array {
  const content = encodeObject(0x30, bytesOf(0x02, 0x01, 0x00), encodeObject(0x31, ...certificates));
  return signedMessage(MASTER_LIST, content, signer);
}
