import type { FakeAccount } from '../contract.ts';
import { derivedKey, hmacSha256, percentEncoded, sameText, sha256Hex } from '../digests.ts';
import type { WholeRequest } from '../vendor-model.ts';
import { splitOnce } from './acs3-check.ts';

const WINDOW_MS = 15 * 60_000;
const AUTHORIZATION =
  /^OSS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([a-z0-9-]+)\/oss\/aliyun_v4_request,(?:AdditionalHeaders=([a-z0-9;-]+),)?Signature=([0-9a-f]{64})$/;
const DATE = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

interface Claim {
  readonly keyId: string;
  readonly day: string;
  readonly region: string;
  readonly additional: readonly string[];
  readonly signature: string;
}

/**
 * Checks the object store's signature of version 4, with the bucket in the path.
 *
 * @returns null when it is good, otherwise the store's code
 */
export function checkOss4(request: WholeRequest, account: FakeAccount): string | null {
  const claim = claimOf(request.headers['authorization'] ?? '');
  if (!claim) return 'AccessDenied';
  const date = request.headers['x-oss-date'] ?? '';
  const signedAtMs = Date.parse(date.replace(DATE, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(signedAtMs) || !date.startsWith(claim.day)) return 'AccessDenied';
  if (Math.abs(signedAtMs - request.atMs) > WINDOW_MS) return 'RequestTimeTooSkewed';
  if (claim.keyId !== account.accessKeyId) return 'InvalidAccessKeyId';
  if (!sameText(request.headers['x-oss-security-token'] ?? '', account.securityToken ?? '')) {
    return 'InvalidSecurityToken';
  }
  return isSigned(claim, date, account, request) ? null : 'SignatureDoesNotMatch';
}

function claimOf(authorization: string): Claim | null {
  const [, keyId, day, region, additional, signature] = AUTHORIZATION.exec(authorization.replace(/, /g, ',')) ?? [];
  if (!keyId || !day || !region || !signature) return null;
  return { keyId, day, region, additional: additional?.split(';') ?? [], signature };
}

function isSigned(claim: Claim, date: string, account: FakeAccount, request: WholeRequest): boolean {
  const { day, region, signature } = claim;
  const payload = request.headers['x-oss-content-sha256'] ?? '';
  if (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256Hex(request.body)) return false;
  const scope = `${day}/${region}/oss/aliyun_v4_request`;
  const text = ['OSS4-HMAC-SHA256', date, scope, sha256Hex(canonicalRequest(claim, payload, request))].join('\n');
  const key = derivedKey(`aliyun_v4${account.secretAccessKey}`, [day, region, 'oss', 'aliyun_v4_request']);
  return sameText(hmacSha256(key, text).toString('hex'), signature);
}

function canonicalRequest({ additional }: Claim, payload: string, { method, url, headers }: WholeRequest): string {
  const [path, query] = splitOnce(url, '?');
  const always = Object.keys(headers).filter(
    (name) => name.startsWith('x-oss-') || name === 'content-type' || name === 'content-md5',
  );
  const names = [...new Set([...always, ...additional])].sort();
  const lines = names.map((name) => `${name}:${(headers[name] ?? '').trim()}\n`).join('');
  return [method, canonicalPath(path), canonicalQuery(query), lines, [...additional].sort().join(';'), payload].join(
    '\n',
  );
}

/** Decoded and encoded again, the slashes apart. */
function canonicalPath(path: string): string {
  return path
    .split('/')
    .map((segment) => percentEncoded(decodeURIComponent(segment)))
    .join('/');
}

/** Sorted by encoded name; a parameter without a value stands without `=`. */
function canonicalQuery(query: string): string {
  return [...new URLSearchParams(query)]
    .map(([name, value]) => [percentEncoded(name), percentEncoded(value)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .join('&');
}
