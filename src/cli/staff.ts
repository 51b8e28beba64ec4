import { Option, type Command } from 'commander';
import type { Installation } from '../main/composition/installation.ts';
import { STAFF_ROLES, type StaffRole } from '../shared/domain/staff.ts';
import { foldStaffName } from '../shared/domain/staff-name-fold.ts';
import { staffNameSchema } from '../shared/domain/staff-name.ts';
import type { StaffEntry, StaffList } from '../shared/ipc/admin-staff.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { emitError, emitJson, emitText } from './output.ts';
import { readNewSecret } from './secret-input.ts';
import {
  awaitingInstallation,
  changingInstallation,
  withSettingStore,
  type SettingStoreOptions,
} from './setting-store.ts';

/** Whom the audit log names for what is done from here: whoever has the machine and its key file. */
const COMMAND_LINE = { staffId: 'command-line', name: '', role: 'administrator' } as const;

/** Adds `staff list|add|reset|disable|enable`: the way back in when no administrator's PIN is known any more. */
export function registerStaffCommands(program: Command): void {
  const staff = program.command('staff').description('who may use the admin and clerk windows');
  withSettingStore(staff.command('list')).description('everybody, with role and state').action(list);
  withSettingStore(staff.command('add'))
    .description('add somebody; their PIN or password is read from standard input')
    .requiredOption('--name <name>', '1 to 30 characters')
    .addOption(new Option('--role <role>').choices(STAFF_ROLES).makeOptionMandatory())
    .action(add);
  withSettingStore(staff.command('reset'))
    .description('a new PIN or password for somebody, read from standard input; ends their lock-out')
    .argument('<who>', 'name or number')
    .action(reset);
  for (const [name, active] of [
    ['disable', false],
    ['enable', true],
  ] as const) {
    withSettingStore(staff.command(name))
      .description(active ? 'let somebody sign in again' : 'somebody may no longer sign in')
      .argument('<who>', 'name or number')
      .action((who: string, options: SettingStoreOptions) => switchTo(who, active, options));
  }
}

function list(options: SettingStoreOptions): void {
  report(
    changingInstallation(options, ({ staff }) => staff.list()),
    options,
  );
}

async function add(options: SettingStoreOptions & { readonly name: string; readonly role: StaffRole }): Promise<void> {
  const name = staffNameSchema.safeParse(options.name);
  if (!name.success) {
    const why = name.error.issues[0]?.message ?? 'a name has 1 to 30 characters';
    return emitError(failure('request.invalid', `--name: ${why}`), options.json === true);
  }
  const secret = await readNewSecret();
  if (!secret.ok) return emitError(secret.error, options.json === true);
  const entry = { name: name.data, role: options.role, secret: secret.value };
  report(await awaitingInstallation(options, (installation) => added(installation, entry)), options);
}

function added(
  { staff, serving }: Installation,
  entry: { readonly name: string; readonly role: StaffRole; readonly secret: string },
): Promise<Result<StaffList, Failure>> {
  return serving.run(COMMAND_LINE, async () => {
    const before = staff.list();
    if (!before.ok) return before;
    if (before.value.entries.length > 0) return staff.create({ revision: before.value.revision, ...entry });
    // Whoever comes first has to be able to add the others.
    if (entry.role !== 'administrator') return err(failure('staff.last-administrator'));
    const first = await staff.createFirst('admin', entry);
    return first.ok ? staff.list() : first;
  });
}

async function reset(who: string, options: SettingStoreOptions): Promise<void> {
  const secret = await readNewSecret();
  if (!secret.ok) return emitError(secret.error, options.json === true);
  const saved = await awaitingInstallation(options, ({ staff, serving }) =>
    serving.run(COMMAND_LINE, async () => {
      const found = named(staff.list(), who);
      if (!found.ok) return found;
      const { revision, entry } = found.value;
      return staff.resetSecret({ revision, staffId: entry.staffId, secret: secret.value });
    }),
  );
  report(saved, options);
}

function switchTo(who: string, active: boolean, options: SettingStoreOptions): void {
  const saved = changingInstallation(options, ({ staff, serving }) =>
    serving.run(COMMAND_LINE, () => {
      const found = named(staff.list(), who);
      if (!found.ok) return found;
      const { staffId, name, role } = found.value.entry;
      return staff.change({ revision: found.value.revision, staffId, name, role, active });
    }),
  );
  report(saved, options);
}

/** Somebody by their number or by how they are called. */
function named(
  list: Result<StaffList, Failure>,
  who: string,
): Result<{ readonly revision: number; readonly entry: StaffEntry }, Failure> {
  if (!list.ok) return list;
  const { revision, entries } = list.value;
  const entry = entries.find(({ staffId, name }) => staffId === who || foldStaffName(name) === foldStaffName(who));
  return entry ? ok({ revision, entry }) : err(failure('request.invalid', 'nobody of the staff is called that'));
}

function report(saved: Result<StaffList, Failure>, options: SettingStoreOptions): void {
  const json = options.json === true;
  if (!saved.ok) return emitError(saved.error, json);
  if (json) return emitJson(saved.value.entries);
  if (saved.value.entries.length === 0)
    return emitText('nobody yet: the first administrator is added in the admin window');
  for (const entry of saved.value.entries) process.stdout.write(`${line(entry)}\n`);
}

function line({ staffId, name, role, active, lastSignInAtMs, lockedForSeconds }: StaffEntry): string {
  const state = !active ? 'off' : lockedForSeconds === null ? 'active' : `locked ${lockedForSeconds} s`;
  const signedIn = lastSignInAtMs === null ? 'never' : new Date(lastSignInAtMs).toISOString();
  return [staffId, role, state, signedIn, name].join('\t');
}
