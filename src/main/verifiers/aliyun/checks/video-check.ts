import type { Capability, CheckAnswer, CheckRequest } from '../../../../shared/domain/verification.ts';
import { failure } from '../../../../shared/reasons.ts';
import type { CallContext } from '../../contract.ts';
import type { AliyunClient } from '../client.ts';
import { VIDEO_CODES } from '../codes.ts';
import { unfitClip } from '../material-limits.ts';
import { contrastFaceVerify, type LivenessModel } from '../operations/face-verify.ts';
import { putObject, type OssPlace } from '../oss-object.ts';
import { callOperation } from '../rpc-exchange.ts';
import { traceReference } from '../traces-at-vendor.ts';
import { unasked, withoutVerdict } from '../verdicts.ts';
import { faceVerdict, queryByCertifyId, withReference } from './face-answers.ts';
import type { AliyunCheck } from './check.ts';

/** What is the same for every clip of an account. */
interface ClipDesk {
  readonly client: AliyunClient;
  readonly sceneId: number;
  readonly oss: OssPlace;
  readonly model: LivenessModel;
}

const capability: Capability = {
  check: 'video-authority',
  operation: contrastFaceVerify.action,
  materials: ['identity', 'clip'],
  basis: 'authority',
  pictures: null,
  clip: 'aliyun-id-min-video',
  queryable: false,
  billed: true,
  score: { scale: 100, threshold: null },
};

/**
 * `ID_MIN_VIDEO`: name, number and a clip with a blink against the authority's photo. Clips don't fit into a request,
 * and the vendor's own upload hands over an unencrypted address: they go through our bucket, for as long as the
 * call lasts.
 */
export function videoCheck(
  { parts, account }: AliyunClient,
  sceneId: number,
  oss: OssPlace,
  model: LivenessModel,
  timeoutMs: number,
): AliyunCheck {
  const client = { parts, account: { ...account, timeoutMs } };
  const desk: ClipDesk = { client, sceneId, oss, model };
  return {
    capability,
    ask: (request, context) => askAboutClip(desk, request, context),
    query: queryByCertifyId(client, sceneId, capability),
  };
}

async function askAboutClip(desk: ClipDesk, request: CheckRequest, context: CallContext): Promise<CheckAnswer> {
  const { client, sceneId, oss, model } = desk;
  const { identity, clip } = request.materials;
  if (identity === undefined || clip === undefined) return unasked(failure('material.missing'), capability);
  const complaint = unfitClip(clip);
  if (complaint !== null) return unasked(complaint, capability);
  const objectName = `countersign/${request.orderId}-${client.parts.randomBytes(16).toString('hex')}.mp4`;
  // An upload whose answer was lost may have arrived all the same: it is deleted like any other.
  const inBucket = traceReference({ certifyId: null, objectName });
  const put = await upload(client, oss, objectName, clip.bytes, context);
  if (!put.ok) return withReference(unasked(put.error, capability), inBucket);
  const form = {
    SceneId: sceneId,
    OuterOrderNo: request.orderId,
    ProductCode: 'ID_MIN_VIDEO',
    CertType: 'IDENTITY_CARD',
    CertName: identity.name,
    CertNo: identity.number,
    Model: model,
    OssBucketName: oss.bucket,
    OssObjectName: objectName,
  } as const;
  const answer = await callOperation(client.parts, client.account, contrastFaceVerify, form, context);
  if (answer.kind !== 'answered') {
    return withReference(withoutVerdict(answer, capability, VIDEO_CODES, null), inBucket);
  }
  const certifyId = answer.answer.ResultObject.CertifyId ?? null;
  return withReference(faceVerdict(capability, answer, 'authority'), traceReference({ certifyId, objectName }));
}

function upload(
  { parts, account }: AliyunClient,
  oss: OssPlace,
  name: string,
  bytes: Uint8Array,
  context: CallContext,
) {
  const limits = { timeoutMs: account.timeoutMs, ...(context.signal === undefined ? {} : { signal: context.signal }) };
  return putObject(parts, { ...oss, keys: account.keys }, name, { bytes, type: 'video/mp4' }, limits);
}
