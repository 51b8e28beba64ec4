import Fastify, { type FastifyInstance } from 'fastify';
import { KV1_LIMITS } from '../shared/protocol/kv1.ts';
import { signAnswer } from './answer-signing.ts';
import type { VerifierParts } from './parts.ts';
import { problem } from './problems.ts';
import { problemOfError, sendProblem } from './routes/answers.ts';
import { addOpenRoutes } from './routes/open-routes.ts';
import { addRecordRoutes } from './routes/record-routes.ts';
import { takeBodiesAsBytes } from './routes/request-body.ts';

export type { RouteModule, VerifierParts } from './parts.ts';

const REQUEST_TIMEOUT_MS = 30_000;

/** The kv1 server. Every answer that is JSON is signed, problems included. */
export function createVerifierApp(parts: VerifierParts): FastifyInstance {
  const app = Fastify({ bodyLimit: KV1_LIMITS.bodyBytes, requestTimeout: REQUEST_TIMEOUT_MS });
  takeBodiesAsBytes(app);
  app.addHook('onSend', async (request, reply, payload) => signAnswer(request, reply, payload, parts));
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, problem('not_found')));
  app.setErrorHandler((error, _request, reply) => sendProblem(reply, problemOfError(error)));
  const modules = [addOpenRoutes, addRecordRoutes, ...(parts.routes ?? [])];
  for (const addRoutes of modules) addRoutes(app, parts);
  return app;
}
