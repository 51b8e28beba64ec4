import type { KeyObject } from 'node:crypto';
import { createHash, verify } from 'node:crypto';
import { canonicalJson } from '../../src/shared/canonical-json.ts';
import type { PublicKeyJwk } from '../../src/shared/protocol/kv1.ts';
import type { RecordDetail } from '../../src/shared/ipc/admin.ts';
import { verifyText } from '../../src/main/verifiers/countersign/message-authentication.ts';

/** What is wrong with a record's two signatures; null when both hold over exactly this record. */
export function receiptFault(detail: RecordDetail, device: KeyObject, server: PublicKeyJwk): string | null {
  const body = canonicalJson(detail.receipt.body);
  const recordHash = createHash('sha256').update(canonicalJson(detail.record)).digest('hex');
  if (detail.receipt.body.recordHash !== recordHash) return 'the receipt is about another record';
  const signature = Buffer.from(detail.receipt.device.signature, 'base64url');
  if (!verify(null, Buffer.from(body), device, signature)) return 'the device’s signature does not hold';
  if (detail.countersignature === null) return 'the verifier has not countersigned';
  const countersignature = Buffer.from(detail.countersignature.server.signature, 'base64url');
  return verifyText(body, countersignature, server) ? null : 'the verifier’s signature does not hold';
}
