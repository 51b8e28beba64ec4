import { keyRotationRequestSchema, SESSION_PATHS } from '../../shared/protocol/kv1-sessions.ts';
import { ok } from '../../shared/result.ts';
import { rotateDeviceKey } from '../key-rotation.ts';
import type { RouteModule } from '../parts.ts';
import type { VerifierDatabase } from '../storage/database.ts';
import { parseBody } from './request-body.ts';
import { onceRoute, signedRoute } from './signed-route.ts';

/** What a device asks about itself: its keys, and another one. */
export function addDeviceRoutes(database: VerifierDatabase): RouteModule {
  return (app, parts) => {
    app.get(
      SESSION_PATHS.deviceStatus,
      signedRoute(parts, async ({ device: { deviceId, keyId, keys } }) =>
        ok({
          deviceId,
          keyId,
          keys: keys.map((key) => ({ keyId: key.keyId, validUntilMs: key.validUntilMs })),
          serverTimeMs: parts.clock.wallMs(),
        }),
      ),
    );
    app.post(
      SESSION_PATHS.keys,
      onceRoute(parts, async ({ request, device }) => {
        const parsed = parseBody(request, keyRotationRequestSchema);
        if (!parsed.ok) return parsed;
        return rotateDeviceKey(database, device, parsed.value, parts.clock.wallMs());
      }),
    );
  };
}
