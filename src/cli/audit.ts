import type { Command } from 'commander';
import { verifyAudit } from '../main/store/audit-verification.ts';
import { exportAuditToFile, verifyAuditFile } from './audit-export.ts';
import { emitError, emitJson, setExitCode } from './output.ts';
import { openStoreForReading, readPublicKey } from './store-access.ts';

interface AuditOptions {
  readonly keyFile?: string;
  readonly json?: boolean;
}

/** Adds `audit verify`, `audit export` and `audit verify-export`. Exit code of a check 0: it holds; 1: it doesn't, or it could not be checked. */
export function registerAuditCommands(program: Command): void {
  const audit = program.command('audit').description('the audit chain');
  audit
    .command('export')
    .description('write the whole audit log as JSON lines that the device has signed')
    .requiredOption('--data-folder <folder>', 'the data folder of the application')
    .requiredOption('--out <file>', 'a file that is there is replaced')
    .option('--key-file <file>', 'master key; by default database.key in the data folder')
    .option('--json', 'one JSON value on standard output')
    .action(exportAuditToFile);
  audit
    .command('verify-export')
    .description('check an exported audit log with nothing but itself')
    .argument('<file>')
    .option('--fingerprint <hex>', 'of the key that has to have signed it')
    .option('--json', 'one JSON value on standard output')
    .action(verifyAuditFile);
  audit
    .command('verify')
    .description('check the whole chain, and every record and receipt that it vouches for')
    .argument('<database>')
    .option('--key-file <file>', 'master key; by default database.key beside the database')
    .option('--json', 'one JSON value on standard output')
    .action(verifyDatabase);
}

function verifyDatabase(path: string, options: AuditOptions): void {
  const json = options.json === true;
  const store = openStoreForReading(path, options.keyFile);
  if (!store.ok) return emitError(store.error, json);
  const { database, keys } = store.value;
  try {
    const publicKey = readPublicKey(database);
    if (!publicKey.ok) return emitError(publicKey.error, json);
    const report = verifyAudit(database, keys.audit, publicKey.value);
    if (!report.ok) return emitError(report.error, json);
    const { entries, ok, firstBadEntry, reason } = report.value;
    if (json) emitJson(report.value);
    else if (ok) process.stdout.write(`${entries} entries: the chain holds\n`);
    else process.stdout.write(`${entries} entries: ${reason ?? ''}, first bad entry ${firstBadEntry ?? 'outside'}\n`);
    setExitCode(ok ? 0 : 1);
  } finally {
    database.close();
  }
}
