import { deviceIdSchema, KV1_LIMITS } from '../../shared/protocol/kv1.ts';
import { err, ok } from '../../shared/result.ts';
import type { OperatorAudit } from '../operators/operator-audit.ts';
import type { OperatorDesk } from '../operators/operator-desk.ts';
import { auditQuerySchema, codeRequestSchema } from '../operators/operator-messages.ts';
import { OPERATOR_PATHS } from '../operators/operator-paths.ts';
import type { RouteModule } from '../parts.ts';
import { policySettingsSchema, type PolicyStore } from '../policy/policy-store.ts';
import { problem } from '../problems.ts';
import { operatorRoute } from './operator-route.ts';
import { parameterOf, parseBody } from './request-body.ts';

export interface OperatorRouteParts {
  readonly operators: OperatorDesk;
  readonly audit: OperatorAudit;
  readonly policy: PolicyStore;
  readonly onPolicyChange: () => void;
}

/** Devices, codes, the policy and the audit, for operators of the verifier. */
export function operatorRoutes({ operators, audit, policy, onPolicyChange }: OperatorRouteParts): RouteModule {
  return (app, { devices, enrolment, clock }) => {
    app.post(
      OPERATOR_PATHS.codes,
      operatorRoute(operators, 'open-codes', async ({ request, operator }) => {
        const parsed = parseBody(request, codeRequestSchema);
        if (!parsed.ok) return parsed;
        const { label } = parsed.value;
        const expiresAtMs = clock.wallMs() + KV1_LIMITS.enrolmentCodeLifetimeMs;
        const code = await enrolment.openCode(label);
        await audit.record({ operator: operator.name, action: 'code-opened', target: null, detail: { label } });
        return ok({ code, expiresAtMs });
      }),
    );
    app.get(
      OPERATOR_PATHS.devices,
      operatorRoute(operators, 'see-devices', async () => ok({ devices: await devices.list() })),
    );
    app.post(
      OPERATOR_PATHS.revoke(':deviceId([\\w-]{1,60}):'),
      operatorRoute(operators, 'revoke-devices', async ({ request, operator }) => {
        const deviceId = deviceIdSchema.safeParse(parameterOf(request, 'deviceId'));
        if (!deviceId.success || !(await devices.revoke(deviceId.data, clock.wallMs())))
          return err(problem('not_found'));
        const detail = {};
        await audit.record({ operator: operator.name, action: 'device-revoked', target: deviceId.data, detail });
        return ok({ deviceId: deviceId.data, revoked: true });
      }),
    );
    app.get(
      OPERATOR_PATHS.policy,
      operatorRoute(operators, 'see-policy', async () => ok(await policy.current())),
    );
    app.put(
      OPERATOR_PATHS.policy,
      operatorRoute(operators, 'change-policy', async ({ request, operator }) => {
        const parsed = parseBody(request, policySettingsSchema);
        if (!parsed.ok) return parsed;
        const changed = await policy.set(parsed.value, operator.name);
        onPolicyChange();
        return ok(changed);
      }),
    );
    app.get(
      OPERATOR_PATHS.audit,
      operatorRoute(operators, 'see-audit', async ({ request }) => {
        const parsed = auditQuerySchema.safeParse(request.query);
        if (!parsed.success) return err(problem('request_invalid', { detail: 'before or limit' }));
        return ok({ actions: await audit.list(parsed.data.before, parsed.data.limit) });
      }),
    );
  };
}
