import { join, resolve } from 'node:path';
import { keyFingerprint, loadDeviceIdentity } from '../main/settings/device-identity.ts';
import { exportAudit } from '../main/store/audit-export.ts';
import { checkAuditExport } from '../main/store/audit-export-check.ts';
import { DATABASE_FILE_NAME } from '../main/store/database.ts';
import { writeExport } from '../main/store/export-file.ts';
import { createSecretRows } from '../main/store/secret-rows.ts';
import { emitError, emitJson, emitText, setExitCode, usageProblem } from './output.ts';
import { createShareProgress } from './share-progress.ts';
import { openStoreForReading } from './store-access.ts';

export interface AuditExportOptions {
  readonly dataFolder: string;
  readonly keyFile?: string;
  readonly out: string;
  readonly json?: boolean;
}

/** Writes the whole audit log to a file of JSON lines that the device has signed. */
export async function exportAuditToFile(options: AuditExportOptions): Promise<void> {
  const json = options.json === true;
  const path = join(options.dataFolder, DATABASE_FILE_NAME);
  const store = openStoreForReading(path, options.keyFile);
  if (!store.ok) return emitError(store.error, json);
  const { database, keys } = store.value;
  const identity = loadDeviceIdentity({
    secrets: createSecretRows(database),
    subjectKey: keys.subject,
    enrolment: () => null,
  });
  database.close();
  if (!identity.ok) return emitError(identity.error, json);
  const device = identity.value;
  const progress = createShareProgress('audit log');
  const head = {
    countersign: 'audit',
    v: 1,
    deviceId: device.deviceId(),
    publicKey: { kty: 'OKP', crv: 'Ed25519', x: device.publicKeyJwk.x },
    exportedAtMs: Date.now(),
  } as const;
  let rows = 0;
  const stop = new AbortController();
  const interrupted = (): void => stop.abort();
  process.once('SIGINT', interrupted);
  const written = await writeExport(
    resolve(options.out),
    exportAudit({ path, databaseKey: keys.database, head, sign: (text) => device.sign(text) }),
    {
      signal: stop.signal,
      onPiece: (piece) => {
        rows += piece.rows;
        progress.show(piece.done, piece.of);
      },
    },
  );
  progress.wipe();
  process.removeListener('SIGINT', interrupted);
  if (!written.ok) return emitError(written.error, json, 1);
  if (written.value === 'cancelled') return emitError(usageProblem('interrupted', 'Nothing was written.'), json, 1);
  const fingerprint = keyFingerprint(device.publicKeyJwk);
  if (json) return emitJson({ file: options.out, entries: rows, fingerprint });
  emitText(`${rows} entries in ${options.out}, signed by the key with the fingerprint ${fingerprint}.`);
}

interface VerifyOptions {
  readonly fingerprint?: string;
  readonly json?: boolean;
}

/** Checks an exported audit log. Exit code 0: it is what the device has signed; 1: it isn't; 2: it can't be read. */
export async function verifyAuditFile(file: string, options: VerifyOptions): Promise<void> {
  const json = options.json === true;
  const checked = await checkAuditExport(resolve(file));
  if (!checked.ok) return emitError(checked.error, json, 2);
  const { head, entries, line } = checked.value;
  const fingerprint = head === null ? null : keyFingerprint(head.publicKey);
  const wanted = options.fingerprint?.toLowerCase().replaceAll(/\s/g, '');
  const isOther = wanted !== undefined && fingerprint !== wanted;
  const fault = checked.value.fault ?? (isOther ? 'another-key' : null);
  if (json) emitJson({ ok: fault === null, entries, fault, line, deviceId: head?.deviceId ?? null, fingerprint });
  else if (fault !== null) process.stdout.write(`${fault}${line === null ? '' : `, line ${line}`}\n`);
  else
    process.stdout.write(
      `${entries} entries, as signed by ${head?.deviceId ?? ''} with the key ${fingerprint ?? ''}\n`,
    );
  setExitCode(fault === null ? 0 : 1);
}
