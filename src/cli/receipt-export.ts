import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDevicePublicKey } from '../main/settings/device-identity.ts';
import { verifierSettingSchema, type VerifierSetting } from '../main/settings/settings.ts';
import { DATABASE_FILE_NAME, type StoreDatabase } from '../main/store/database.ts';
import { createRecordQueries } from '../main/store/record-queries.ts';
import { createSecretRows } from '../main/store/secret-rows.ts';
import { receiptCode, receiptQrText } from '../shared/domain/receipt-code.ts';
import type { ReceiptFile } from '../shared/domain/receipt-file.ts';
import { publicKeyJwkSchema } from '../shared/protocol/kv1.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { emitError, emitJson, usageProblem } from './output.ts';
import { openStoreForReading } from './store-access.ts';

interface ExportOptions {
  readonly dataFolder: string;
  readonly keyFile?: string;
  readonly out?: string;
  readonly codes?: boolean;
  readonly json?: boolean;
}

interface Exported {
  readonly file: ReceiptFile;
  readonly receiptHash: string;
}

/**
 * Writes one receipt with public keys to standard output or to a new file; with `codes` its short code and its QR
 * code's text instead. Exit code 2: no such record, database or key file, or `out` is there already; 1: other failures.
 */
export function exportReceipt(certifyId: string, options: ExportOptions): void {
  const json = options.json === true;
  const store = openStoreForReading(join(options.dataFolder, DATABASE_FILE_NAME), options.keyFile);
  if (!store.ok) return emitError(store.error, json);
  const { database } = store.value;
  try {
    const exported = receiptFileOf(database, certifyId);
    if (!exported.ok) return emitError(exported.error, json);
    if (options.codes === true) return emitCodes(exported.value, json);
    const text = `${JSON.stringify(exported.value.file, null, 2)}\n`;
    if (options.out === undefined) process.stdout.write(text);
    else writeNew(options.out, text, json);
  } finally {
    database.close();
  }
}

function emitCodes({ file, receiptHash }: Exported, json: boolean): void {
  const { receipt, countersignature } = file;
  const code = receiptCode(receipt.body.certifyId, receiptHash);
  const qr = receiptQrText(receipt, receiptHash, countersignature);
  if (json) emitJson({ code, qr });
  else process.stdout.write(`${code}\n${qr}\n`);
}

function writeNew(path: string, text: string, json: boolean): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch {
    emitError(usageProblem('the file can not be written, or is there already', 'Give a new file.'), json);
  }
}

function receiptFileOf(database: StoreDatabase, certifyId: string): Result<Exported, Failure> {
  const detail = createRecordQueries(database).show(certifyId);
  if (!detail.ok) return detail;
  const publicKey = readDevicePublicKey(createSecretRows(database));
  if (!publicKey.ok) return publicKey;
  const jwk = publicKeyJwkSchema.safeParse(publicKey.value?.export({ format: 'jwk' }));
  if (!jwk.success) return err(failure('store.corrupt', 'the device key is missing'));
  const verifier = verifierSetting(database);
  if (!verifier.ok) return verifier;
  const { receipt, receiptHash, countersignature, verification } = detail.value;
  const enrolment = verifier.value?.enrolment ?? null;
  const decisions = (verification?.decisions ?? []).flatMap(({ decision }) => (decision === null ? [] : [decision]));
  const next = database
    .prepare<[number], string>('SELECT hash FROM receipts WHERE seq = ? + 1')
    .pluck()
    .get(receipt.body.seq);
  const file: ReceiptFile = {
    kind: 'countersign-receipt',
    version: 1,
    receipt,
    countersignature,
    decisions,
    deletions: [],
    keys: {
      device: { keyId: receipt.device.keyId, key: jwk.data },
      server: enrolment === null ? null : { keyId: enrolment.serverKeyId, key: enrolment.serverKey },
    },
    neighbours: { previous: receipt.body.prevReceiptHash, next: next ?? null },
  };
  return ok({ file, receiptHash });
}

/** The setting as it is stored; null where it was never set. */
function verifierSetting(database: StoreDatabase): Result<VerifierSetting | null, Failure> {
  const find = database.prepare<[string], string>('SELECT value FROM settings WHERE name = ?').pluck();
  const stored = find.get('verifier');
  if (stored === undefined) return ok(null);
  try {
    return ok(verifierSettingSchema.parse(JSON.parse(stored)));
  } catch {
    return err(failure('store.corrupt', 'setting verifier does not parse'));
  }
}
