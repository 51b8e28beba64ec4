import type { FastifyReply, FastifyRequest } from 'fastify';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { VerifierParts } from '../parts.ts';
import { authenticate, type AuthenticRequest } from '../request-authentication.ts';
import { sendJson, sendProblem } from './answers.ts';
import { bodyOf } from './request-body.ts';

/** A request that an enrolled device has signed, fresh and for the first time. */
export interface DeviceCall extends AuthenticRequest {
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
    const answer = await handle({ ...sender.value, request, reply, body: bodyOf(request) });
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
    const call: DeviceCall = { ...sender.value, request, reply, body: bodyOf(request) };
    const effect = `${request.method} ${request.url} ${call.contentDigest}`;
    const answer = await parts.idempotency.once({ ...sender.value, contentDigest: effect }, () =>
      answerText(call, handle),
    );
    return answer.ok ? sendJson(reply, answer.value) : sendProblem(reply, answer.error);
  };
}

async function answerText(call: DeviceCall, handle: CallHandler): Promise<Result<string, Problem>> {
  const answer = await handle(call);
  return answer.ok ? ok(canonicalJson(answer.value)) : answer;
}

/** Who sent a request, or why it isn't believed. */
export async function authenticateRequest(
  request: FastifyRequest,
  parts: VerifierParts,
): Promise<Result<AuthenticRequest, Problem>> {
  const origin = parts.publicOrigin ?? `${request.protocol}://${request.headers.host ?? ''}`;
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
