import type { FakeAccount } from '../contract.ts';
import { derivedKey, hmacSha256, percentEncoded, sameText, sha256Hex } from '../digests.ts';
import type { WholeRequest } from '../vendor-model.ts';

export interface SignatureProblem {
  readonly code: string;
  readonly message: string;
}

/** A timestamp may differ from the service's clock by five minutes. */
const WINDOW_SECONDS = 300;
const AUTHORIZATION =
  /^TC3-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{4}-\d{2}-\d{2})\/([^/,\s]+)\/tc3_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

interface Claim {
  readonly keyId: string;
  readonly date: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/**
 * Checks a signature of version 3 (`TC3-HMAC-SHA256`). Two habits of the vendor's own clients are accepted: the
 * service is whatever stands in the credential, and the host may be signed without its port.
 *
 * @returns null when it is good
 */
export function checkTc3(request: WholeRequest, account: FakeAccount): SignatureProblem | null {
  const claim = claimOf(request.headers['authorization'] ?? '');
  if (!claim) return problem('AuthFailure.InvalidAuthorization', 'the Authorization header is missing or malformed');
  const timestamp = request.headers['x-tc-timestamp'] ?? '';
  if (!/^\d{1,12}$/.test(timestamp)) return problem('MissingParameter', 'X-TC-Timestamp');
  if (Math.abs(request.atMs / 1000 - Number(timestamp)) > WINDOW_SECONDS) {
    return problem('AuthFailure.SignatureExpire', 'the timestamp is more than five minutes off');
  }
  if (claim.keyId !== account.accessKeyId) return problem('AuthFailure.SecretIdNotFound', 'the key is not known');
  if (!sameText(request.headers['x-tc-token'] ?? '', account.securityToken ?? '')) {
    return problem('AuthFailure.TokenFailure', 'the token does not belong to the key');
  }
  return isSignedBy(account, claim, timestamp, request)
    ? null
    : problem('AuthFailure.SignatureFailure', 'the signature is another one');
}

function problem(code: string, message: string): SignatureProblem {
  return { code, message };
}

function claimOf(authorization: string): Claim | null {
  const [, keyId, date, service, signed, signature] = AUTHORIZATION.exec(authorization) ?? [];
  if (!keyId || !date || !service || !signed || !signature) return null;
  return { keyId, date, service, signedHeaders: signed.split(';'), signature };
}

function isSignedBy(account: FakeAccount, claim: Claim, timestamp: string, request: WholeRequest): boolean {
  const { date, service, signedHeaders } = claim;
  if (date !== new Date(Number(timestamp) * 1000).toISOString().slice(0, 10)) return false;
  if (!['content-type', 'host'].every((name) => signedHeaders.includes(name))) return false;
  const key = derivedKey(`TC3${account.secretAccessKey}`, [date, service, 'tc3_request']);
  return hostsOf(request).some((host) => {
    const canonical = canonicalRequest(request, signedHeaders, host);
    const text = ['TC3-HMAC-SHA256', timestamp, `${date}/${service}/tc3_request`, sha256Hex(canonical)].join('\n');
    return sameText(hmacSha256(key, text).toString('hex'), claim.signature);
  });
}

/** The host as it arrived, and without its port. */
function hostsOf({ headers }: WholeRequest): readonly string[] {
  const host = headers['host'] ?? '';
  const bare = host.replace(/:\d+$/, '');
  return bare === host ? [host] : [bare, host];
}

function canonicalRequest(request: WholeRequest, signedHeaders: readonly string[], host: string): string {
  const [path = '/', query = ''] = request.url.split('?');
  const headers = signedHeaders.map((name) => {
    const value = name === 'host' ? host : (request.headers[name] ?? '');
    return `${name}:${value.trim().toLowerCase()}\n`;
  });
  const parts = [request.method, path, request.method === 'GET' ? canonicalQuery(query) : ''];
  return [...parts, headers.join(''), signedHeaders.join(';'), sha256Hex(request.body)].join('\n');
}

function canonicalQuery(query: string): string {
  const pairs = [...new URLSearchParams(query)].map(
    ([key, value]) => `${percentEncoded(key)}=${percentEncoded(value)}`,
  );
  return pairs.sort().join('&');
}
