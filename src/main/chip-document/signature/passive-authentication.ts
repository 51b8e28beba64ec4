import { createHash } from 'node:crypto';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { ChipSignature } from '../../../shared/domain/travel-document.ts';
import { equalBytes } from '../bytes.ts';
import type { Certificate } from './certificate.ts';
import { certificateCountries } from './certificate-country.ts';
import type { CountryCertificates } from './country-certificates.ts';
import { readSecurityObject, type SecurityObject } from './security-object.ts';
import { checkSignature } from './verify-signature.ts';

export interface PassiveAuthentication {
  readonly securityFile: Uint8Array;
  /** Number → file of every data group that was read and is going to be believed. */
  readonly dataGroups: ReadonlyMap<number, Uint8Array>;
  /** As the zone in DG1 names it. */
  readonly issuingState: string;
  /** Null: none are configured. */
  readonly trusted: CountryCertificates | null;
  readonly nowMs: number;
}

/**
 * Passive authentication (Doc 9303 part 11, 5.1). What was changed is `forged`, whether or not somebody vouches for the
 * signer; only a chain to a trusted certificate of the document's country is `valid`. Fails with `chip.malformed` or
 * `chip.unsupported` where nothing can be said at all.
 */
export function authenticatePassively(input: PassiveAuthentication): Result<ChipSignature, Failure> {
  const security = readSecurityObject(input.securityFile);
  if (!security.ok) return security;
  if (!groupsAgree(security.value, input.dataGroups)) return ok({ state: 'forged', why: 'hash-differs' });
  const { check, signer } = security.value.signed;
  if (check === 'unsupported') return err(failure('chip.unsupported', 'EF.SOD: the signature algorithm'));
  if (check === 'wrong') return ok({ state: 'forged', why: 'signature-wrong' });
  return trustIn(signer, input);
}

function groupsAgree({ hash, hashes }: SecurityObject, groups: PassiveAuthentication['dataGroups']): boolean {
  for (const [number, file] of groups) {
    const signed = hashes.get(number);
    if (!signed || !equalBytes(signed, createHash(hash).update(file).digest())) return false;
  }
  return groups.size > 0;
}

function trustIn(
  signer: Certificate,
  { trusted, issuingState, nowMs }: PassiveAuthentication,
): Result<ChipSignature, Failure> {
  if (!trusted) return ok({ state: 'unchecked', why: 'no-list' });
  const countries = certificateCountries(issuingState);
  const candidates = trusted.certificates.filter(({ subjectCountry }) => countries.includes(subjectCountry ?? ''));
  if (candidates.length === 0) return ok({ state: 'unchecked', why: 'no-certificate-of-country' });
  const notTrusted = ok({ state: 'forged', why: 'signer-not-trusted' } as const);
  if (!countries.includes(signer.issuerCountry ?? '')) return notTrusted;

  const checks = candidates.map((authority) => ({
    authority,
    check: checkSignature(authority.publicKey, signer.signatureAlgorithm, signer.signedPart, signer.signature),
  }));
  const chains = checks.filter(({ check }) => check === 'right').map(({ authority }) => authority);
  if (chains.length === 0) {
    const unsupported = checks.some(({ check }) => check === 'unsupported');
    return unsupported ? err(failure('chip.unsupported', 'the algorithm of a certificate')) : notTrusted;
  }
  const holds = (each: Certificate): boolean => each.validFromMs <= nowMs && nowMs <= each.validToMs;
  if (!holds(signer) || !chains.some(holds)) return ok({ state: 'forged', why: 'signer-expired' });
  return ok({ state: 'valid', country: issuingState });
}
