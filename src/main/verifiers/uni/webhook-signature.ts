import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export interface SignedWebhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly nonce: string;
}

/**
 * Signs a request to the customer's function: an HMAC with SHA-256 over version, timestamp (seconds), nonce and the
 * digest of the body, one a line.
 *
 * @param nonce 16 random bytes
 */
export function signWebhook(secret: string, body: string, wallMs: number, nonce: Buffer): SignedWebhook {
  const timestamp = String(Math.floor(wallMs / 1000));
  const nonceHex = nonce.toString('hex');
  const digest = createHash('sha256').update(body, 'utf8').digest('hex');
  const text = ['countersign-webhook-v1', timestamp, nonceHex, digest].join('\n');
  return {
    nonce: nonceHex,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-countersign-timestamp': timestamp,
      'x-countersign-nonce': nonceHex,
      'x-countersign-signature': `v1=${hmac(secret, text).toString('hex')}`,
    },
  };
}

/** Whether the function itself wrote this answer, to the request with this nonce. */
export function isAnswerSigned(secret: string, nonce: string, answer: string, signature: string): boolean {
  const expected = hmac(secret, `countersign-answer-v1\n${nonce}\n${answer}`);
  const given = Buffer.from(signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function hmac(secret: string, text: string): Buffer {
  return createHmac('sha256', secret).update(text, 'utf8').digest();
}
