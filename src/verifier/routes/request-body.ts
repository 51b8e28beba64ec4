import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { KV1_LIMITS, type Problem } from '../../shared/protocol/kv1.ts';
import { BINARY_TYPE } from '../../shared/protocol/message-signature.ts';
import { SESSION_LIMITS } from '../../shared/protocol/kv1-sessions.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { problem } from '../problems.ts';

const LONGEST_DETAIL = 200;

/** Takes bodies as bytes, because signatures cover them as received: a piece of an artifact, or 1 MiB of JSON. */
export function takeBodiesAsBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    BINARY_TYPE,
    { parseAs: 'buffer', bodyLimit: SESSION_LIMITS.pieceBytes },
    (_request, body, done) => done(null, body),
  );
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: KV1_LIMITS.bodyBytes }, (_request, body, done) =>
    done(null, body),
  );
}

/** The bytes as received; none for a request without a body. */
export function bodyOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** Parses a JSON body by a schema. `request_invalid` names the first field that is wrong, never its value. */
export function parseBody<S extends z.ZodType>(request: FastifyRequest, schema: S): Result<z.infer<S>, Problem> {
  const parsed = schema.safeParse(parseJson(bodyOf(request)));
  if (parsed.success) return ok(parsed.data);
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  return err(problem('request_invalid', { detail: field.slice(0, LONGEST_DETAIL) }));
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** In a route a colon begins a parameter; two of them stand for one. */
export function routeOf(path: string): string {
  return path.replaceAll(':', '::');
}

/** A session's id in a route; the form keeps `:review` and the like apart from it. */
export const SESSION_PARAMETER = ':sessionId([0-9a-fA-F-]{36})';

/** A parameter of the route as it was sent. */
export function parameterOf(request: FastifyRequest, name: string): unknown {
  return (request.params as Readonly<Record<string, unknown>>)[name];
}
