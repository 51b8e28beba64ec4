import type { AdminBridge } from '../../../preload/bridge.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { StaffBridge } from '../../staff/staff-bridge.ts';
import { ask } from '../answers.ts';

/** What the admin window's door asks main. */
export function staffBridgeOf(bridge: AdminBridge, clock: Clock): StaffBridge {
  return {
    clock,
    gate: () => ask(bridge, 'admin:gate', null),
    createFirst: (first) => ask(bridge, 'admin:create-first', first),
    signIn: (credentials) => ask(bridge, 'admin:sign-in', credentials),
    signOut: () => ask(bridge, 'admin:sign-out', null),
    changeOwnSecret: (change) => ask(bridge, 'admin:change-own-secret', change),
  };
}
