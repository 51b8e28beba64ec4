import type { FakeAccount } from '../contract.ts';
import { hmacSha256, sameText, sha256Hex } from '../digests.ts';
import type { WholeRequest } from '../vendor-model.ts';

const WINDOW_SECONDS = 300;
/** Nonces are remembered for longer than a timestamp is accepted. */
const NONCE_SECONDS = 2 * WINDOW_SECONDS;

/** Nonces that were used, each with the second of its use. */
export type UsedNonces = Map<string, number>;

/**
 * Checks a request to the customer's function: an HMAC with the shared secret over timestamp, nonce and the digest of
 * the body.
 *
 * @returns null when it is good; then the nonce is used up. Otherwise the function's code.
 */
export function checkWebhook(request: WholeRequest, account: FakeAccount, nonces: UsedNonces): string | null {
  const { headers, body, atMs } = request;
  const timestamp = headers['x-countersign-timestamp'] ?? '';
  const nonce = headers['x-countersign-nonce'] ?? '';
  const [, signature] = /^v1=([0-9a-f]{64})$/.exec(headers['x-countersign-signature'] ?? '') ?? [];
  if (!/^\d{1,12}$/.test(timestamp) || !/^[0-9a-f]{32}$/.test(nonce) || !signature) return 'signature-missing';
  if (Math.abs(atMs / 1000 - Number(timestamp)) > WINDOW_SECONDS) return 'signature-expired';
  const text = ['countersign-webhook-v1', timestamp, nonce, sha256Hex(body)].join('\n');
  const expected = hmacSha256(account.secretAccessKey, text).toString('hex');
  if (!sameText(expected, signature)) return 'signature-mismatch';
  for (const [used, second] of nonces) if (atMs / 1000 - second > NONCE_SECONDS) nonces.delete(used);
  if (nonces.has(nonce)) return 'nonce-used';
  nonces.set(nonce, atMs / 1000);
  return null;
}

/** What the function puts beside its answer, so that nobody in between can write one. */
export function signedAnswer(answer: unknown, nonce: string, account: FakeAccount): Readonly<Record<string, string>> {
  const text = JSON.stringify(answer);
  const signature = hmacSha256(account.secretAccessKey, `countersign-answer-v1\n${nonce}\n${text}`).toString('hex');
  return { answer: text, signature };
}
