import { z } from 'zod';
import type { FailureCode } from '../../../shared/reasons.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { traceParent } from '../../../shared/domain/trace-context.ts';
import { isRedirect, isThrottled, retryAfterMs } from '../check-outcomes.ts';
import type { CallContext, CloudKeys, TransportProblem, VendorClientParts, VendorResponse } from '../contract.ts';
import { acs3Headers } from './acs3-signature.ts';
import { formBody, type FormFields } from './form-body.ts';
import { MAX_BODY_BYTES, word, type Operation } from './operations/operation.ts';

/** Where and as whom calls are made. */
export interface AliyunAccount {
  readonly keys: CloudKeys;
  /** `https://cloudauth.aliyuncs.com`, or another of the vendor's regions. */
  readonly endpoint: string;
  readonly timeoutMs: number;
}

/** What the vendor said around its answer. */
export interface Said {
  readonly operation: string;
  /** Its code; `HTTP 503` where there is none. */
  readonly code: string;
  readonly message: string;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
}

export type RpcAnswer<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly said: Said }
  /** A whole answer that tells why not. */
  | { readonly kind: 'refused'; readonly said: Said }
  /** Something came back, but not what the operation answers with. */
  | { readonly kind: 'unreadable'; readonly said: Said; readonly status: number; readonly detail: string }
  | { readonly kind: 'lost'; readonly problem: TransportProblem }
  /** Our own limits forbid the call; nothing was sent. */
  | { readonly kind: 'unsent'; readonly failure: Failure };

const MAX_ANSWER_BYTES = 4_000_000;
const LONGEST_WAIT_MS = 3_600_000;
/** Codes of an answer that was carried out; the version of 2018 says `1`, and some say none. */
const DONE = new Set(['200', '1', 'OK', '']);

/** Calls an operation once. Everything goes in the body; no parameter ever stands in an address. */
export async function callOperation<Request extends FormFields, Answer>(
  parts: VendorClientParts,
  account: AliyunAccount,
  operation: Operation<Request, Answer>,
  request: Request,
  context: CallContext,
): Promise<RpcAnswer<Answer>> {
  const fits = operation.request.safeParse(request);
  if (!fits.success) return unsent('request.invalid', fieldsOf(fits.error));
  const body = formBody(fits.data);
  if (body.length > MAX_BODY_BYTES) return unsent('material.picture-unfit', `${MAX_BODY_BYTES} bytes in all`);
  const url = new URL('/', account.endpoint);
  const { action, version } = operation;
  const nonce = parts.randomBytes(16).toString('hex');
  const call = { host: url.host, action, version, body, nowMs: parts.clock.wallMs(), nonce };
  const sent = await parts.send(
    {
      method: 'POST',
      url: url.href,
      headers: { ...acs3Headers(call, account.keys), traceparent: traceParent(context.trace) },
      body,
    },
    {
      timeoutMs: account.timeoutMs,
      maxAnswerBytes: MAX_ANSWER_BYTES,
      ...(context.signal === undefined ? {} : { signal: context.signal }),
    },
  );
  if (!sent.ok) return { kind: 'lost', problem: sent.error };
  return readAnswer(operation, sent.value, Object.values(fits.data));
}

const envelope = z.looseObject({
  Code: word.optional(),
  Message: z.string().nullish(),
  RequestId: z.string().max(120).nullish(),
  Success: z.union([z.boolean(), z.string()]).nullish(),
});

function readAnswer<Answer>(
  operation: Operation<never, Answer> | Operation<FormFields, Answer>,
  response: VendorResponse,
  sentValues: readonly unknown[],
): RpcAnswer<Answer> {
  const nothing = {
    operation: operation.action,
    code: `HTTP ${response.status}`,
    message: '',
    requestId: null,
    retryAfterMs: waitMs(response.headers),
  };
  const { status } = response;
  const unreadable = (said: Said, detail: string) => ({ kind: 'unreadable', said, status, detail }) as const;
  if (isThrottled(status) || isRedirect(status)) return unreadable(nothing, 'not an answer of the vendor');
  const document = parseJson(response.body);
  const head = envelope.safeParse(document);
  if (!head.success) return unreadable(nothing, 'not an answer of the vendor');
  const { Code, Message, RequestId, Success } = head.data;
  const said: Said = {
    ...nothing,
    code: (Code ?? (status === 200 ? '200' : nothing.code)).slice(0, 120),
    message: withoutValues(Message ?? '', sentValues).slice(0, 500),
    requestId: RequestId ?? null,
  };
  const done = status === 200 && DONE.has(Code ?? '') && Success !== false && Success !== 'false';
  if (!done) {
    return Code === undefined || DONE.has(Code)
      ? unreadable(said, 'a refusal without a code')
      : { kind: 'refused', said };
  }
  const answer = operation.answer.safeParse(document);
  if (!answer.success) return unreadable(said, `answer lacks ${fieldsOf(answer.error)}`);
  return { kind: 'answered', answer: answer.data, said };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

/** A refusal may repeat what it refuses: what was sent about a person doesn't come back into our records. */
function withoutValues(message: string, sentValues: readonly unknown[]): string {
  const values = sentValues.filter((value): value is string => typeof value === 'string' && value.length > 1);
  const cleaned = values.reduce((text, value) => text.replaceAll(value, '…'), message);
  return cleaned.replace(/\d{11,}[\dXx]?/g, '…');
}

/** Names of the fields that don't fit; never their values. */
function fieldsOf(error: z.ZodError): string {
  const names = error.issues.map(({ path, message }) => (path.length === 0 ? message : path.join('.')));
  return [...new Set(names)].join(', ').slice(0, 200);
}

/** The gateway's own header has milliseconds. */
function waitMs(headers: Headers): number | null {
  const own = /^\d{1,9}$/.exec(headers.get('x-acs-retry-after') ?? '')?.[0];
  return own === undefined ? retryAfterMs(headers) : Math.min(Number(own), LONGEST_WAIT_MS);
}

function unsent(code: FailureCode, detail: string): { readonly kind: 'unsent'; readonly failure: Failure } {
  return { kind: 'unsent', failure: failure(code, detail) };
}
