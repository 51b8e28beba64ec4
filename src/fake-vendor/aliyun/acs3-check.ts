import type { FakeAccount } from '../contract.ts';
import { hmacSha256, percentEncoded, sameText, sha256Hex } from '../digests.ts';
import type { WholeRequest } from '../vendor-model.ts';

/** How far `x-acs-date` may be from the service's clock; a nonce is remembered over the whole of it, both ways. */
const WINDOW_MS = 15 * 60_000;
const ALGORITHM = 'ACS3-HMAC-SHA256';
const AUTHORIZATION =
  /^ACS3-HMAC-SHA256 Credential=([^,\s]+), ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;
const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

interface Claim {
  readonly keyId: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** Nonces that were used, each with the time of its use. */
export type UsedNonces = Map<string, number>;

/**
 * Checks a signature of version 3 (`ACS3-HMAC-SHA256`). The query is decoded and encoded again before it is compared:
 * clients may leave characters bare on the wire that are encoded where they sign.
 *
 * @returns null when it is good; then the nonce is used up. Otherwise the vendor's code.
 */
export function checkAcs3(request: WholeRequest, account: FakeAccount, nonces: UsedNonces): string | null {
  const { headers } = request;
  const claim = claimOf(headers['authorization'] ?? '');
  if (!claim) return headers['authorization'] === undefined ? 'MissingAuthorization' : 'IncompleteSignature';
  return (
    dateFault(headers['x-acs-date'] ?? '', request.atMs) ??
    accountFault(claim, account, headers) ??
    signatureFault(claim, account, request) ??
    nonceFault(headers['x-acs-signature-nonce'] ?? '', nonces, request.atMs)
  );
}

function claimOf(authorization: string): Claim | null {
  const [, keyId, signed, signature] = AUTHORIZATION.exec(authorization) ?? [];
  return keyId && signed && signature ? { keyId, signedHeaders: signed.split(';'), signature } : null;
}

/**
 * The vendor's code of what is wrong with a time of signing; null for one like `2026-01-01T00:00:00Z` that is within 15
 * minutes of `atMs`.
 */
export function dateFault(date: string, atMs: number): string | null {
  if (!DATE.test(date)) return 'InvalidTimeStamp.Format';
  return Math.abs(Date.parse(date) - atMs) > WINDOW_MS ? 'InvalidTimeStamp.Expired' : null;
}

function accountFault(claim: Claim, account: FakeAccount, headers: WholeRequest['headers']): string | null {
  if (claim.keyId !== account.accessKeyId) return 'InvalidAccessKeyId.NotFound';
  const token = headers['x-acs-security-token'] ?? '';
  if (sameText(token, account.securityToken ?? '')) return null;
  return token === '' ? 'MissingSecurityToken' : 'InvalidSecurityToken.MismatchWithAccessKey';
}

function signatureFault(claim: Claim, account: FakeAccount, request: WholeRequest): string | null {
  const digest = sha256Hex(request.body);
  const signedAll = mustBeSigned(request).every((name) => claim.signedHeaders.includes(name));
  if (!signedAll || request.headers['x-acs-content-sha256'] !== digest) return 'SignatureDoesNotMatch';
  const text = `${ALGORITHM}\n${sha256Hex(canonicalRequest(request, claim.signedHeaders, digest))}`;
  const expected = hmacSha256(account.secretAccessKey, text).toString('hex');
  return sameText(expected, claim.signature) ? null : 'SignatureDoesNotMatch';
}

function mustBeSigned({ headers }: WholeRequest): readonly string[] {
  const always = [
    'host',
    'x-acs-action',
    'x-acs-version',
    'x-acs-date',
    'x-acs-signature-nonce',
    'x-acs-content-sha256',
  ];
  const sent = Object.keys(headers).filter((name) => name.startsWith('x-acs-') || name === 'content-type');
  return [...new Set([...always, ...sent])];
}

function canonicalRequest(request: WholeRequest, signedHeaders: readonly string[], digest: string): string {
  const [path = '/', query = ''] = splitOnce(request.url, '?');
  const headers = signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim()}\n`).join('');
  return [request.method, path, canonicalQuery(query), headers, signedHeaders.join(';'), digest].join('\n');
}

function canonicalQuery(query: string): string {
  return [...new URLSearchParams(query)]
    .map(([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`)
    .sort()
    .join('&');
}

/** What stands before and after the first separator; the whole text and `''` where there is none. */
export function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

/**
 * The vendor's code for a nonce that is missing or was used; null for a new one, which is used up then. Forgets those
 * that are older than 30 minutes.
 */
export function nonceFault(nonce: string, nonces: UsedNonces, atMs: number): string | null {
  if (nonce === '') return 'MissingSignatureNonce';
  for (const [used, usedAtMs] of nonces) if (atMs - usedAtMs > 2 * WINDOW_MS) nonces.delete(used);
  if (nonces.has(nonce)) return 'SignatureNonceUsed';
  nonces.set(nonce, atMs);
  return null;
}
