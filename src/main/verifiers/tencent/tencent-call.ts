import { z } from 'zod';
import { err, ok, type Result } from '../../../shared/result.ts';
import { isRedirect, isThrottled, retryAfterMs } from '../check-outcomes.ts';
import type { CallContext, TransportProblem, VendorClientParts, VendorResponse } from '../contract.ts';
import { signTc3 } from './tc3-signature.ts';
import { TENCENT_SERVICES, type TencentService, type TencentSettings } from './tencent-services.ts';

const USUAL_TIMEOUT_MS = 30_000;
const CONTENT_TYPE = 'application/json';

/** One operation with its parameters; everything goes into the body, nothing into the address. */
export interface TencentCall {
  readonly service: TencentService;
  readonly action: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly maxAnswerBytes: number;
}

/** What came back, before anybody asks what it means. */
export type TencentAnswer =
  | { readonly kind: 'response'; readonly response: Readonly<Record<string, unknown>>; readonly requestId: string }
  | { readonly kind: 'error'; readonly code: string; readonly message: string; readonly requestId: string }
  /** Not the vendor's answer: a proxy's page, a broken body, another status. */
  | { readonly kind: 'foreign'; readonly status: number; readonly retryAfterMs: number | null };

/** Sends one signed call. */
export async function callTencent(
  parts: VendorClientParts,
  settings: TencentSettings,
  call: TencentCall,
  context: CallContext,
): Promise<Result<TencentAnswer, TransportProblem>> {
  const limits = {
    timeoutMs: settings.timeoutMs ?? USUAL_TIMEOUT_MS,
    maxAnswerBytes: call.maxAnswerBytes,
    ...(context.signal ? { signal: context.signal } : {}),
  };
  const sent = await parts.send(signedRequest(parts, settings, call, context), limits);
  return sent.ok ? ok(readAnswer(sent.value)) : err(sent.error);
}

function signedRequest(parts: VendorClientParts, settings: TencentSettings, call: TencentCall, context: CallContext) {
  const { address, version } = TENCENT_SERVICES[call.service];
  const url = new URL('/', settings.endpoints?.[call.service] ?? address);
  const seconds = Math.floor(parts.clock.wallMs() / 1_000);
  const body = JSON.stringify(call.parameters);
  const { keys, region } = settings;
  const signed = { service: call.service, host: url.hostname, contentType: CONTENT_TYPE, body, seconds, keys };
  return {
    method: 'POST' as const,
    url: url.href,
    body,
    headers: {
      'X-TC-Action': call.action,
      'X-TC-Region': region,
      'X-TC-Timestamp': String(seconds),
      'X-TC-Version': version,
      ...(keys.securityToken === undefined ? {} : { 'X-TC-Token': keys.securityToken }),
      'X-TC-TraceId': context.trace.traceId,
      'Content-Type': CONTENT_TYPE,
      Authorization: signTc3(signed),
    },
  };
}

const envelopeSchema = z.object({
  Response: z.looseObject({
    RequestId: z.string().min(1).max(120),
    Error: z.object({ Code: z.string().min(1).max(120), Message: z.string() }).nullish(),
  }),
});

/** The vendor answers 200 to whatever it has worked on: with another status only an error counts. */
function readAnswer({ status, headers, body }: VendorResponse): TencentAnswer {
  const foreign = { kind: 'foreign', status, retryAfterMs: retryAfterMs(headers) } as const;
  if (isThrottled(status) || isRedirect(status)) return foreign;
  const envelope = envelopeSchema.safeParse(parseJson(body));
  if (!envelope.success) return foreign;
  const { RequestId: requestId, Error: error, ...response } = envelope.data.Response;
  if (error) return { kind: 'error', code: error.Code, message: error.Message, requestId };
  return status === 200 ? { kind: 'response', response, requestId } : foreign;
}

/** Undefined for what is no JSON; the text itself may hold names and goes nowhere. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
