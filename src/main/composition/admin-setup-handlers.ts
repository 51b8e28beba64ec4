import type { ADMIN_CONNECTION_CHANNELS } from '../../shared/ipc/admin-connection.ts';
import type { ADMIN_EFFECT_CHANNELS } from '../../shared/ipc/admin-effect.ts';
import type { ADMIN_SETUP_CHANNELS } from '../../shared/ipc/admin-setup.ts';
import { ok } from '../../shared/result.ts';
import { offeredServerKey } from '../verifiers/countersign/connection-test.ts';
import type { AdminHandlers, AdminParts } from './admin-handlers.ts';
import { testConnection } from './connection-test.ts';
import { thresholdEffect } from './threshold-effect.ts';

type Handlers<Channels> = Pick<AdminHandlers, keyof Channels & keyof AdminHandlers>;

/** What the first set-up may ask. */
export function setupHandlers(parts: AdminParts): Handlers<typeof ADMIN_SETUP_CHANNELS> {
  const { settings, audit } = parts.installation;
  return {
    'admin:setup': () => settings.read('setup'),
    'admin:save-setup': ({ at, outcomes }) => {
      const before = settings.read('setup');
      return before.ok ? settings.write('setup', { ...before.value, at, outcomes }) : before;
    },
    'admin:finish-setup': () => {
      const before = settings.read('setup');
      if (!before.ok) return before;
      const finished = settings.write('setup', {
        ...before.value,
        at: 'language',
        finishedAtMs: Math.floor(parts.clock.wallMs()),
      });
      if (!finished.ok) return finished;
      const noted = audit.append('setup.finished', { ...before.value.outcomes });
      return noted.ok ? finished : noted;
    },
    'admin:setup-test': () => ok(parts.setupTest.status()),
    'admin:start-setup-test': () => parts.setupTest.start(),
    'admin:stop-setup-test': () => ok(parts.setupTest.stop()),
    ...connectionHandlers(parts),
    ...effectHandlers(parts),
  };
}

function connectionHandlers(parts: AdminParts): Handlers<typeof ADMIN_CONNECTION_CHANNELS> {
  return {
    'admin:test-connection': ({ address }) => testConnection(parts, address),
    'admin:verifier-key': ({ address }) => offeredServerKey(address),
  };
}

function effectHandlers(parts: AdminParts): Handlers<typeof ADMIN_EFFECT_CHANNELS> {
  return { 'admin:threshold-effect': ({ sceneId }) => thresholdEffect(parts, sceneId) };
}
