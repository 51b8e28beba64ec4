import type { ADMIN_STAFF_CHANNELS } from '../../shared/ipc/admin-staff.ts';
import type { AdminHandlers, AdminParts } from './admin-handlers.ts';

/** Signing in at the admin window, and who may use the windows. */
export function staffHandlers({ installation }: AdminParts): Pick<AdminHandlers, keyof typeof ADMIN_STAFF_CHANNELS> {
  const { staff } = installation;
  return {
    'admin:gate': () => staff.gate('admin'),
    'admin:create-first': (first) => staff.createFirst('admin', first),
    'admin:sign-in': (credentials) => staff.signIn('admin', credentials),
    'admin:sign-out': () => staff.signOut('admin'),
    'admin:change-own-secret': (change) => staff.changeOwnSecret('admin', change),
    'admin:staff-choices': ({ right }) => staff.choices(right),
    'admin:staff': () => staff.list(),
    'admin:create-staff': (entry) => staff.create(entry),
    'admin:change-staff': (change) => staff.change(change),
    'admin:reset-staff-secret': (reset) => staff.resetSecret(reset),
    'admin:remove-staff': (removal) => staff.remove(removal),
  };
}
