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

const OBJECT_MARK = 'oss:';

/** One word for both, as it is kept with the record: `sha58ae…`, `oss:countersign/…`, or both with a space between. */
export function traceReference({ certifyId, objectName }: Traces): string | null {
  const words = [certifyId, objectName === null ? null : `${OBJECT_MARK}${objectName}`];
  const reference = words.filter((word) => word !== null).join(' ');
  return reference === '' ? null : reference;
}

export function parseTraces(reference: string): Traces {
  const words = reference.split(' ').filter((word) => word !== '');
  return {
    certifyId: words.find((word) => !word.startsWith(OBJECT_MARK)) ?? null,
    objectName: words.find((word) => word.startsWith(OBJECT_MARK))?.slice(OBJECT_MARK.length) ?? null,
  };
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
