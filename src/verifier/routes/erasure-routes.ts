import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Verifier } from '../../main/verifiers/contract.ts';
import { SESSION_PATHS, sessionIdSchema } from '../../shared/protocol/kv1-sessions.ts';
import { err, type Result } from '../../shared/result.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import type { ErasureDesk } from '../erasure/erasure-desk.ts';
import type { OperatorAudit } from '../operators/operator-audit.ts';
import type { OperatorDesk } from '../operators/operator-desk.ts';
import { OPERATOR_PATHS } from '../operators/operator-paths.ts';
import type { RouteModule } from '../parts.ts';
import { problem } from '../problems.ts';
import { operatorRoute } from './operator-route.ts';
import { parameterOf } from './request-body.ts';
import { signedRoute } from './signed-route.ts';

export interface ErasureRouteParts {
  readonly erasure: ErasureDesk;
  readonly operators: OperatorDesk;
  readonly audit: OperatorAudit;
  readonly verifierOf: (name: string) => Verifier | null;
}

/** `?why=`: the decision is kept at the device, or the person has withdrawn consent. */
export const erasureQuerySchema = z.strictObject({
  why: z.enum(['acknowledged', 'withdrawn']).default('acknowledged'),
});
const subjectKeySchema = z.string().regex(/^[0-9a-f]{64}$/);

/** Erasing pictures and identities. Every answer is a signed receipt; asking again gives the same one. */
export function erasureRoutes(erasureParts: ErasureRouteParts): RouteModule {
  return (app, parts) => {
    const { erasure, verifierOf } = erasureParts;
    app.delete(
      SESSION_PATHS.artifacts(':sessionId'),
      signedRoute(parts, async ({ request, device, trace }) => {
        const sessionId = sessionOf(request);
        const query = erasureQuerySchema.safeParse(request.query);
        if (!query.success) return err(problem('request_invalid', { detail: 'why' }));
        if (!sessionId.ok) return sessionId;
        const asker = { deviceId: device.deviceId };
        return erasure.eraseArtifacts(sessionId.value, query.data.why, asker, { verifierOf, trace });
      }),
    );
    app.delete(
      SESSION_PATHS.subject(':subjectKey'),
      signedRoute(parts, async ({ request, device, trace }) => {
        const subjectKey = subjectOf(request);
        if (!subjectKey.ok) return subjectKey;
        const asker = { deviceId: device.deviceId };
        return erasure.eraseSubject(subjectKey.value, 'withdrawn', asker, { verifierOf, trace });
      }),
    );
    addOperatorErasure(erasureParts)(app, parts);
  };
}

function addOperatorErasure({ erasure, operators, audit, verifierOf }: ErasureRouteParts): RouteModule {
  return (app) => {
    app.delete(
      OPERATOR_PATHS.artifacts(':sessionId'),
      operatorRoute(operators, 'erase', async ({ request, operator, trace }) => {
        const sessionId = sessionOf(request);
        if (!sessionId.ok) return sessionId;
        const target = sessionId.value;
        const receipt = await erasure.eraseArtifacts(target, 'operator', 'operator', { verifierOf, trace });
        if (receipt.ok) await audit.record({ operator: operator.name, action: 'artifacts-erased', target, detail: {} });
        return receipt;
      }),
    );
    app.delete(
      OPERATOR_PATHS.subject(':subjectKey'),
      operatorRoute(operators, 'erase', async ({ request, operator, trace }) => {
        const subjectKey = subjectOf(request);
        if (!subjectKey.ok) return subjectKey;
        const receipt = await erasure.eraseSubject(subjectKey.value, 'operator', 'operator', { verifierOf, trace });
        if (!receipt.ok) return receipt;
        const detail = { sessions: receipt.value.body.sessions.length };
        await audit.record({ operator: operator.name, action: 'subject-erased', target: subjectKey.value, detail });
        return receipt;
      }),
    );
  };
}

function sessionOf(request: FastifyRequest): Result<string, Problem> {
  const parsed = sessionIdSchema.safeParse(parameterOf(request, 'sessionId'));
  return parsed.success ? { ok: true, value: parsed.data } : err(problem('not_found'));
}

function subjectOf(request: FastifyRequest): Result<string, Problem> {
  const parsed = subjectKeySchema.safeParse(parameterOf(request, 'subjectKey'));
  return parsed.success ? { ok: true, value: parsed.data } : err(problem('not_found'));
}
