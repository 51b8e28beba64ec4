import type { FastifyInstance } from 'fastify';
import { canonicalJson } from '../../shared/canonical-json.ts';
import { certifyIdSchema } from '../../shared/domain/certification.ts';
import { batchRequestSchema, challengeRequestSchema, KV1_PATHS, type Problem } from '../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { VerifierParts } from '../parts.ts';
import { problem } from '../problems.ts';
import { isSignedCheckpoint } from '../receipt-rules.ts';
import { sendJson, sendProblem } from './answers.ts';
import { parameterOf, parseBody, routeOf } from './request-body.ts';
import { authenticateRequest, callOf, signedRoute, type DeviceCall } from './signed-route.ts';

/** Records from the outboxes of devices, and what belongs to them: challenges before, countersignatures after. */
export function addRecordRoutes(app: FastifyInstance, parts: VerifierParts): void {
  // The key of a batch stands for its body alone: devices that were there before addresses counted send it again so.
  app.post(routeOf(KV1_PATHS.batch), async (request, reply) => {
    const sender = await authenticateRequest(request, parts);
    if (!sender.ok) return sendProblem(reply, sender.error);
    const call = callOf(sender.value, request, reply);
    const answer = await parts.idempotency.once(sender.value, () => acceptBatch(call, parts));
    return answer.ok ? sendJson(reply, answer.value) : sendProblem(reply, answer.error);
  });
  app.post(
    KV1_PATHS.challenges,
    signedRoute(parts, async ({ request, device }) => {
      const parsed = parseBody(request, challengeRequestSchema);
      if (!parsed.ok) return err(problem('request_invalid', { detail: 'certifyId' }));
      return parts.challenges.open(device, parsed.value.certifyId);
    }),
  );
  app.get(
    KV1_PATHS.submission(':certifyId'),
    signedRoute(parts, async ({ request, device }) => {
      const certifyId = certifyIdSchema.safeParse(parameterOf(request, 'certifyId'));
      const found = certifyId.success ? await parts.submissions.find(device, certifyId.data) : null;
      return found === null ? err(problem('not_found')) : ok(found);
    }),
  );
}

async function acceptBatch(
  { request, device }: DeviceCall,
  { submissions }: VerifierParts,
): Promise<Result<string, Problem>> {
  const parsed = parseBody(request, batchRequestSchema);
  if (!parsed.ok) return parsed;
  const { checkpoint } = parsed.value;
  if (checkpoint !== null && !isSignedCheckpoint(checkpoint, device)) return err(problem('checkpoint_invalid'));
  return ok(canonicalJson({ results: await submissions.acceptBatch(device, parsed.value) }));
}
