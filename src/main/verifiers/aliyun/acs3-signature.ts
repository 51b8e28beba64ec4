import { createHash, createHmac } from 'node:crypto';
import type { CloudKeys } from '../contract.ts';
import { encodeStrictly } from './form-body.ts';

const ALGORITHM = 'ACS3-HMAC-SHA256';

export interface Acs3Request {
  readonly method: 'GET' | 'POST';
  /** Always `/` for RPC operations. */
  readonly pathname: string;
  readonly query: Readonly<Record<string, string>>;
  /** All that are sent; `host`, `content-type` and `x-acs-*` are signed. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What one call is made of besides its parameters. */
export interface Acs3Call {
  /** With the port, if it isn't the default one. */
  readonly host: string;
  readonly action: string;
  readonly version: string;
  readonly body: string;
  readonly nowMs: number;
  /** Used once. */
  readonly nonce: string;
}

/** Headers of a signed RPC call with a form body. */
export function acs3Headers(call: Acs3Call, keys: CloudKeys): Record<string, string> {
  const { securityToken } = keys;
  const headers: Record<string, string> = {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
    host: call.host,
    'x-acs-action': call.action,
    'x-acs-content-sha256': sha256(call.body),
    'x-acs-date': acs3Date(call.nowMs),
    'x-acs-signature-nonce': call.nonce,
    'x-acs-version': call.version,
  };
  if (securityToken !== undefined) {
    headers['x-acs-accesskey-id'] = keys.accessKeyId;
    headers['x-acs-security-token'] = securityToken;
  }
  const request: Acs3Request = { method: 'POST', pathname: '/', query: {}, headers };
  return { ...headers, authorization: acs3Authorization(request, headers['x-acs-content-sha256'] ?? '', keys) };
}

/** Value of the `Authorization` header. `payloadSha256`: of the body as it is sent, hex. */
export function acs3Authorization(request: Acs3Request, payloadSha256: string, keys: CloudKeys): string {
  const { text, signedHeaders } = canonicalRequest(request, payloadSha256);
  const signature = createHmac('sha256', keys.secretAccessKey)
    .update(`${ALGORITHM}\n${sha256(text)}`)
    .digest('hex');
  return `${ALGORITHM} Credential=${keys.accessKeyId},SignedHeaders=${signedHeaders},Signature=${signature}`;
}

/**
 * The text that is signed. The query is encoded anew by RFC 3986, whatever stands on the wire: clients leave `* ! ( )`
 * bare there, and comparing raw texts refuses names that hold them.
 */
export function canonicalRequest(
  { method, pathname, query, headers }: Acs3Request,
  payloadSha256: string,
): { readonly text: string; readonly signedHeaders: string } {
  const parameters = Object.keys(query)
    .toSorted()
    .map((name) => `${name}=${encodeStrictly(query[name] ?? '')}`);
  const signed = Object.entries(headers)
    .map(([name, value]): [string, string] => [name.toLowerCase(), value.trim()])
    .filter(([name]) => name === 'host' || name === 'content-type' || name.startsWith('x-acs-'))
    .toSorted(([left], [right]) => (left < right ? -1 : 1));
  const signedHeaders = signed.map(([name]) => name).join(';');
  const lines = signed.map(([name, value]) => `${name}:${value}\n`).join('');
  const text = [method, pathname, parameters.join('&'), lines, signedHeaders, payloadSha256].join('\n');
  return { text, signedHeaders };
}

/** `2026-11-22T10:00:00Z`: no fraction. */
export function acs3Date(nowMs: number): string {
  return new Date(nowMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
