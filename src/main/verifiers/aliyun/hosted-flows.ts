import type { z } from 'zod';
import type { CheckAnswer, Capability } from '../../../shared/domain/verification.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { CallContext } from '../contract.ts';
import { faceVerdict, withReference } from './checks/face-answers.ts';
import { askFor, type AliyunClient } from './client.ts';
import { meaningOf, OPERATION_CODES, STATUS_CODES, VERIFICATION_ERRORS, VERIFY_STATUSES } from './codes.ts';
import { describeFaceVerify, initFaceVerify, type InitFaceVerifyRequest } from './operations/face-verify.ts';
import {
  bindingSchema,
  getMaterials,
  getStatus,
  getVerifyToken,
  materialsSchema,
  numberedMaterials,
  submitMaterials,
  type SubmittedMaterials,
} from './operations/verify-2018.ts';
import {
  describeVerifyResult,
  describeVerifyToken,
  type DescribeVerifyTokenRequest,
  type VerifyResultAnswer,
} from './operations/verify-2019.ts';
import { callOperation } from './rpc-exchange.ts';
import { traceReference } from './traces-at-vendor.ts';
import { unasked, verdict, withoutResult, withoutVerdict } from './verdicts.ts';

/** A verification that the vendor's own page or client carries out: what opens it, and for how long. */
export interface HostedVerification {
  /** Ticket, BizId or CertifyId: what its result is asked for by. */
  readonly reference: string;
  /** Null where the vendor's client starts by the page or the reference alone. */
  readonly token: string | null;
  readonly pageUrl: string | null;
  readonly expiresInMs: number;
}

/** Tokens of all versions are good for half an hour. */
const TOKEN_LIFE_MS = 1_800_000;

export interface Ticket2018 {
  readonly biz: string;
  readonly ticketId: string;
}

/** Fetches a token of 2018 for a ticket; one for every try. */
export async function openTicket(
  client: AliyunClient,
  { biz, ticketId }: Ticket2018,
  known: z.infer<typeof bindingSchema>,
  context: CallContext,
): Promise<Result<HostedVerification, Failure>> {
  const binding = bindingSchema.safeParse(known);
  if (!binding.success) return err(failure('request.invalid', 'what is known of the person'));
  const request = { Biz: biz, TicketId: ticketId, Binding: JSON.stringify(binding.data) };
  const answer = await askFor(client, getVerifyToken, request, context, VERIFICATION_ERRORS);
  if (!answer.ok) return answer;
  const { VerifyToken, CloudauthPageUrl } = answer.value.Data;
  const seconds = VerifyToken.DurationSeconds ?? VerifyToken.Expire;
  return ok({
    reference: ticketId,
    token: VerifyToken.Token,
    pageUrl: CloudauthPageUrl ?? null,
    expiresInMs: seconds === undefined ? TOKEN_LIFE_MS : Math.min(seconds * 1_000, TOKEN_LIFE_MS),
  });
}

/** What became of a ticket. What the vendor's client says is a hint; this is the verdict. */
export async function resultOfTicket(
  client: AliyunClient,
  { biz, ticketId }: Ticket2018,
  context: CallContext,
): Promise<CheckAnswer> {
  const capability = hosted(getStatus.action);
  const request = { Biz: biz, TicketId: ticketId };
  const answer = await callOperation(client.parts, client.account, getStatus, request, context);
  if (answer.kind !== 'answered') return withoutResult(answer, capability, VERIFICATION_ERRORS, ticketId);
  const { StatusCode, SimilarityScore } = answer.answer.Data;
  return verdict(meaningOf(String(StatusCode), STATUS_CODES), {
    capability,
    said: answer.said,
    code: `StatusCode ${StatusCode}`,
    scores: SimilarityScore === undefined ? [] : [{ kind: 'card', value: SimilarityScore, ...percent }],
    reference: ticketId,
  });
}

/** Hands in what our own screens took, for a token of this ticket. May be billed; its result can be asked for. */
export async function submitForTicket(
  client: AliyunClient,
  ticketId: string,
  token: string,
  materials: SubmittedMaterials,
  context: CallContext,
): Promise<CheckAnswer> {
  const capability = hosted(submitMaterials.action);
  const known = materialsSchema.safeParse(materials);
  if (!known.success) return unasked(failure('request.invalid', 'materials'), capability);
  const request = { VerifyToken: token, ...numberedMaterials(known.data) };
  const answer = await callOperation(client.parts, client.account, submitMaterials, request, context);
  if (answer.kind !== 'answered') return withoutVerdict(answer, capability, VERIFICATION_ERRORS, ticketId);
  const { StatusCode } = answer.answer.Data.VerifyStatus;
  const code = `StatusCode ${StatusCode}`;
  return verdict(meaningOf(String(StatusCode), STATUS_CODES), {
    capability,
    said: answer.said,
    code,
    reference: ticketId,
  });
}

/** What the person handed in, once the ticket has passed or failed. Addresses of pictures last an hour. */
export function materialsOfTicket(client: AliyunClient, { biz, ticketId }: Ticket2018, context: CallContext) {
  return askFor(client, getMaterials, { Biz: biz, TicketId: ticketId }, context, VERIFICATION_ERRORS);
}

/** Fetches a token of 2019. */
export async function openVerification(
  client: AliyunClient,
  request: DescribeVerifyTokenRequest,
  context: CallContext,
): Promise<Result<HostedVerification, Failure>> {
  const answer = await askFor(client, describeVerifyToken, request, context, VERIFICATION_ERRORS);
  if (!answer.ok) return answer;
  const { VerifyToken, VerifyPageUrl } = answer.value;
  return ok({
    reference: request.BizId,
    token: VerifyToken,
    pageUrl: VerifyPageUrl ?? null,
    expiresInMs: TOKEN_LIFE_MS,
  });
}

/** What became of a verification of 2019, with its materials, whose addresses last five minutes. */
export async function resultOfVerification(
  client: AliyunClient,
  { bizType, bizId }: { readonly bizType: string; readonly bizId: string },
  context: CallContext,
): Promise<{ readonly answer: CheckAnswer; readonly materials: VerifyResultAnswer['Material'] }> {
  const capability = hosted(describeVerifyResult.action);
  const request = { BizType: bizType, BizId: bizId };
  const answer = await callOperation(client.parts, client.account, describeVerifyResult, request, context);
  if (answer.kind !== 'answered') {
    return { answer: withoutResult(answer, capability, VERIFICATION_ERRORS, bizId), materials: undefined };
  }
  const { VerifyStatus, Material } = answer.answer;
  const code = `VerifyStatus ${VerifyStatus}`;
  const meaning = meaningOf(String(VerifyStatus), VERIFY_STATUSES);
  return { answer: verdict(meaning, { capability, said: answer.said, code, reference: bizId }), materials: Material };
}

/** Starts a verification of the financial series. `MetaInfo` comes from the vendor's client or page script. */
export async function initFaceVerification(
  client: AliyunClient,
  request: InitFaceVerifyRequest,
  context: CallContext,
): Promise<Result<HostedVerification, Failure>> {
  const answer = await askFor(client, initFaceVerify, request, context);
  if (!answer.ok) return answer;
  const { CertifyId, CertifyUrl } = answer.value.ResultObject;
  return ok({ reference: CertifyId, token: null, pageUrl: CertifyUrl ?? null, expiresInMs: TOKEN_LIFE_MS });
}

/** What became of it; `pending` while the person is still at it. */
export async function resultOfFaceVerification(
  client: AliyunClient,
  { sceneId, certifyId }: { readonly sceneId: number; readonly certifyId: string },
  context: CallContext,
): Promise<CheckAnswer> {
  const capability = hosted(describeFaceVerify.action);
  const request = { SceneId: sceneId, CertifyId: certifyId };
  const answer = await callOperation(client.parts, client.account, describeFaceVerify, request, context);
  if (answer.kind !== 'answered') return withoutResult(answer, capability, OPERATION_CODES, certifyId);
  const settled = faceVerdict(capability, answer, 'authority');
  return withReference(settled, traceReference({ certifyId, objectName: null }));
}

const percent = { scale: 100, threshold: null } as const;

function hosted(operation: string): Capability {
  return {
    check: 'face-authority',
    operation,
    materials: [],
    basis: 'authority',
    pictures: null,
    clip: null,
    queryable: true,
    billed: true,
    score: percent,
  };
}
