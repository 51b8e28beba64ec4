import type { Command } from 'commander';
import { existsSync, statfsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../shared/clock.ts';
import { openInstallation, type Installation } from '../main/composition/installation.ts';
import { loadModels } from '../main/inference/model-store.ts';
import { verifyAudit } from '../main/store/audit-verification.ts';
import { DATABASE_FILE_NAME, checkIntegrity } from '../main/store/database.ts';
import { KEY_FILE_NAME, readKeyFile } from '../main/store/key-file.ts';
import type { KeySource } from '../main/store/key-source.ts';
import { askHealth } from '../main/verifiers/countersign/enrolment.ts';
import { failed, ok, unknown, type Check } from './doctor-check.ts';
import { checkConfiguredReader, checkReaders } from './doctor-reader.ts';
import { modelsFolder } from './models-folder.ts';
import { emitJson, emitText, setExitCode } from './output.ts';

interface DoctorOptions {
  readonly dataFolder?: string;
  readonly models?: string;
  readonly json?: boolean;
}

/** Free space below which records may soon not fit. */
const LOW_DISK_BYTES = 1_000_000_000;
/** The verifier refuses signatures that are further off. */
const CLOCK_LIMIT_MS = 60_000;

/** `doctor`: what works here, and what to do about the rest. */
export function registerDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check models, card readers, database, verifier and clock, and say what to do')
    .option('--data-folder <folder>', 'where records and settings are kept')
    .option('--models <folder>', 'folder with manifest.json and the models')
    .option('--json', 'one JSON value on standard output')
    .action(async (options: DoctorOptions) => doctor(options));
}

async function doctor(options: DoctorOptions): Promise<void> {
  const checks: Check[] = [await checkModels(options.models), ...(await checkReaders())];
  const folder = options.dataFolder;
  if (folder === undefined) {
    checks.push(unknown('database', 'no --data-folder was given', 'Give the folder that the kiosk keeps its data in.'));
  } else {
    checks.push(...(await checkDataFolder(folder)));
  }
  checks.push(unknown('camera', 'cameras are seen by the windows only', 'Open the camera page of the admin window.'));
  if (options.json) emitJson({ checks });
  else for (const check of checks) emitText(lineOf(check));
  setExitCode(checks.some(({ state }) => state === 'failed') ? 1 : 0);
}

async function checkModels(given: string | undefined): Promise<Check> {
  const folder = modelsFolder(given);
  const loaded = await loadModels(folder, 1, (path) => readFile(path).catch(() => null));
  if (!loaded.ok) return failed('models', loaded.error, 'Install again, or run "npm run models".');
  const count = loaded.value.hashes.length;
  await loaded.value.release();
  return ok('models', `${count} models match the manifest and load`);
}

async function checkDataFolder(folder: string): Promise<Check[]> {
  const checks: Check[] = [checkDisk(folder)];
  if (!existsSync(join(folder, DATABASE_FILE_NAME))) {
    return [...checks, unknown('database', 'no database in this folder', 'Start the kiosk once.')];
  }
  const key = readKeyFile(join(folder, KEY_FILE_NAME));
  if (!key.ok) return [...checks, failed('database', key.error, 'Restore the key file.')];
  if (key.value === null) {
    const hint = 'The key is in the operating system’s vault: look at the overview page of the admin window.';
    return [...checks, unknown('database', 'no key file', hint)];
  }
  const master = key.value;
  const source: KeySource = { protection: 'key-file', loadOrCreate: () => ({ ok: true, value: master }) };
  const opened = openInstallation(folder, source, systemClock);
  if (!opened.ok) return [...checks, failed('database', opened.error, 'Have it recovered; do not delete it.')];
  try {
    return [
      ...checks,
      ...checkDatabase(opened.value),
      ...(await checkConfiguredReader(opened.value.settings)),
      await checkVerifier(opened.value),
    ];
  } finally {
    opened.value.close();
  }
}

function checkDisk(folder: string): Check {
  try {
    const { bavail, bsize } = statfsSync(folder);
    const free = bavail * bsize;
    const detail = `${Math.floor(free / 1e6)} MB free`;
    return free < LOW_DISK_BYTES
      ? { name: 'disk', state: 'warning', detail, hint: 'Make room: without it no certification can be recorded.' }
      : ok('disk', detail);
  } catch {
    return unknown('disk', 'the folder can not be looked at', 'Check that it exists.');
  }
}

function checkDatabase(installation: Installation): Check[] {
  const integrity = checkIntegrity(installation.database);
  const audit = verifyAudit(installation.database, installation.keys.audit, installation.identity.publicKey);
  return [
    integrity.ok ? ok('database', 'every page is intact') : failed('database', integrity.error, 'Have it recovered.'),
    {
      name: 'database key',
      state: 'warning',
      detail: 'in a file of its owner, because there is no vault here',
      hint: 'Protect the disk, or set up a keyring.',
    },
    auditCheck(audit),
  ];
}

function auditCheck(audit: ReturnType<typeof verifyAudit>): Check {
  if (!audit.ok) return failed('audit chain', audit.error, 'Have it looked into.');
  const { entries, firstBadEntry } = audit.value;
  if (audit.value.ok) return ok('audit chain', `${entries} entries hold`);
  const detail = `broken at entry ${firstBadEntry ?? 'unknown'} of ${entries}`;
  return {
    name: 'audit chain',
    state: 'failed',
    detail,
    hint: 'Somebody changed the records: keep the file as evidence.',
  };
}

async function checkVerifier({ settings }: Installation): Promise<Check> {
  const verifier = settings.read('verifier');
  if (!verifier.ok) return failed('verifier', verifier.error, 'Enrol again in the admin window.');
  const { address, enrolment } = verifier.value;
  if (address === null || enrolment === null) {
    return { name: 'verifier', state: 'warning', detail: 'not enrolled', hint: 'Enrol in the admin window.' };
  }
  const health = await askHealth(address);
  if (!health.ok)
    return failed('verifier', health.error, 'Check the network and the address. Nothing is lost meanwhile.');
  const skewMs = Math.abs(health.value.serverTimeMs - systemClock.wallMs());
  if (skewMs > CLOCK_LIMIT_MS) {
    const detail = `answers, but the clocks differ by ${Math.round(skewMs / 1000)} s`;
    return { name: 'verifier', state: 'warning', detail, hint: 'Set this machine’s clock.' };
  }
  return ok('verifier', 'answers, and the clocks agree');
}

function lineOf({ name, state, detail, hint }: Check): string {
  const line = `${state.padEnd(8)} ${name}: ${detail}`;
  return hint === '' ? line : `${line}\n         ${hint}`;
}
