import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { privacyStatus } from '../main/composition/admin-privacy-handlers.ts';
import { createInstalledSubjects, evidenceDaysOf } from '../main/composition/installed-subjects.ts';
import { openInstallation, type Installation } from '../main/composition/installation.ts';
import { createSceneBook } from '../main/settings/scene-book.ts';
import { DATABASE_FILE_NAME } from '../main/store/database.ts';
import { KEY_FILE_NAME, readKeyFile } from '../main/store/key-file.ts';
import { systemClock } from '../shared/clock.ts';
import { filingState } from '../shared/domain/stored-subjects.ts';
import type { PrivacyStatus } from '../shared/ipc/admin-schemes.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { emitError, emitJson, emitText, setExitCode } from './output.ts';
import { emitAssessment } from './privacy-assessment.ts';
import { exportDeletion, listDeletions, readableErasures, verifyDeletion } from './privacy-receipts.ts';
import { reportProcessings } from './privacy-report.ts';
import { readingSettings, withSettingStore, type SettingStoreOptions } from './setting-store.ts';

/** Adds `privacy status|erase|receipts|verify|report|assessment`. */
export function registerPrivacyCommands(program: Command): void {
  const privacy = program.command('privacy').description('what is kept of people, and its erasure');
  const withStore = (command: Command): Command => withSettingStore(command);
  withStore(privacy.command('status'))
    .description('people whose pictures are kept, against what may be; exit code 1 where something is overdue')
    .action(showStatus);
  withStore(privacy.command('erase'))
    .description('erase everything that is kept of the person of a record, at their wish')
    .requiredOption('--record <certify-id>', 'a certification of that person')
    .action(erase);
  const receipts = privacy.command('receipts').description('proofs of erasures');
  withStore(receipts.command('list')).description('newest first').action(listDeletions);
  withStore(receipts.command('export'))
    .description('one erasure with its proofs and public keys, as a file to give away')
    .argument('<deletion-id>')
    .option('--out <file>', 'a new file; by default standard output')
    .action(exportDeletion);
  privacy
    .command('verify')
    .description('check the signatures of an exported deletion; exit code 1 where they do not hold')
    .argument('<file>')
    .option('--device-key <x>', 'public key of the device, where the one in the file is not trusted')
    .option('--server-key <x>', 'public key of the verifier')
    .option('--json', 'JSON on standard output')
    .action(verifyDeletion);
  withStore(privacy.command('report'))
    .description('every processing of some days as CSV, without personal data; JSON lines with --json')
    .requiredOption('--from <day>', 'first day, like 2026-01-01')
    .requiredOption('--to <day>', 'last day')
    .action(reportProcessings);
  withStore(privacy.command('assessment'))
    .description('a draft of the impact assessment as Markdown, filled in from what is set up')
    .action(emitAssessment);
}

function showStatus(options: SettingStoreOptions): void {
  const json = options.json === true;
  const status = readingSettings(options, (settings, database) =>
    privacyStatus({
      database,
      erasures: readableErasures(database),
      clock: systemClock,
      retentionDaysOf: evidenceDaysOf({ scenes: createSceneBook(settings) }),
    }),
  );
  if (!status.ok) return emitError(status.error, json);
  const filing = filingState(status.value.storedSubjects);
  setExitCode(status.value.overdue > 0 || filing === 'reached' ? 1 : 0);
  if (json) emitJson({ ...status.value, filing });
  else for (const line of statusLines(status.value)) process.stdout.write(`${line}\n`);
}

function statusLines(status: PrivacyStatus): readonly string[] {
  const { storedSubjects, filingLimit, overdue, nextErasureAtMs, oldestRecordAtMs, deletions } = status;
  const day = (atMs: number | null): string => (atMs === null ? 'none' : new Date(atMs).toISOString().slice(0, 10));
  const filing = {
    below: '',
    near: '  near the limit: prepare the filing',
    reached: '  the authority has to be told within 30 working days',
  }[filingState(storedSubjects)];
  return [
    `people with pictures  ${storedSubjects} of ${filingLimit}${filing}`,
    `overdue               ${overdue}`,
    `next erasure          ${day(nextErasureAtMs)}`,
    `oldest record         ${day(oldestRecordAtMs)}`,
    `erasures              ${deletions.length}, ${deletions.filter(({ verifier }) => verifier === 'queued').length} of them not yet confirmed by the verifier`,
  ];
}

async function erase(options: SettingStoreOptions & { readonly record: string }): Promise<void> {
  const json = options.json === true;
  const slip = await withInstallation(options, async (installation) => {
    const { desk } = createInstalledSubjects({
      installation,
      dataFolder: options.dataFolder,
      clock: systemClock,
      // Faces are remembered in the memory of the application alone, for hours at most.
      forgetFace: () => undefined,
      onErased: () => undefined,
    });
    const resumed = await desk.resume();
    return resumed.ok ? desk.eraseOfRecord(options.record) : resumed;
  });
  if (!slip.ok) return emitError(slip.error, json);
  const { receipt, receiptHash, verifier } = slip.value;
  if (json) return emitJson({ receipt, receiptHash, verifier });
  process.stdout.write(`${receipt.body.deletionId}\n`);
  if (verifier === 'queued') emitText('The application tells the verifier as soon as it can be reached.');
}

/** Opens an existing installation; the application may have it open as well. */
async function withInstallation<T>(
  { dataFolder, keyFile }: SettingStoreOptions,
  work: (installation: Installation) => Result<T, Failure> | Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  const path = join(dataFolder, DATABASE_FILE_NAME);
  if (!existsSync(path)) return err(failure('request.invalid', 'there is no such database'));
  const key = readKeyFile(keyFile ?? join(dirname(path), KEY_FILE_NAME));
  if (!key.ok) return key;
  const master = key.value;
  if (master === null) return err(failure('request.invalid', 'there is no key file; give one with --key-file'));
  const source = { protection: 'key-file', loadOrCreate: () => ok(master) } as const;
  const opened = openInstallation(dataFolder, source, systemClock);
  if (!opened.ok) return opened;
  try {
    return await work(opened.value);
  } finally {
    opened.value.close();
  }
}
