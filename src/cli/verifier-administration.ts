import type { Command } from 'commander';
import { openAdministration, type Administration } from '../verifier/administration.ts';
import type { StorageConfiguration } from '../verifier/configuration.ts';
import { OPERATOR_ROLES, type OperatorRole } from '../verifier/operators/operator-token.ts';
import { emitError, emitJson, setExitCode, usageProblem } from './output.ts';

interface AdministrationOptions {
  readonly data: string;
  readonly json?: boolean;
}

type StorageOf = (options: AdministrationOptions) => StorageConfiguration | null;

/** Adds what operators do on the verifier's machine: codes, devices, revocation, keys, operators. */
export function registerVerifierAdministration(
  verifier: Command,
  withStorageOptions: (command: Command) => Command,
  storageOf: StorageOf,
): void {
  const administer = async (
    command: Command,
    work: (administration: Administration, json: boolean) => Promise<void>,
  ): Promise<void> => {
    // An option before the sub-command's name is taken by the command above it.
    const options = command.optsWithGlobals<AdministrationOptions>();
    const storage = storageOf(options);
    if (storage === null) return;
    const administration = await openAdministration(storage);
    try {
      await work(administration, options.json === true);
    } finally {
      await administration.close();
    }
  };
  withStorageOptions(verifier.command('code'))
    .description('open an enrolment code: 15 minutes, one device')
    .option('--label <label>', 'what operators call the device', '')
    .action((options: { label: string }, command: Command) =>
      administer(command, (administration, json) => openCode(administration, options.label, json)),
    );
  withStorageOptions(verifier.command('devices'))
    .description('list the enrolled devices')
    .action((_options: object, command: Command) => administer(command, listDevices));
  withStorageOptions(verifier.command('revoke'))
    .argument('<device>', 'id of the device')
    .description('take nothing from a device any more, at once')
    .action((deviceId: string, _options: object, command: Command) =>
      administer(command, (administration, json) => revoke(administration, deviceId, json)),
    );
  withStorageOptions(verifier.command('rotate-key'))
    .description('make another server key; the verifier signs with it from its next start on')
    .action((_options: object, command: Command) => administer(command, rotateKey));
  const operator = verifier.command('operator').description('who may use the pages and calls for operators');
  withStorageOptions(operator.command('add'))
    .argument('<name>', 'letters, digits, _ . @ -')
    .requiredOption('--role <role>', OPERATOR_ROLES.join(', '))
    .description('add an operator and print their token, this once')
    .action((name: string, options: { role: string }, command: Command) =>
      administer(command, (administration, json) => addOperator(administration, name, options.role, json)),
    );
}

async function openCode(administration: Administration, label: string, json: boolean): Promise<void> {
  if (label.length > 60) return emitError(usageProblem('--label is too long', 'At most 60 characters.'), json);
  const { code, serverKeyFingerprint } = await administration.openCode(label);
  if (json) emitJson({ code, label, serverKeyFingerprint });
  else process.stdout.write(`Enrolment code ${code} (15 minutes, one device)\nServer key ${serverKeyFingerprint}\n`);
}

async function listDevices(administration: Administration, json: boolean): Promise<void> {
  const devices = await administration.devices();
  if (json) return emitJson({ devices });
  for (const { deviceId, label, model, keyIds, enrolledAtMs, revokedAtMs } of devices) {
    const state = revokedAtMs === null ? 'enrolled' : `revoked ${new Date(revokedAtMs).toISOString()}`;
    const since = new Date(enrolledAtMs).toISOString();
    process.stdout.write(`${deviceId}  ${since}  ${state}  keys ${keyIds.length}  ${model}  ${label}\n`);
  }
}

async function revoke(administration: Administration, deviceId: string, json: boolean): Promise<void> {
  const revoked = await administration.revoke(deviceId);
  if (json) emitJson({ deviceId, revoked });
  else process.stdout.write(revoked ? `${deviceId} is revoked\n` : `${deviceId} is unknown or was revoked before\n`);
  if (!revoked) setExitCode(1);
}

async function rotateKey(administration: Administration, json: boolean): Promise<void> {
  const { keyId, serverKeyFingerprint } = await administration.addServerKey();
  if (json) return emitJson({ keyId, serverKeyFingerprint });
  process.stdout.write(`Server key ${keyId}\n${serverKeyFingerprint}\n`);
  process.stdout.write('Restart the verifier to sign with it. Enrolled devices follow by themselves.\n');
}

async function addOperator(administration: Administration, name: string, role: string, json: boolean): Promise<void> {
  if (!/^[\w.@-]{1,60}$/.test(name)) {
    return emitError(usageProblem('that is not a name', 'Letters, digits, _ . @ -, at most 60.'), json);
  }
  const known = OPERATOR_ROLES.find((each): each is OperatorRole => each === role);
  if (known === undefined) return emitError(usageProblem('no such role', OPERATOR_ROLES.join(', ')), json);
  const token = await administration.addOperator(name, known);
  if (token === null) return emitError(usageProblem('there is an operator of that name', 'Choose another.'), json);
  if (json) emitJson({ name, role, token });
  else process.stdout.write(`${name} (${role})\nToken ${token}\nIt isn't shown again.\n`);
}
