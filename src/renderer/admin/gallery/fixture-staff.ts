import { RIGHTS_OF, STAFF_ROLES, type StaffRole } from '../../../shared/domain/staff.ts';
import type { ADMIN_STAFF_CHANNELS, StaffEntry, StaffList } from '../../../shared/ipc/admin-staff.ts';
import type { Credentials, StaffChoice, StaffGate } from '../../../shared/ipc/staff.ts';
import { failure } from '../../../shared/reasons.ts';
import { err, ok } from '../../../shared/result.ts';
import type { AreaFixture } from './area-fixture.ts';
import { NOW_MS } from './fixture-records.ts';

const HOUR_MS = 3_600_000;
/** What opens the gallery's door. */
const SECRET = '271828';

const NAMES = [
  '王店长',
  '李敏',
  '赵一凡',
  'Grace Hopper',
  '陈静',
  '欧阳修远',
  'Zoë 🦊',
  '审计 刘',
  '夜班柜台',
  '陈静（二）',
];

const ENTRIES: readonly StaffEntry[] = NAMES.map((name, at) => ({
  staffId: `00000000-0000-4000-8000-${String(at + 1).padStart(12, '0')}`,
  name,
  role: at === 0 ? 'administrator' : (STAFF_ROLES[at % 4] ?? 'operator'),
  active: at !== 5,
  createdAtMs: NOW_MS - (400 - at) * 24 * HOUR_MS,
  lastSignInAtMs: at === 8 ? null : NOW_MS - (at + 1) * 7 * HOUR_MS,
  lockedForSeconds: at === 3 ? 214 : null,
}));

function memberGate(role: StaffRole, name = NAMES[0]!): StaffGate {
  return { state: 'signed-in', staff: { staffId: ENTRIES[0]!.staffId, name, role }, rights: RIGHTS_OF[role] };
}

function choicesOf(entries: readonly StaffEntry[], triesLeft = 5): readonly StaffChoice[] {
  return entries
    .filter(({ active }) => active)
    .map(({ staffId, name, lockedForSeconds }) => ({ staffId, name, triesLeft, lockedForSeconds }));
}

/** Whom the gallery shows at the door, by the name in its address. */
const GATES: Readonly<Record<string, StaffGate>> = {
  'no-staff': { state: 'no-staff' },
  locked: { state: 'locked', retryInSeconds: 58 },
  'signed-out': { state: 'signed-out', choices: choicesOf(ENTRIES.slice(0, 4)) },
  alone: { state: 'signed-out', choices: choicesOf(ENTRIES.slice(0, 1)) },
  many: { state: 'signed-out', choices: choicesOf(ENTRIES) },
};
export const GATE_NAMES = Object.keys(GATES);

/** Names as short, as long and as odd as they may be. */
const ODD_NAMES = ['王', '欧'.repeat(30), '<b>x</b>', '=cmd|x', 'WWWWWWWWWWWWWWWWWWWWWWWWWWWWWW', '🦊'];
const ODD_ENTRIES = ENTRIES.map((entry, at) => ({ ...entry, name: ODD_NAMES[at - 2] ?? entry.name }));

let gate: StaffGate = memberGate('administrator');
let list: StaffList = { revision: 12, entries: ENTRIES };

/** Begins anew with who is at the door: one of `GATE_NAMES`, or else somebody of this role who has signed in. */
export function showGate(name: string | null, role: string | null): void {
  gate = GATES[name ?? ''] ?? memberGate(STAFF_ROLES.find((one) => one === role) ?? 'administrator');
  list = { revision: 12, entries: ENTRIES };
}

function signIn({ staffId, secret }: Credentials): StaffGate {
  const found = ENTRIES.find((entry) => entry.staffId === staffId);
  if (found && secret === SECRET) return memberGate(found.role, found.name);
  if (gate.state !== 'signed-out') return gate;
  const choices = gate.choices.map((choice) =>
    choice.staffId === staffId
      ? { ...choice, triesLeft: choice.triesLeft - 1, lockedForSeconds: choice.triesLeft === 1 ? 60 : null }
      : choice,
  );
  return { state: 'signed-out', choices };
}

function nextList(entries: readonly StaffEntry[]) {
  list = { revision: list.revision + 1, entries };
  return ok(list);
}

/** What the gallery's terminal answers about who may use the windows. */
export const staffFixture: AreaFixture<typeof ADMIN_STAFF_CHANNELS> = {
  'admin:gate': () => ok(gate),
  'admin:create-first': ({ name }) => ok((gate = memberGate('administrator', name))),
  'admin:sign-in': (credentials) => ok((gate = signIn(credentials))),
  'admin:sign-out': () => ok((gate = GATES['signed-out']!)),
  'admin:change-own-secret': ({ current }) => (current === SECRET ? ok(gate) : err(failure('staff.wrong-secret'))),
  'admin:staff-choices': () => ok(choicesOf(ENTRIES.slice(0, 4))),
  'admin:staff': (_, which) =>
    ok(
      which === 'empty'
        ? { ...list, entries: ENTRIES.slice(0, 1) }
        : which === 'troubled' && list.entries === ENTRIES
          ? { ...list, entries: ODD_ENTRIES }
          : list,
    ),
  'admin:create-staff': ({ name, role }) =>
    nextList([
      ...list.entries,
      {
        ...ENTRIES[0]!,
        staffId: `00000000-0000-4000-8000-${String(list.revision).padStart(12, '0')}`,
        name,
        role,
        createdAtMs: NOW_MS,
        lastSignInAtMs: null,
      },
    ]),
  'admin:change-staff': ({ staffId, name, role, active }, which) =>
    which === 'troubled'
      ? err(failure('staff.list-changed', 'revision 13'))
      : nextList(list.entries.map((one) => (one.staffId === staffId ? { ...one, name, role, active } : one))),
  'admin:reset-staff-secret': ({ staffId }) =>
    nextList(list.entries.map((one) => (one.staffId === staffId ? { ...one, lockedForSeconds: null } : one))),
  'admin:remove-staff': ({ staffId }) => nextList(list.entries.filter((one) => one.staffId !== staffId)),
};
