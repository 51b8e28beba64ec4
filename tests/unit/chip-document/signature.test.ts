import { describe, expect, it } from 'vitest';
import { FILES } from '../../../src/main/chip-document/files/elementary-files.ts';
import { authenticatePassively } from '../../../src/main/chip-document/signature/passive-authentication.ts';
import { readCountryCertificates } from '../../../src/main/chip-document/signature/country-certificates.ts';
import type { Certificate } from '../../../src/main/chip-document/signature/certificate.ts';
import { authorityOf, OVER, type Authority, type SigningWay } from '../../support/chip-document/issuer.ts';
import { masterList, securityFile, signerOf, type SignerOptions } from '../../support/chip-document/signed-document.ts';
import { zoneFile } from '../../support/chip-document/specimen.ts';
import { NOW_MS } from '../../support/chip-document/read-specimen.ts';

const GROUPS = new Map([
  [1, zoneFile()],
  [2, new Uint8Array(500)],
]);

function trust(...authorities: readonly Authority[]): readonly Certificate[] {
  return authorities.flatMap(({ certificate }) => {
    const read = readCountryCertificates(certificate);
    if (!read.ok) throw new Error(read.error.detail);
    return read.value;
  });
}

function judge(security: Uint8Array, trusted: readonly Certificate[] | null, issuingState = 'UTO', groups = GROUPS) {
  const result = authenticatePassively({
    securityFile: security,
    dataGroups: groups,
    issuingState,
    trusted: trusted ? { certificates: trusted } : null,
    nowMs: NOW_MS,
  });
  return result.ok ? result.value : result.error;
}

const issued = (authority: Authority, options?: SignerOptions) => securityFile(GROUPS, signerOf(authority, options));

describe('passive authentication', () => {
  it.each([
    'rsa-sha1',
    'rsa-sha256',
    'rsa-pss-sha256',
    'rsa-pss-sha512',
    'ecdsa-prime256v1-sha1',
    'ecdsa-prime256v1-sha256',
    'ecdsa-secp224r1-sha224',
    'ecdsa-secp384r1-sha384',
    'ecdsa-secp521r1-sha512',
    'ecdsa-secp384r1-sha256-explicit',
    'ecdsa-brainpoolP224r1-sha224',
    'ecdsa-brainpoolP256r1-sha256',
    'ecdsa-brainpoolP256r1-sha512-explicit',
    'ecdsa-brainpoolP320r1-sha384',
    'ecdsa-brainpoolP384r1-sha384',
    'ecdsa-brainpoolP512r1-sha512-explicit',
  ] satisfies SigningWay[])('checks %s up to the country’s certificate', (way) => {
    const authority = authorityOf('UT', way);
    const file = issued(authority);
    expect(judge(file, trust(authority))).toEqual({ state: 'valid', country: 'UTO' });
    expect(judge(file, trust(authorityOf('UT', way)))).toEqual({ state: 'forged', why: 'signer-not-trusted' });
  });

  const authority = authorityOf('UT', 'ecdsa-prime256v1-sha256');

  it('is unchecked without a list, and without a certificate of the country', () => {
    expect(judge(issued(authority), null)).toEqual({ state: 'unchecked', why: 'no-list' });
    const other = trust(authorityOf('FR', 'rsa-sha256'));
    expect(judge(issued(authority), other)).toEqual({ state: 'unchecked', why: 'no-certificate-of-country' });
    expect(judge(issued(authority), trust(authority), 'ZZZ')).toEqual({
      state: 'unchecked',
      why: 'no-certificate-of-country',
    });
  });

  it('finds data that were changed, with and without a list', () => {
    const changed = new Map(GROUPS).set(2, new Uint8Array(501));
    for (const list of [null, trust(authority)]) {
      expect(judge(issued(authority), list, 'UTO', changed)).toEqual({ state: 'forged', why: 'hash-differs' });
    }
  });

  it('finds a data group that nobody signed', () => {
    const more = new Map(GROUPS).set(11, new Uint8Array(5));
    expect(judge(issued(authority), trust(authority), 'UTO', more)).toEqual({ state: 'forged', why: 'hash-differs' });
  });

  it('finds a signature that is not the signer’s', () => {
    const file = issued(authority);
    const last = file.length - 1;
    file[last] = (file[last] ?? 0) ^ 1;
    expect(judge(file, trust(authority))).toEqual({ state: 'forged', why: 'signature-wrong' });
    expect(judge(file, null)).toEqual({ state: 'forged', why: 'signature-wrong' });
  });

  it('finds signers who belong to somebody else: same country and name, another country, another kind of key', () => {
    const notTrusted = { state: 'forged', why: 'signer-not-trusted' };
    const trusted = trust(authority, authorityOf('UT', 'rsa-sha256'));
    expect(judge(issued(authorityOf('UT', 'ecdsa-prime256v1-sha256')), trusted)).toEqual(notTrusted);
    const french = authorityOf('FR', 'ecdsa-prime256v1-sha256');
    expect(judge(issued(french), [...trusted, ...trust(french)])).toEqual(notTrusted);
  });

  it('finds signers whose time, or whose country’s time, is over', () => {
    const expired = { state: 'forged', why: 'signer-expired' };
    expect(judge(issued(authority, OVER), trust(authority))).toEqual(expired);
    const old = authorityOf('UT', 'ecdsa-prime256v1-sha256', OVER);
    expect(judge(issued(old), trust(old))).toEqual(expired);
  });

  it('knows documents of Germany by both of its codes', () => {
    const german = authorityOf('DE', 'ecdsa-brainpoolP256r1-sha256');
    expect(judge(issued(german), trust(german), 'D')).toEqual({ state: 'valid', country: 'D' });
  });

  it('refuses what is no security object', () => {
    for (const file of [new Uint8Array(), zoneFile(), Uint8Array.of(FILES.security.tag, 3, 0x30, 1, 0)]) {
      expect(judge(file, null)).toMatchObject({ code: 'chip.malformed' });
    }
  });
});

describe('country certificates', () => {
  const [one, two] = [authorityOf('UT', 'ecdsa-prime256v1-sha256'), authorityOf('FR', 'rsa-sha256')];

  it('come one by one, in PEM, and in a master list', () => {
    const pem = [one, two]
      .map(({ certificate }) =>
        Buffer.from(certificate)
          .toString('base64')
          .replace(/(.{64})/g, '$1\n'),
      )
      .map((text) => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`)
      .join('');
    const list = masterList([one.certificate, two.certificate], signerOf(two));
    for (const file of [new Uint8Array(Buffer.from(pem)), list]) {
      const read = readCountryCertificates(file);
      expect(read.ok && read.value.map(({ subjectCountry }) => subjectCountry).sort()).toEqual(['FR', 'UT']);
    }
  });

  it.each([
    ['a signer’s certificate', () => signerOf(one).certificate],
    ['a text', () => new Uint8Array(Buffer.from('certificates'))],
    ['nothing', () => new Uint8Array()],
    ['a certificate cut off', () => one.certificate.slice(0, -9)],
    ['a security object', () => issued(one).slice(4)],
    [
      'a master list that was changed',
      () => {
        const list = masterList([one.certificate], signerOf(two));
        list[list.length - 1] = (list.at(-1) ?? 0) ^ 1;
        return list;
      },
    ],
  ])('are refused for %s', (_, file) => {
    expect(readCountryCertificates(file())).toMatchObject({ ok: false, error: { code: 'chip.certificates-invalid' } });
  });
});
