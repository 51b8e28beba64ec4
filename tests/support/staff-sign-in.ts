import type { AdminHandlers } from '../../src/main/composition/admin-handlers.ts';
import type { StaffDesk } from '../../src/main/settings/staff-desk.ts';
import type { StaffGate, StaffWindow } from '../../src/shared/ipc/staff.ts';
import type { Failure } from '../../src/shared/reasons.ts';
import type { Result } from '../../src/shared/result.ts';

/** The administrator of the tests. */
export const TEST_ADMINISTRATOR = { name: '王店长', secret: '908172' } as const;

function value<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail ?? ''}`);
  return result.value;
}

/** Signs in at the admin window, as the first administrator where there is nobody yet. */
export async function signInAsAdministrator(admin: AdminHandlers): Promise<StaffGate> {
  const gate = value(await admin['admin:gate'](null));
  if (gate.state === 'no-staff') return value(await admin['admin:create-first'](TEST_ADMINISTRATOR));
  if (gate.state !== 'signed-out') return gate;
  const staffId = gate.choices.find(({ name }) => name === TEST_ADMINISTRATOR.name)?.staffId ?? '';
  return value(await admin['admin:sign-in']({ staffId, secret: TEST_ADMINISTRATOR.secret }));
}

/** Like `signInAsAdministrator`, at either window and without its channels. */
export async function signInAtDesk(desk: StaffDesk, window: StaffWindow): Promise<StaffGate> {
  const gate = value(desk.gate(window));
  if (gate.state === 'no-staff') return value(await desk.createFirst(window, TEST_ADMINISTRATOR));
  if (gate.state !== 'signed-out') return gate;
  const staffId = gate.choices.find(({ name }) => name === TEST_ADMINISTRATOR.name)?.staffId ?? '';
  return value(await desk.signIn(window, { staffId, secret: TEST_ADMINISTRATOR.secret }));
}
