import { z } from 'zod';
import { HAND_OFF_PATHS, handOffRequestSchema } from '../../shared/protocol/kv1-hand-offs.ts';
import { sessionIdSchema } from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, type Result } from '../../shared/result.ts';
import type { HandOffDesk } from '../hand-offs/hand-off-desk.ts';
import type { RouteModule, VerifierParts } from '../parts.ts';
import { problem } from '../problems.ts';
import { originOf } from './origin.ts';
import { parameterOf, parseBody } from './request-body.ts';
import { signedRoute, type DeviceCall, type RouteHandler } from './signed-route.ts';
import { waitingOf } from './waiting.ts';

/** Anything but `true` is no consent, and told apart from a request that is malformed. */
const consentSchema = z.looseObject({ consent: z.looseObject({ transmit: z.literal(true) }) });

/** A kiosk lets a person finish on their own phone, asks how it went, and stops waiting. */
export function handOffRoutes(desk: HandOffDesk): RouteModule {
  return (app, parts) => {
    app.post(
      HAND_OFF_PATHS.handOffs,
      signedRoute(parts, async ({ request, device }) => {
        const form = parseBody(request, z.looseObject({}));
        if (!form.ok) return form;
        if (!parseBody(request, consentSchema).ok) return err(problem('consent_missing'));
        const parsed = parseBody(request, handOffRequestSchema);
        return parsed.ok ? desk.open(device, parsed.value, originOf(request, parts)) : parsed;
      }),
    );
    const path = HAND_OFF_PATHS.handOff(':handOffId');
    app.get(
      path,
      aboutHandOff(parts, (call, id) => desk.read(call.device, id, waitingOf(call))),
    );
    app.delete(
      path,
      aboutHandOff(parts, (call, id) => desk.close(call.device, id)),
    );
  };
}

function aboutHandOff(
  parts: VerifierParts,
  handle: (call: DeviceCall, handOffId: string) => Promise<Result<unknown, Problem>>,
): RouteHandler {
  return signedRoute(parts, async (call) => {
    const parsed = sessionIdSchema.safeParse(parameterOf(call.request, 'handOffId'));
    return parsed.success ? handle(call, parsed.data) : err(problem('not_found'));
  });
}
