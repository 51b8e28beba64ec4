import type { Capability, CheckAnswer, CheckRequest, Picture, Score } from '../../../../shared/domain/verification.ts';
import { failure, type Failure } from '../../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../../shared/result.ts';
import type { CallContext } from '../../contract.ts';
import { askFor, type AliyunClient } from '../client.ts';
import { meaningOf, STATUS_CODES, VERIFICATION_ERRORS, VERIFY_STATUSES } from '../codes.ts';
import { unfitPicture, VERIFICATION_PICTURE_LIMITS } from '../material-limits.ts';
import { getStatus, numberedMaterials, submitVerification } from '../operations/verify-2018.ts';
import {
  describeVerifyResult,
  describeVerifyToken,
  verifyMaterial,
  type UploadToken,
  type VerifyResultAnswer,
} from '../operations/verify-2019.ts';
import { putObject } from '../oss-object.ts';
import { callOperation, type Said } from '../rpc-exchange.ts';
import { unasked, verdict, withoutResult, withoutVerdict } from '../verdicts.ts';
import { base64, type AliyunCheck } from './check.ts';

function capabilityOf(operation: string): Capability {
  return {
    check: 'face-authority',
    operation,
    materials: ['identity', 'face', 'card-front', 'card-back'],
    basis: 'authority',
    pictures: VERIFICATION_PICTURE_LIMITS,
    clip: null,
    queryable: true,
    billed: true,
    score: { scale: 100, threshold: null },
  };
}

/** The scheme RPMin of 2018. Our order id is its ticket, so that its status can be asked for at any time. */
export function verificationCheck2018(client: AliyunClient, biz: string): AliyunCheck {
  const capability = capabilityOf(submitVerification.action);
  const answerOf = (said: Said, status: StatusAnswer, orderId: string): CheckAnswer => {
    const value = status.SimilarityScore ?? status.MaterialScore;
    const conclusions = status.AuditConclusions ?? '';
    return verdict(meaningOf(String(status.StatusCode), STATUS_CODES), {
      capability,
      said: { ...said, message: conclusions === '' ? said.message : conclusions.slice(0, 500) },
      code: `StatusCode ${status.StatusCode}`,
      scores: value === undefined ? [] : [{ kind: 'card', value, scale: 100, threshold: null }],
      reference: orderId,
    });
  };
  return {
    capability,
    ask: async (request, context) => {
      const complaint = unfitMaterials(request);
      if (complaint !== null) return unasked(complaint, capability);
      const form = { Biz: biz, TicketId: request.orderId, ...numberedMaterials(materials2018(request)) };
      const answer = await callOperation(client.parts, client.account, submitVerification, form, context);
      if (answer.kind !== 'answered') {
        return withoutVerdict(answer, capability, VERIFICATION_ERRORS, request.orderId);
      }
      return answerOf(answer.said, answer.answer.Data.VerifyStatus, request.orderId);
    },
    query: async (reference, { orderId }, context) => {
      const form = { Biz: biz, TicketId: orderId };
      const answer = await callOperation(client.parts, client.account, getStatus, form, context);
      if (answer.kind !== 'answered') return withoutResult(answer, capability, VERIFICATION_ERRORS, reference);
      return answerOf(answer.said, answer.answer.Data, orderId);
    },
  };
}

interface StatusAnswer {
  readonly StatusCode: number;
  readonly SimilarityScore?: number | undefined;
  readonly MaterialScore?: number | undefined;
  readonly AuditConclusions?: string | null | undefined;
}

function materials2018({ materials: { identity, face, cardFront, cardBack } }: CheckRequest) {
  const embedded = (picture: Picture | undefined) =>
    picture === undefined ? undefined : `base64://${base64(picture.bytes)}`;
  return {
    Name: identity?.name,
    IdentificationNumber: identity?.number,
    FacePic: embedded(face),
    IdCardFrontPic: embedded(cardFront),
    IdCardBackPic: embedded(cardBack),
  };
}

/**
 * The scheme RPMin of 2019. It takes pictures from addresses only: they go to the vendor's own bucket first, with the
 * keys that its token brings.
 */
export function verificationCheck2019(client: AliyunClient, bizType: string): AliyunCheck {
  const capability = capabilityOf(verifyMaterial.action);
  const answerOf = (said: Said, answer: VerifyResultAnswer, orderId: string): CheckAnswer =>
    verdict(meaningOf(String(answer.VerifyStatus), VERIFY_STATUSES), {
      capability,
      said,
      code: `VerifyStatus ${answer.VerifyStatus}`,
      scores: scores2019(answer),
      reference: orderId,
    });
  return {
    capability,
    ask: async (request, context) => {
      const complaint = unfitMaterials(request);
      if (complaint !== null) return unasked(complaint, capability);
      const places = await handOver(client, bizType, request, context);
      if (!places.ok) return unasked(places.error, capability);
      const { identity } = request.materials;
      const form = {
        BizType: bizType,
        BizId: request.orderId,
        Name: identity?.name ?? '',
        IdCardNumber: identity?.number ?? '',
        FaceImageUrl: places.value.face ?? '',
        IdCardFrontImageUrl: places.value.cardFront,
        IdCardBackImageUrl: places.value.cardBack,
      };
      const answer = await callOperation(client.parts, client.account, verifyMaterial, form, context);
      if (answer.kind !== 'answered') {
        return withoutVerdict(answer, capability, VERIFICATION_ERRORS, request.orderId);
      }
      return answerOf(answer.said, answer.answer, request.orderId);
    },
    query: async (reference, { orderId }, context) => {
      const form = { BizType: bizType, BizId: orderId };
      const answer = await callOperation(client.parts, client.account, describeVerifyResult, form, context);
      if (answer.kind !== 'answered') return withoutResult(answer, capability, VERIFICATION_ERRORS, reference);
      return answerOf(answer.said, answer.answer, orderId);
    },
  };
}

function scores2019(answer: VerifyResultAnswer): readonly Score[] {
  const authority = answer.AuthorityComparisionScore ?? answer.AuthorityComparisonScore;
  const found = [
    { kind: 'authority', value: authority },
    { kind: 'retained', value: answer.FaceComparisonScore },
    { kind: 'card', value: answer.IdCardFaceComparisonScore },
  ] as const;
  return found.flatMap(({ kind, value }) =>
    value === undefined ? [] : [{ kind, value, scale: 100, threshold: null }],
  );
}

function unfitMaterials({ materials: { identity, face, cardFront, cardBack } }: CheckRequest): Failure | null {
  if (identity === undefined || face === undefined) return failure('material.missing');
  for (const [field, picture] of Object.entries({ face, cardFront, cardBack })) {
    if (picture === undefined) continue;
    const complaint = unfitPicture(picture, VERIFICATION_PICTURE_LIMITS, field);
    if (complaint !== null) return complaint;
  }
  return null;
}

const HANDED_OVER = ['face', 'cardFront', 'cardBack'] as const;
type Places = Partial<Record<(typeof HANDED_OVER)[number], string>>;

async function handOver(
  client: AliyunClient,
  bizType: string,
  { orderId, materials }: CheckRequest,
  context: CallContext,
): Promise<Result<Places, Failure>> {
  const form = { BizType: bizType, BizId: orderId };
  const token = await askFor(client, describeVerifyToken, form, context, VERIFICATION_ERRORS);
  if (!token.ok) return token;
  const bucket = token.value.OssUploadToken;
  if (bucket === undefined) return err(failure('verifier.malformed', 'a token without a place for pictures'));
  const places: Places = {};
  for (const name of HANDED_OVER) {
    const picture = materials[name];
    if (picture === undefined) continue;
    const put = await putPicture(client, bucket, `${bucket.Path}${name}.jpg`, picture, context);
    if (!put.ok) return put;
    places[name] = `oss://${bucket.Bucket}:${bucket.Path}${name}.jpg`;
  }
  return ok(places);
}

async function putPicture(
  { parts, account }: AliyunClient,
  { Bucket, EndPoint, Key, Secret, Token }: UploadToken,
  objectName: string,
  { bytes, format }: Picture,
  { signal }: CallContext,
): Promise<Result<null, Failure>> {
  const endpoint = trustedEndpoint(EndPoint, account.endpoint);
  if (endpoint === null) return err(failure('verifier.malformed', 'the place for pictures is not the vendor’s'));
  const region =
    /^oss-([a-z0-9-]+?)(-internal)?\.aliyuncs\.com$/.exec(new URL(endpoint).hostname)?.[1] ?? 'cn-shanghai';
  const keys = { accessKeyId: Key, secretAccessKey: Secret, securityToken: Token };
  const limits = { timeoutMs: account.timeoutMs, ...(signal === undefined ? {} : { signal }) };
  const content = { bytes, type: `image/${format}` } as const;
  return putObject(parts, { bucket: Bucket, endpoint, region, keys }, objectName, content, limits);
}

/** Pictures of people only go where the vendor lives; null for any other place that an answer may name. */
function trustedEndpoint(given: string, account: string): string | null {
  const address = given.includes('://') ? given : `https://${given}`;
  if (!URL.canParse(address)) return null;
  const { hostname, protocol, origin } = new URL(address);
  const own = new URL(account);
  const isOwn = hostname === own.hostname && protocol === own.protocol;
  return isOwn || (protocol === 'https:' && hostname.endsWith('.aliyuncs.com')) ? origin : null;
}
