import type { FastifyInstance } from 'fastify';
import { canonicalJson } from '../../shared/canonical-json.ts';
import { enrolmentRequestSchema, KV1_PATHS, type Health } from '../../shared/protocol/kv1.ts';
import type { VerifierParts } from '../parts.ts';
import { sendJson, sendProblem } from './answers.ts';
import { parseBody, routeOf } from './request-body.ts';

/** What anybody may ask: who this is, and enrolment, which the code protects. */
export function addOpenRoutes(app: FastifyInstance, { serverKey, clock, enrolment }: VerifierParts): void {
  app.get(KV1_PATHS.health, async (_request, reply) => {
    const health: Health = {
      service: 'countersign-verifier',
      protocol: 'kv1',
      serverKeyId: serverKey.keyId,
      serverKey: serverKey.jwk,
      serverKeys: [...serverKey.listed],
      serverTimeMs: clock.wallMs(),
    };
    return sendJson(reply, canonicalJson(health));
  });
  app.post(routeOf(KV1_PATHS.enrol), async (request, reply) => {
    const parsed = parseBody(request, enrolmentRequestSchema);
    if (!parsed.ok) return sendProblem(reply, parsed.error);
    const enrolled = await enrolment.enrol(parsed.value, request.ip);
    return enrolled.ok ? sendJson(reply, canonicalJson(enrolled.value)) : sendProblem(reply, enrolled.error);
  });
}
