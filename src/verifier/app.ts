import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { canonicalJson } from '../shared/canonical-json.ts';
import { KV1_LIMITS, PROBLEM_TYPE } from '../shared/protocol/kv1.ts';
import { signAnswer } from './answer-signing.ts';
import { observeRequests } from './logging/observe-requests.ts';
import { begunNotesOf } from './logging/request-trace.ts';
import { createVerifierLog } from './logging/verifier-log.ts';
import { createVerifierMetrics } from './metrics/verifier-metrics.ts';
import type { VerifierParts } from './parts.ts';
import { problem } from './problems.ts';
import { problemOfError, sendProblem } from './routes/answers.ts';
import { addOpenRoutes } from './routes/open-routes.ts';
import { addRecordRoutes } from './routes/record-routes.ts';
import { takeBodiesAsBytes } from './routes/request-body.ts';

export type { RouteModule, VerifierParts } from './parts.ts';

/** For headers and body to arrive. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Without a byte on the connection. Longer than `Prefer: wait` lets an answer take. */
const SILENCE_TIMEOUT_MS = 60_000;

/** The kv1 server. Every answer that has all of its body at once is signed, problems included. */
export function createVerifierApp(parts: VerifierParts): FastifyInstance {
  const log = parts.log ?? createVerifierLog('silent');
  const metrics = parts.metrics ?? createVerifierMetrics({});
  const app = Fastify({
    bodyLimit: KV1_LIMITS.bodyBytes,
    trustProxy: (parts.trustedProxies ?? []).length === 0 ? false : [...(parts.trustedProxies ?? [])],
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: SILENCE_TIMEOUT_MS,
    routerOptions: { maxParamLength: 100 },
    // The framework's own answer would quote the address.
    frameworkErrors: (_error, request: FastifyRequest, reply: FastifyReply) => {
      // No hook runs for such a request: it is signed here.
      signAnswer(request, reply.code(404), canonicalJson(problem('not_found')), parts);
      sendProblem(reply, problem('not_found'));
    },
    clientErrorHandler: (_error, socket) => refuseGarbage(socket),
  });
  takeBodiesAsBytes(app);
  observeRequests(app, { metrics, log, clock: parts.clock, randomBytes });
  app.addHook('onSend', async (request, reply, payload) => signAnswer(request, reply, payload, parts));
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, problem('not_found')));
  app.setErrorHandler((error, request, reply) => {
    const found = problemOfError(error);
    if (found.status >= 500) log.failure(error, begunNotesOf(request)?.trace ?? null);
    return sendProblem(reply, found);
  });
  const modules = [addOpenRoutes, addRecordRoutes, ...(parts.routes ?? [])];
  for (const addRoutes of modules) addRoutes(app, parts);
  return app;
}

/** What isn't HTTP, or is too slow to become it, gets an unsigned problem: there is no request to bind a signature to. */
function refuseGarbage(socket: Duplex): void {
  if (!socket.writable) return void socket.destroy();
  const body = canonicalJson(problem('request_invalid'));
  const head = `HTTP/1.1 400 Bad Request\r\ncontent-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}`;
  socket.end(`${head}\r\nconnection: close\r\n\r\n${body}`);
}
