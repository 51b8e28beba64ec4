import { createHash, createHmac } from 'node:crypto';
import type { CloudKeys } from '../contract.ts';
import { encodeStrictly } from './form-body.ts';

const ALGORITHM = 'OSS4-HMAC-SHA256';
/** TLS protects the body; hashing ten megabytes twice buys nothing. */
const PAYLOAD = 'UNSIGNED-PAYLOAD';

export interface OssRequest {
  readonly method: 'PUT' | 'DELETE' | 'GET' | 'HEAD';
  readonly bucket: string;
  /** Without a leading slash. */
  readonly objectName: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Such as `cn-shanghai`. */
  readonly region: string;
  readonly nowMs: number;
  /** Names of further headers to sign, lower case. */
  readonly additionalHeaders?: readonly string[];
}

/** All headers of the request, the signature among them. */
export function ossV4Headers(request: OssRequest, keys: CloudKeys): Record<string, string> {
  const time = ossTime(request.nowMs);
  const headers: Record<string, string> = {
    ...request.headers,
    'x-oss-content-sha256': PAYLOAD,
    'x-oss-date': time,
  };
  if (keys.securityToken !== undefined) headers['x-oss-security-token'] = keys.securityToken;
  const additional = (request.additionalHeaders ?? []).toSorted();
  const scope = `${time.slice(0, 8)}/${request.region}/oss/aliyun_v4_request`;
  const toSign = [ALGORITHM, time, scope, sha256(canonicalRequest(request, headers, additional))].join('\n');
  const signature = hmac(signingKey(keys.secretAccessKey, time.slice(0, 8), request.region), toSign).toString('hex');
  const alsoSigned = additional.length === 0 ? '' : `AdditionalHeaders=${additional.join(';')},`;
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${keys.accessKeyId}/${scope},${alsoSigned}Signature=${signature}`,
  };
}

/** Path of an object in an address: its slashes stay. */
export function objectPath(objectName: string): string {
  return objectName.split('/').map(encodeStrictly).join('/');
}

function canonicalRequest(
  { method, bucket, objectName, query }: OssRequest,
  headers: Readonly<Record<string, string>>,
  additional: readonly string[],
): string {
  const parameters = Object.entries(query)
    .map(([name, value]): [string, string] => [encodeStrictly(name), encodeStrictly(value)])
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const lines = Object.entries(headers)
    .map(([name, value]): [string, string] => [name.toLowerCase(), value.trim()])
    .filter(([name]) => isAlwaysSigned(name) || additional.includes(name))
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}:${value}\n`)
    .join('');
  const path = `/${encodeStrictly(bucket)}/${objectPath(objectName)}`;
  return [method, path, parameters.join('&'), lines, additional.join(';'), PAYLOAD].join('\n');
}

function isAlwaysSigned(name: string): boolean {
  return name === 'content-type' || name === 'content-md5' || name.startsWith('x-oss-');
}

function signingKey(secret: string, day: string, region: string): Buffer {
  return [region, 'oss', 'aliyun_v4_request'].reduce(hmac, hmac(`aliyun_v4${secret}`, day));
}

/** `20261122T100000Z` */
function ossTime(nowMs: number): string {
  return new Date(nowMs).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
