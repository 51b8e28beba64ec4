import { z } from 'zod';
import { traceParent } from '../../../shared/domain/trace-context.ts';
import { vendorAnswerSchema, type CheckOutcome, type VendorAnswer } from '../../../shared/domain/verification.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { isThrottled, outcomeOfForeign, outcomeOfTransport, retryAfterMs, unconfirmed } from '../check-outcomes.ts';
import type { CallContext, VendorClientParts, VendorResponse } from '../contract.ts';
import { CLOUD_CODES, FUNCTION_CODES, UNKNOWN_CODE, type CodeMeaning } from './codes.ts';
import type { UniSettings } from './settings.ts';
import { isAnswerSigned, signWebhook } from './webhook-signature.ts';

export type UniAction = 'getCertifyId' | 'getAuthResult';

const USUAL_TIMEOUT_MS = 10_000;
/** An answer is text; anything larger isn't one. */
const MAX_ANSWER_BYTES = 64_000;
const NONCE_BYTES = 16;

const envelopeSchema = z.strictObject({
  answer: z.string().max(60_000),
  signature: z.string().regex(/^[0-9a-f]{64}$/),
});

const answerSchema = z.object({
  errCode: z.union([z.number(), z.string().max(60)]).optional(),
  requestId: z.string().max(120).optional(),
  certifyId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{8,128}$/)
    .optional(),
  authState: z.string().max(40).optional(),
  score: z.number().min(0).max(100).nullish(),
});
export type UniAnswer = z.infer<typeof answerSchema>;

const refusalSchema = z.object({ errCode: z.union([z.number(), z.string().max(60)]) });

/** Neither call is billed itself: what a lost answer leaves open can be asked again. */
const FREE = false;

/**
 * One signed call of the customer's function.
 *
 * @returns the answer to a good call; otherwise an outcome that confirms nothing
 */
export async function callFunction(
  parts: VendorClientParts,
  settings: UniSettings,
  action: UniAction,
  parameters: Readonly<Record<string, unknown>>,
  context: CallContext,
): Promise<Result<UniAnswer, CheckOutcome>> {
  const body = JSON.stringify({ action, ...parameters });
  const signed = signWebhook(settings.secret, body, parts.clock.wallMs(), parts.randomBytes(NONCE_BYTES));
  const headers = { ...signed.headers, traceparent: traceParent(context.trace) };
  const response = await parts.send(
    { method: 'POST', url: settings.url, headers, body },
    {
      timeoutMs: settings.timeoutMs ?? USUAL_TIMEOUT_MS,
      maxAnswerBytes: MAX_ANSWER_BYTES,
      ...(context.signal ? { signal: context.signal } : {}),
    },
  );
  if (!response.ok) return err(outcomeOfTransport(response.error, 'uni', asked(action)));
  return response.value.status === 200
    ? readAnswer(action, settings.secret, signed.nonce, response.value)
    : err(refused(action, response.value));
}

/** What the vendor said, for an outcome; texts are left out, as the function may put anything into them. */
export function vendorSaid(action: UniAction, code: string, requestId: string | null, billed: boolean): VendorAnswer {
  return vendorAnswerSchema.parse({
    name: 'uni',
    operation: action,
    code: code.slice(0, 120),
    message: '',
    requestId,
    billed,
  });
}

function readAnswer(
  action: UniAction,
  secret: string,
  nonce: string,
  { body }: VendorResponse,
): Result<UniAnswer, CheckOutcome> {
  const envelope = envelopeSchema.safeParse(jsonOf(body));
  if (!envelope.success) return err(unreadable(action, 'not an answer of the function'));
  const { answer, signature } = envelope.data;
  if (!isAnswerSigned(secret, nonce, answer, signature)) {
    return err(unsignedAnswer(action));
  }
  const parsed = answerSchema.safeParse(jsonOf(Buffer.from(answer)));
  if (!parsed.success) return err(unreadable(action, `answer lacks ${parsed.error.issues[0]?.path.join('.') ?? ''}`));
  const code = String(parsed.data.errCode ?? '0');
  if (code === '0') return ok(parsed.data);
  const vendor = vendorSaid(action, code, parsed.data.requestId ?? null, FREE);
  return err(outcomeOf(CLOUD_CODES[code] ?? FUNCTION_CODES[code] ?? UNKNOWN_CODE, vendor));
}

function unreadable(action: UniAction, detail: string): CheckOutcome {
  return outcomeOfForeign({ status: 200, retryAfterMs: null, code: 'malformed', detail }, 'uni', asked(action));
}

/** Somebody else answers, or the secret is another one: neither passes by itself. */
function unsignedAnswer(action: UniAction): CheckOutcome {
  const reason = 'verifier.bad-signature';
  const vendor = vendorSaid(action, reason, null, FREE);
  const detail = 'not written by the function';
  return unconfirmed(reason, { retry: 'configuration', basis: 'authority', vendor, detail });
}

/** A status other than 200: the function's refusal of our signature, or somebody in between. */
function refused(action: UniAction, { status, headers, body }: VendorResponse): CheckOutcome {
  const refusal = refusalSchema.safeParse(jsonOf(body));
  const code = refusal.success ? String(refusal.data.errCode) : '';
  const meaning = CLOUD_CODES[code] ?? FUNCTION_CODES[code];
  // Refusals carry no signature, so only those before the function's own work count.
  const counts = status >= 400 && status < 500 && !isThrottled(status);
  return meaning && counts
    ? outcomeOf(meaning, vendorSaid(action, code, null, FREE))
    : outcomeOfForeign({ status, retryAfterMs: retryAfterMs(headers) }, 'uni', asked(action));
}

function asked(action: UniAction) {
  return { operation: action, basis: 'authority', billed: FREE } as const;
}

function outcomeOf({ reason, retry }: CodeMeaning, vendor: VendorAnswer): CheckOutcome {
  return unconfirmed(reason, { retry, basis: 'authority', vendor });
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
