import { createHash, createHmac } from 'node:crypto';
import type { CloudKeys } from '../contract.ts';

/** What one signature covers. */
export interface Tc3Request {
  /** Name of the service in the credential scope: `faceid`, `iai`, `ocr`. */
  readonly service: string;
  /**
   * Host of the address WITHOUT its port. The vendor's own clients sign it so, although the Host header carries the
   * port; a signature over host and port is refused.
   */
  readonly host: string;
  readonly contentType: string;
  readonly body: string;
  /** Seconds since the Unix epoch; the vendor refuses more than five minutes of difference. */
  readonly seconds: number;
  readonly keys: Pick<CloudKeys, 'accessKeyId' | 'secretAccessKey'>;
}

const SIGNED_HEADERS = 'content-type;host';

/**
 * Value of the Authorization header of a POST to `/` (TC3-HMAC-SHA256, cloud.tencent.com/document/api/1007/31324).
 * Only content type, host and body are signed, so that no other header can carry anything that matters.
 */
export function signTc3({ service, host, contentType, body, seconds, keys }: Tc3Request): string {
  const date = new Date(seconds * 1_000).toISOString().slice(0, 10);
  const scope = `${date}/${service}/tc3_request`;
  const headers = `content-type:${contentType}\nhost:${host}\n`;
  const canonical = ['POST', '/', '', headers, SIGNED_HEADERS, sha256(body)].join('\n');
  const text = ['TC3-HMAC-SHA256', seconds, scope, sha256(canonical)].join('\n');
  const signature = hmac(signingKey(keys.secretAccessKey, date, service), text).toString('hex');
  const credential = `${keys.accessKeyId}/${scope}`;
  return `TC3-HMAC-SHA256 Credential=${credential}, SignedHeaders=${SIGNED_HEADERS}, Signature=${signature}`;
}

function signingKey(secret: string, date: string, service: string): Buffer {
  return hmac(hmac(hmac(`TC3${secret}`, date), service), 'tc3_request');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
