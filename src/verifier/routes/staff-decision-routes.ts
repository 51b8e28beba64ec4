import { certifyIdSchema } from '../../shared/domain/certification.ts';
import { signedStaffDecisionSchema, STAFF_DECISION_PATHS } from '../../shared/protocol/kv1-staff-decisions.ts';
import { err } from '../../shared/result.ts';
import type { RouteModule } from '../parts.ts';
import { problem } from '../problems.ts';
import type { StaffDecisionDesk } from '../staff-decisions/decision-desk.ts';
import { parameterOf, parseBody } from './request-body.ts';
import { onceRoute } from './signed-route.ts';

/** What the staff at a device decided about its records. */
export function staffDecisionRoutes(desk: StaffDecisionDesk): RouteModule {
  return (app, parts) => {
    app.post(
      STAFF_DECISION_PATHS.decisions(':certifyId'),
      onceRoute(parts, async ({ request, device }) => {
        const certifyId = certifyIdSchema.safeParse(parameterOf(request, 'certifyId'));
        const parsed = parseBody(request, signedStaffDecisionSchema);
        if (!parsed.ok) return parsed;
        if (parsed.value.body.certifyId !== certifyId.data)
          return err(problem('request_invalid', { detail: 'certifyId' }));
        return desk.accept(device, parsed.value);
      }),
    );
  };
}
