import type { Capability, CheckAnswer, CheckRequest } from '../../../../shared/domain/verification.ts';
import { failure } from '../../../../shared/reasons.ts';
import type { CallContext } from '../../contract.ts';
import type { AliyunClient } from '../client.ts';
import { OPERATION_CODES } from '../codes.ts';
import { FACE_PICTURE_LIMITS, unfitPicture } from '../material-limits.ts';
import {
  compareFaceVerify,
  contrastFaceVerify,
  livenessFaceVerify,
  type LivenessModel,
} from '../operations/face-verify.ts';
import { callOperation } from '../rpc-exchange.ts';
import { traceReference } from '../traces-at-vendor.ts';
import { unasked, verdict, withoutVerdict } from '../verdicts.ts';
import { base64, type AliyunCheck } from './check.ts';
import { comparisonMeaning, faceVerdict, queryByCertifyId, withReference } from './face-answers.ts';

const picture = { pictures: FACE_PICTURE_LIMITS, clip: null, queryable: false, billed: true } as const;
const score = { scale: 100, threshold: null } as const;

/** `ID_MIN`: name, number and a picture against the authority's photo. */
export function contrastCheck(client: AliyunClient, sceneId: number, model: LivenessModel): AliyunCheck {
  const capability: Capability = {
    ...picture,
    check: 'face-authority',
    operation: contrastFaceVerify.action,
    materials: ['identity', 'face'],
    basis: 'authority',
    score,
  };
  const ask = async ({ orderId, materials }: CheckRequest, context: CallContext): Promise<CheckAnswer> => {
    const { identity, face } = materials;
    if (identity === undefined || face === undefined) return unasked(failure('material.missing'), capability);
    const complaint = unfitPicture(face, FACE_PICTURE_LIMITS, 'face');
    if (complaint !== null) return unasked(complaint, capability);
    const form = {
      SceneId: sceneId,
      OuterOrderNo: orderId,
      ProductCode: 'ID_MIN',
      CertType: 'IDENTITY_CARD',
      CertName: identity.name,
      CertNo: identity.number,
      Model: model,
      FaceContrastPicture: base64(face.bytes),
    } as const;
    const answer = await callOperation(client.parts, client.account, contrastFaceVerify, form, context);
    if (answer.kind !== 'answered') return withoutVerdict(answer, capability, OPERATION_CODES, null);
    return faceVerdict(capability, answer, 'authority');
  };
  return { capability, ask, query: queryByCertifyId(client, sceneId, capability) };
}

/** `LR_FR_MIN`: whether a picture shows somebody alive. */
export function livenessCheck(client: AliyunClient, sceneId: number, model: LivenessModel): AliyunCheck {
  const capability: Capability = {
    ...picture,
    check: 'face-live',
    operation: livenessFaceVerify.action,
    materials: ['face'],
    basis: 'local',
    score: null,
  };
  const ask = async ({ orderId, materials: { face } }: CheckRequest, context: CallContext): Promise<CheckAnswer> => {
    if (face === undefined) return unasked(failure('material.missing', 'face'), capability);
    const complaint = unfitPicture(face, FACE_PICTURE_LIMITS, 'face');
    if (complaint !== null) return unasked(complaint, capability);
    const form = {
      SceneId: sceneId,
      OuterOrderNo: orderId,
      ProductCode: 'LR_FR_MIN',
      Model: model,
      FaceContrastPicture: base64(face.bytes),
    } as const;
    const answer = await callOperation(client.parts, client.account, livenessFaceVerify, form, context);
    if (answer.kind !== 'answered') return withoutVerdict(answer, capability, OPERATION_CODES, null);
    return faceVerdict(capability, answer, 'liveness');
  };
  return { capability, ask, query: queryByCertifyId(client, sceneId, capability) };
}

/** `PV_FC`: two pictures with each other. */
export function pictureComparisonCheck(client: AliyunClient, sceneId: number): AliyunCheck {
  const capability: Capability = {
    ...picture,
    check: 'face-reference',
    operation: compareFaceVerify.action,
    materials: ['face', 'reference'],
    basis: 'reference',
    score,
  };
  const ask = async ({ orderId, materials }: CheckRequest, context: CallContext): Promise<CheckAnswer> => {
    const { face, reference } = materials;
    if (face === undefined || reference === undefined) return unasked(failure('material.missing'), capability);
    const complaint =
      unfitPicture(face, FACE_PICTURE_LIMITS, 'face') ?? unfitPicture(reference, FACE_PICTURE_LIMITS, 'reference');
    if (complaint !== null) return unasked(complaint, capability);
    const form = {
      SceneId: sceneId,
      OuterOrderNo: orderId,
      ProductCode: 'PV_FC',
      SourceFaceContrastPicture: base64(face.bytes),
      TargetFaceContrastPicture: base64(reference.bytes),
    } as const;
    const answer = await callOperation(client.parts, client.account, compareFaceVerify, form, context);
    if (answer.kind !== 'answered') return withoutVerdict(answer, capability, OPERATION_CODES, null);
    const { Passed, VerifyScore, CertifyId } = answer.answer.ResultObject;
    const value = Number(VerifyScore ?? Number.NaN);
    return withReference(
      verdict(comparisonMeaning(Passed), {
        capability,
        said: answer.said,
        code: `Passed ${Passed}`,
        scores: Number.isFinite(value) ? [{ kind: 'reference', value, ...score }] : [],
        reference: null,
      }),
      traceReference({ certifyId: CertifyId ?? null, objectName: null }),
    );
  };
  return { capability, ask, query: queryByCertifyId(client, sceneId, capability) };
}
