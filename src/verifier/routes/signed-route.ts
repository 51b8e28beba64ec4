import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { TraceContext } from '../../shared/domain/trace-context.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { notesOf } from '../logging/request-trace.ts';
import { DEVICE_RATE, type VerifierParts } from '../parts.ts';
import { problem } from '../problems.ts';
import { authenticate, type AuthenticRequest } from '../request-authentication.ts';
import { createTokenBuckets, type TokenBuckets } from '../token-bucket.ts';
import { sendJson, sendProblem } from './answers.ts';
import { originOf } from './origin.ts';
import { bodyOf } from './request-body.ts';

/** A request that an enrolled device has signed, fresh and for the first time. */
export interface DeviceCall extends AuthenticRequest {
  /** Goes on to vendors, so that one certification can be followed. */
  readonly trace: TraceContext;
  readonly request: FastifyRequest;
  /** For headers and a status of one's own. */
  readonly reply: FastifyReply;
  /** The bytes as received. */
  readonly body: Buffer;
}

export type CallHandler = (call: DeviceCall) => Promise<Result<unknown, Problem>>;
export type RouteHandler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** A route for devices: its handler runs for authentic requests only; what it gives is answered as canonical JSON. */
export function signedRoute(parts: VerifierParts, handle: CallHandler): RouteHandler {
  return async (request, reply) => {
    const sender = await authenticateRequest(request, parts);
    if (!sender.ok) return sendProblem(reply, sender.error);
    const answer = await handle(callOf(sender.value, request, reply));
    return answer.ok ? sendJson(reply, canonicalJson(answer.value)) : sendProblem(reply, answer.error);
  };
}

/**
 * A signed route whose effect happens once per idempotency key: sent again it gives the same answer. The key stands for
 * method, address and body together; anything else under it is `idempotency_conflict`.
 */
export function onceRoute(parts: VerifierParts, handle: CallHandler): RouteHandler {
  return async (request, reply) => {
    const sender = await authenticateRequest(request, parts);
    if (!sender.ok) return sendProblem(reply, sender.error);
    const call = callOf(sender.value, request, reply);
    const effect = `${request.method} ${request.url} ${call.contentDigest}`;
    const answer = await parts.idempotency.once({ ...sender.value, contentDigest: effect }, () =>
      answerText(call, handle),
    );
    return answer.ok ? sendJson(reply, answer.value) : sendProblem(reply, answer.error);
  };
}

/** The call of a request that was authentic. */
export function callOf(sender: AuthenticRequest, request: FastifyRequest, reply: FastifyReply): DeviceCall {
  const { trace } = notesOf(request, randomBytes);
  return { ...sender, request, reply, body: bodyOf(request), trace };
}

async function answerText(call: DeviceCall, handle: CallHandler): Promise<Result<string, Problem>> {
  const answer = await handle(call);
  return answer.ok ? ok(canonicalJson(answer.value)) : answer;
}

/** Who sent a request, or why it isn't believed or has to wait. */
export async function authenticateRequest(
  request: FastifyRequest,
  parts: VerifierParts,
): Promise<Result<AuthenticRequest, Problem>> {
  const sender = await checkSignature(request, parts);
  if (!sender.ok) return sender;
  const { deviceId } = sender.value.device;
  notesOf(request, randomBytes).deviceId = deviceId;
  // Only after the signature: else anybody could use up a device's requests.
  const waitMs = bucketsOf(parts).take(deviceId);
  return waitMs === 0 ? sender : err(problem('too_many_requests', { retryAfterMs: waitMs }));
}

async function checkSignature(
  request: FastifyRequest,
  parts: VerifierParts,
): Promise<Result<AuthenticRequest, Problem>> {
  const origin = originOf(request, parts);
  const header = (name: string): string | null => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : null;
  };
  const { method, url } = request;
  return authenticate(
    { method, targetUri: `${origin}${url}`, header, body: bodyOf(request) },
    parts.devices,
    parts.clock,
  );
}

const BUCKETS = new WeakMap<VerifierParts, TokenBuckets>();

function bucketsOf(parts: VerifierParts): TokenBuckets {
  const known = BUCKETS.get(parts);
  if (known !== undefined) return known;
  const buckets = createTokenBuckets(parts.deviceRate ?? DEVICE_RATE, parts.clock);
  BUCKETS.set(parts, buckets);
  return buckets;
}
