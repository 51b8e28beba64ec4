import { createHmac } from 'node:crypto';
import type { FakeAccount } from '../contract.ts';
import { percentEncoded, sameText } from '../digests.ts';
import type { WholeRequest } from '../vendor-model.ts';
import { dateFault, nonceFault, type UsedNonces } from './acs3-check.ts';

/**
 * Checks the older signature of version 1 (`HMAC-SHA1` over the sorted parameters), which the operations of 2018 and
 * 2019 take as well.
 *
 * @returns null when it is good, otherwise the vendor's code
 */
export function checkRpc(
  request: WholeRequest,
  parameters: Readonly<Record<string, string>>,
  account: FakeAccount,
  nonces: UsedNonces,
): string | null {
  const early = dateFault(parameters['Timestamp'] ?? '', request.atMs);
  if (early !== null) return early;
  if (parameters['AccessKeyId'] !== account.accessKeyId) return 'InvalidAccessKeyId.NotFound';
  if (!sameText(parameters['SecurityToken'] ?? '', account.securityToken ?? '')) {
    return 'InvalidSecurityToken.MismatchWithAccessKey';
  }
  const { Signature = '', ...signed } = parameters;
  if (signed['SignatureMethod'] !== 'HMAC-SHA1' || signed['SignatureVersion'] !== '1.0') return 'IncompleteSignature';
  const sorted = Object.keys(signed)
    .sort()
    .map((name) => `${percentEncoded(name)}=${percentEncoded(signed[name] ?? '')}`)
    .join('&');
  const text = `${request.method}&${percentEncoded('/')}&${percentEncoded(sorted)}`;
  const expected = createHmac('sha1', `${account.secretAccessKey}&`).update(text).digest('base64');
  if (!sameText(expected, Signature)) return 'SignatureDoesNotMatch';
  return nonceFault(signed['SignatureNonce'] ?? '', nonces, request.atMs);
}
