import type { FastifyReply } from 'fastify';
import { canonicalJson } from '../../shared/canonical-json.ts';
import { JSON_TYPE, PROBLEM_TYPE, type Problem } from '../../shared/protocol/kv1.ts';
import { begunNotesOf } from '../logging/request-trace.ts';
import { problem } from '../problems.ts';

/** Answers with JSON text as it is. */
export function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.type(JSON_TYPE).send(json);
}

/** Answers with problem details (RFC 9457), and with Retry-After where the problem says when. */
export function sendProblem(reply: FastifyReply, found: Problem): FastifyReply {
  const notes = begunNotesOf(reply.request);
  if (notes !== null) notes.problem = found.code;
  if (found.retryAfterMs !== undefined) reply.header('retry-after', Math.ceil(found.retryAfterMs / 1_000));
  return reply.code(found.status).type(PROBLEM_TYPE).send(canonicalJson(found));
}

/** Fastify's own errors by their HTTP status; anything else is a failure of this program, without its text. */
export function problemOfError(error: unknown): Problem {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  if (status === 413) return problem('body_too_large');
  return typeof status === 'number' && status < 500 ? problem('request_invalid') : problem('internal');
}
