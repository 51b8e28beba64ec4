import type { FastifyReply, FastifyRequest } from 'fastify';
import { canonicalJson } from '../../shared/canonical-json.ts';
import { KV1_PATHS } from '../../shared/protocol/kv1.ts';
import type { RouteModule } from '../parts.ts';
import { namesTag, policyTag, type PolicyStore } from '../policy/policy-store.ts';
import { sendJson, sendProblem } from './answers.ts';
import { authenticateRequest } from './signed-route.ts';

/**
 * The policy with its entity tag. To If-None-Match with the same tag the answer is 304: signed as every other, over the
 * status 304 and the digest of no bytes.
 */
export function policyRoutes(policy: PolicyStore): RouteModule {
  return (app, parts) => {
    app.get(KV1_PATHS.policy, async (request: FastifyRequest, reply: FastifyReply) => {
      const sender = await authenticateRequest(request, parts);
      if (!sender.ok) return sendProblem(reply, sender.error);
      const current = await policy.current();
      const tag = policyTag(current);
      reply.header('etag', tag);
      if (namesTag(request.headers['if-none-match'] ?? null, tag)) return reply.code(304).send();
      return sendJson(reply, canonicalJson(current));
    });
  };
}
