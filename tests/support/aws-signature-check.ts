import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Whether a request carries the Signature Version 4 that its headers say it has (service `s3`, signature in the
 * Authorization header), computed anew from the request as it arrived.
 */
export function isSignedByV4(request: IncomingMessage, secretAccessKey: string): boolean {
  const header = request.headers.authorization ?? '';
  const parts = /^AWS4-HMAC-SHA256 Credential=[^/]+\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
    header,
  );
  const [, scope = '', names = '', signature] = parts ?? [];
  const valueOf = (name: string): string =>
    String(request.headers[name] ?? '')
      .trim()
      .replaceAll(/\s+/g, ' ');
  const url = new URL(request.url ?? '/', 'http://host');
  const canonical = [
    request.method ?? '',
    url.pathname,
    [...url.searchParams]
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .sort()
      .join('&'),
    ...names.split(';').map((name) => `${name}:${valueOf(name)}`),
    '',
    names,
    valueOf('x-amz-content-sha256'),
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', valueOf('x-amz-date'), scope, sha256(canonical)].join('\n');
  const key = scope.split('/').reduce<Buffer | string>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
  const hasBody = /^[0-9a-f]{64}$/.test(valueOf('x-amz-content-sha256'));
  return hasBody && hmac(key, text).toString('hex') === signature;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
