import type { z } from 'zod';
import type { CheckOutcome } from '../../../shared/domain/verification.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { unconfirmed } from '../check-outcomes.ts';
import type { CallContext, VendorClientParts } from '../contract.ts';
import { tencentAsk } from './ask.ts';
import { passes } from './code-meaning.ts';
import { meaningOfHostedCode } from './codes.ts';
import { UNFINISHED_CODE } from './hosted-codes.ts';
import {
  ASK_AGAIN_AFTER_MS,
  HOSTED_LIFETIMES_MS,
  LATEST_FINISH_MS,
  type HostedAnswer,
  type HostedFlow,
  type HostedRequest,
} from './hosted-flow.ts';
import { contradictsItself, similarityScores } from './operations/faceid-score.ts';
import { openPageSchema, readPageResult, type HostedResult } from './operations/hosted-page.ts';
import { openSdkSchema, readSdkResult } from './operations/hosted-sdk.ts';
import { pictureText } from './operations/materials.ts';
import { parsed, TEXT_ANSWER_BYTES } from './operations/operation.ts';
import { outcomeOfMalformed, outcomeOfReading, type Asked } from './outcome.ts';
import type { TencentCall } from './tencent-call.ts';
import type { TencentSettings } from './tencent-services.ts';

const OPERATIONS = {
  h5: { open: 'DetectAuth', result: 'GetDetectInfoEnhanced' },
  sdk: { open: 'GetFaceIdToken', result: 'GetFaceIdResult' },
} as const;

/** Longest name that DetectAuth takes. */
const LONGEST_NAME = 32;
/** Result as text only: no pictures or clips of the visitor are fetched. */
const TEXT_ONLY = '1';

/**
 * Opens a flow on the vendor's side. Opening isn't billed; the outcome that it can fail with says whether it may be
 * tried again.
 */
export async function openHosted(
  parts: VendorClientParts,
  settings: TencentSettings,
  request: HostedRequest,
  context: CallContext,
): Promise<Result<HostedFlow, CheckOutcome>> {
  const parameters = openParameters(settings, request);
  if (!parameters.ok) return err(unsent(parameters.error));
  const call = hostedCall(OPERATIONS[request.kind].open, parameters.value);
  const opened = await tencentAsk(parts, settings)(call, askedOf(call, request, false), context, (response) =>
    request.kind === 'h5'
      ? readOpenPage(parsed(openPageSchema, response))
      : readOpenSdk(parsed(openSdkSchema, response)),
  );
  if (!opened.ok) return opened;
  const { kind, orderId, identity, reference } = request;
  const expiresAtMs = parts.clock.wallMs() + HOSTED_LIFETIMES_MS[kind];
  const comparesWith = reference ? 'reference' : 'authority';
  return ok({ kind, orderId, identity, expiresAtMs, comparesWith, ...opened.value.value });
}

/** Asks how a flow ended. Can be repeated for three days and is never billed. */
export async function hostedResult(
  parts: VendorClientParts,
  settings: TencentSettings,
  flow: HostedFlow,
  context: CallContext,
): Promise<HostedAnswer> {
  const parameters = resultParameters(settings, flow);
  if (!parameters.ok) return { kind: 'settled', outcome: unsent(parameters.error) };
  const call = hostedCall(OPERATIONS[flow.kind].result, parameters.value);
  const asked = askedOf(call, flow, false);
  const answer = await tencentAsk(parts, settings)(call, asked, context, (response) =>
    flow.kind === 'h5' ? readPageResult(response) : readSdkResult(response),
  );
  if (!answer.ok) return { kind: 'settled', outcome: answer.error };
  return answerOf(answer.value.value, answer.value.requestId, flow, parts.clock.wallMs());
}

function answerOf(result: HostedResult, requestId: string, flow: HostedFlow, nowMs: number): HostedAnswer {
  const asked = askedOf({ action: OPERATIONS[flow.kind].result }, flow, true);
  if (result.code === null || result.code === UNFINISHED_CODE) {
    if (nowMs <= flow.expiresAtMs + LATEST_FINISH_MS) return { kind: 'pending', askAgainAfterMs: ASK_AGAIN_AFTER_MS };
    const meaning = { reason: 'verification.abandoned', retry: 'capture', billed: false } as const;
    const reading = { code: UNFINISHED_CODE, message: result.message, meaning };
    return { kind: 'settled', outcome: outcomeOfReading(reading, requestId, asked) };
  }
  const meaning = meaningOfHostedCode(result.code);
  const foreign = result.orderId !== '' && result.orderId !== flow.orderId;
  if (foreign || (passes(meaning) && !answersFlow(result, flow))) {
    return { kind: 'settled', outcome: outcomeOfMalformed(requestId, asked) };
  }
  const { code, message, similarity, detail } = result;
  const scores = similarityScores(flow.comparesWith, similarity);
  const reading = { code, message, meaning, scores, ...(detail === '' ? {} : { detail }) };
  return { kind: 'settled', outcome: outcomeOfReading(reading, requestId, asked) };
}

/** A pass counts only for the person and the order that the flow was opened for, with a score that says so too. */
function answersFlow(result: HostedResult, flow: HostedFlow): boolean {
  const { identity, orderId } = flow;
  const same = result.name === identity.name && result.number === identity.number && result.orderId === orderId;
  return same && !result.furtherSteps && !contradictsItself(meaningOfHostedCode(result.code ?? ''), result.similarity);
}

function openParameters(settings: TencentSettings, request: HostedRequest): Result<Parameters, Failure> {
  const { kind, identity, orderId, returnUrl } = request;
  const image = request.reference
    ? pictureText(request.reference, kind === 'h5' ? 'face-authority' : 'hosted-sdk', 'reference')
    : null;
  if (image && !image.ok) return image;
  const picture = image ? { ImageBase64: image.value } : {};
  const subject = { IdCard: identity.number, Name: identity.name, ...picture, Extra: orderId };
  if (kind === 'sdk') {
    // Without `UseCos` nothing of the visit is stored in a bucket.
    const rule = settings.ruleId === undefined ? {} : { RuleId: settings.ruleId };
    return ok({ CompareLib: image ? 'LOCAL' : 'BUSINESS', ...subject, ...rule });
  }
  if (settings.ruleId === undefined) return err(failure('verifier.misconfigured', 'ruleId'));
  if ([...identity.name].length > LONGEST_NAME) return err(failure('verifier.unsupported', 'name too long'));
  return ok({ RuleId: settings.ruleId, ...subject, ...(returnUrl === undefined ? {} : { RedirectUrl: returnUrl }) });
}
type Parameters = TencentCall['parameters'];

function resultParameters(settings: TencentSettings, flow: HostedFlow): Result<Parameters, Failure> {
  if (flow.kind === 'sdk') return ok({ FaceIdToken: flow.token, IsNeedVideo: false, IsNeedBestFrame: false });
  if (settings.ruleId === undefined) return err(failure('verifier.misconfigured', 'ruleId'));
  return ok({ BizToken: flow.token, RuleId: settings.ruleId, InfoType: TEXT_ONLY });
}

type Opened = Pick<HostedFlow, 'token' | 'url' | 'clientConfig'>;

/** Null where the page to open is missing or not the web's. */
function readOpenPage(answer: z.infer<typeof openPageSchema> | null): Opened | null {
  if (!answer || !answer.Url.startsWith('https://')) return null;
  return { token: answer.BizToken, url: answer.Url, clientConfig: null };
}

function readOpenSdk(answer: z.infer<typeof openSdkSchema> | null): Opened | null {
  if (!answer) return null;
  return {
    token: answer.FaceIdToken,
    url: null,
    clientConfig: answer.ClientConfig === '' ? null : answer.ClientConfig,
  };
}

function hostedCall(action: string, parameters: Parameters): TencentCall {
  return { service: 'faceid', action, parameters, maxAnswerBytes: TEXT_ANSWER_BYTES };
}

/** `decided`: an answer that breaks its form came after the check itself, which is billed. */
function askedOf({ action }: { action: string }, { identity }: Pick<HostedFlow, 'identity'>, decided: boolean): Asked {
  const capability = { operation: action, basis: 'authority', billed: decided, queryable: true } as const;
  return { service: 'faceid', capability, materials: { identity } };
}

function unsent({ code, detail }: Failure): CheckOutcome {
  const retry = code === 'material.picture-unfit' ? 'capture' : 'configuration';
  return unconfirmed(code, { retry, basis: 'authority', detail });
}
