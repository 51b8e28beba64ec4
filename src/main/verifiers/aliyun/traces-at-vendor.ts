import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { CallContext } from '../contract.ts';
import { askFor, type AliyunClient } from './client.ts';
import { deleteFaceVerifyResult } from './operations/face-verify.ts';
import { deleteObject, type OssPlace } from './oss-object.ts';
import { DELETION_TIMEOUT_MS } from './settings.ts';

/** What a call leaves behind: with the vendor, and in our bucket. */
export interface Traces {
  readonly certifyId: string | null;
  readonly objectName: string | null;
}

const RECORD_MARK = 'certify:';
const OBJECT_MARK = 'oss:';

/**
 * Both in one text: `certify:sha58ae…`, `oss:countersign/…`, or the two with a space between. The marks tell them from
 * our order ids, which look like the vendor's numbers.
 */
export function traceReference({ certifyId, objectName }: Traces): string | null {
  const words = [
    ...(certifyId === null ? [] : [`${RECORD_MARK}${certifyId}`]),
    ...(objectName === null ? [] : [`${OBJECT_MARK}${objectName}`]),
  ];
  return words.length === 0 ? null : words.join(' ');
}

/** Nulls where a reference names neither, as our order ids don't. */
export function parseTraces(reference: string): Traces {
  const words = reference.split(' ');
  const after = (mark: string) => words.find((word) => word.startsWith(mark))?.slice(mark.length) ?? null;
  return { certifyId: after(RECORD_MARK), objectName: after(OBJECT_MARK) };
}

/** Deletes both; what couldn't be deleted is in the answer. */
export async function eraseTraces(
  client: AliyunClient,
  oss: OssPlace | null,
  traces: Traces,
  context: CallContext,
): Promise<{ readonly left: Traces; readonly problem: Failure | null }> {
  const [record, object] = await Promise.all([
    traces.certifyId === null ? ok(null) : forget(client, traces.certifyId, context),
    traces.objectName === null ? ok(null) : deleteClip(client, oss, traces.objectName),
  ]);
  const left = {
    certifyId: record.ok ? null : traces.certifyId,
    objectName: object.ok ? null : traces.objectName,
  };
  const problem = record.ok ? (object.ok ? null : object.error) : record.error;
  return { left, problem };
}

async function forget(
  { parts, account }: AliyunClient,
  certifyId: string,
  { trace }: CallContext,
): Promise<Result<null, Failure>> {
  // Whoever gave up waiting for the answer still wants it forgotten, so the caller's signal isn't passed on.
  const client = { parts, account: { ...account, timeoutMs: DELETION_TIMEOUT_MS } };
  const request = { CertifyId: certifyId, DeleteAfterQuery: 'N' } as const;
  const answer = await askFor(client, deleteFaceVerifyResult, request, { trace });
  if (!answer.ok) return answer;
  const { DeleteResult, FailReason } = answer.value.ResultObject;
  if (DeleteResult === 'Y' || FailReason === 'NOT_DELETE_REPEATEDLY') return ok(null);
  return err(failure('verifier.refused', `not deleted: ${(FailReason ?? '').slice(0, 60)}`));
}

function deleteClip({ parts, account }: AliyunClient, oss: OssPlace | null, objectName: string) {
  if (oss === null) return err(failure('verifier.misconfigured', 'no bucket is configured'));
  return deleteObject(parts, { ...oss, keys: account.keys }, objectName, DELETION_TIMEOUT_MS);
}
