import { createPublicKey, verify } from 'node:crypto';
import { readDevicePublicKey } from '../main/settings/device-identity.ts';
import { verifierSettingSchema } from '../main/settings/settings.ts';
import type { StoreDatabase } from '../main/store/database.ts';
import { createSecretRows } from '../main/store/secret-rows.ts';
import {
  createSubjectErasureRows,
  type KeptErasure,
  type SubjectErasureRows,
} from '../main/store/subject-erasure-rows.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import { deletionFileSchema, type DeletionFile } from '../shared/domain/deletion-file.ts';
import { publicKeyJwkSchema, type PublicKeyJwk } from '../shared/protocol/kv1.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { emitError, emitJson, setExitCode, usageProblem } from './output.ts';
import { readJsonFile, writeNewFile } from './scene-file.ts';
import { readingSettings, type SettingStoreOptions } from './setting-store.ts';

/** More than anybody erases between two looks. */
const LISTED = 10_000;

/**
 * Prints erasures, newest first, at most 10,000, one a line: columns with two blanks between them, or JSON with the
 * hash of the receipt and what the verifier has said.
 */
export function listDeletions(options: SettingStoreOptions): void {
  const json = options.json === true;
  const erasures = withErasures(options, (rows) => rows.list(LISTED));
  if (!erasures.ok) return emitError(erasures.error, json);
  for (const { receipt, receiptHash, verifier } of erasures.value) {
    if (json) emitJson({ ...receipt.body, receiptHash, verifier });
    else {
      const { deletionId, erasedAtMs, why, erased } = receipt.body;
      const counts = Object.entries(erased).map(([name, count]) => `${name} ${count}`);
      const columns = [new Date(erasedAtMs).toISOString(), deletionId, why, ...counts, `verifier ${verifier}`];
      process.stdout.write(`${columns.join('  ')}\n`);
    }
  }
}

/**
 * Writes one erasure with its proofs and public keys to standard output or to a new file. Exit code 2: no such id,
 * database or key file, or `out` is there already; 1: other failures.
 */
export function exportDeletion(deletionId: string, options: SettingStoreOptions & { readonly out?: string }): void {
  const json = options.json === true;
  const file = withErasures(options, (rows, database) => {
    const found = rows.find(deletionId);
    if (!found.ok) return found;
    return found.value === null
      ? err(failure('request.invalid', 'no erasure has this id'))
      : fileOf(database, found.value);
  });
  if (!file.ok) return emitError(file.error, json);
  if (options.out === undefined) {
    process.stdout.write(`${JSON.stringify(file.value, null, 2)}\n`);
    return;
  }
  const written = writeNewFile(options.out, file.value);
  if (!written.ok) emitError(written.error, json);
}

interface VerifyOptions {
  readonly json?: boolean;
  /** `x` of an Ed25519 public key. */
  readonly deviceKey?: string;
  readonly serverKey?: string;
}

/** Exit code 0: both proofs hold, or the verifier's is still to come; 1: one doesn't; 2: it is no such file. */
export function verifyDeletion(path: string, options: VerifyOptions): void {
  const json = options.json === true;
  const read = readJsonFile(path);
  if (!read.ok) return emitError(read.error, json);
  const parsed = deletionFileSchema.safeParse(read.value);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    return emitError(
      usageProblem(`${path} is no deletion receipt (${field})`, 'Make one with privacy receipts export.'),
      json,
    );
  }
  const device = keyOf(options.deviceKey, parsed.data.keys.device.key);
  const server = keyOf(options.serverKey, parsed.data.keys.server?.key ?? null);
  if (!device.ok || !server.ok) {
    return emitError(usageProblem('a key is no Ed25519 public key', 'Give x of its JWK.'), json);
  }
  const findings = findingsOf(parsed.data, device.value, server.value);
  setExitCode(findings.length === 0 ? 0 : 1);
  const { body } = parsed.data.receipt;
  if (json) return emitJson({ holds: findings.length === 0, findings, ...body, verifier: parsed.data.verifier });
  process.stdout.write(`${findings.length === 0 ? 'holds' : `does not hold: ${findings.join(', ')}`}\n`);
  const { pictures, waiting, requests } = body.erased;
  const counts = `pictures ${pictures}, questions ${waiting}, requests ${requests}`;
  process.stdout.write(`erased ${new Date(body.erasedAtMs).toISOString()} by ${body.deviceId}: ${counts}\n`);
  const { records, untilMs } = body.remaining;
  const until = untilMs === null ? '' : `, at least until ${new Date(untilMs).toISOString().slice(0, 10)}`;
  process.stdout.write(`masked records that stay: ${records}${until}; verifier: ${parsed.data.verifier}\n`);
}

function findingsOf(file: DeletionFile, device: PublicKeyJwk | null, server: PublicKeyJwk | null): readonly string[] {
  const { receipt, verifierReceipt } = file;
  const findings: string[] = [];
  if (!isSigned(receipt.body, receipt.device.signature, device)) findings.push('device-signature');
  if (verifierReceipt === null) return findings;
  const { body } = verifierReceipt;
  if (!isSigned(body, verifierReceipt.server.signature, server)) findings.push('verifier-signature');
  if (body.kind !== 'subject' || body.of !== receipt.body.subjectKey) findings.push('verifier-of-another');
  return findings;
}

function isSigned(body: unknown, signature: string, key: PublicKeyJwk | null): boolean {
  if (key === null) return false;
  const publicKey = createPublicKey({ key, format: 'jwk' });
  return verify(null, Buffer.from(canonicalJson(body)), publicKey, Buffer.from(signature, 'base64url'));
}

function keyOf(given: string | undefined, known: PublicKeyJwk | null): Result<PublicKeyJwk | null, null> {
  if (given === undefined) return ok(known);
  const parsed = publicKeyJwkSchema.safeParse({ kty: 'OKP', crv: 'Ed25519', x: given });
  return parsed.success ? ok(parsed.data) : err(null);
}

function fileOf(database: StoreDatabase, erasure: KeptErasure): Result<DeletionFile, Failure> {
  const publicKey = readDevicePublicKey(createSecretRows(database));
  if (!publicKey.ok) return publicKey;
  const key = publicKeyJwkSchema.safeParse(publicKey.value?.export({ format: 'jwk' }));
  if (!key.success) return err(failure('store.corrupt', 'the device key is missing'));
  const stored = database.prepare<[], string>(`SELECT value FROM settings WHERE name = 'verifier'`).pluck().get();
  const setting = stored === undefined ? null : verifierSettingSchema.safeParse(parseJson(stored));
  if (setting !== null && !setting.success) return err(failure('store.corrupt', 'setting verifier does not parse'));
  const enrolment = setting?.data.enrolment ?? null;
  const { receipt, verifier, verifierReceipt } = erasure;
  return ok({
    kind: 'countersign-deletion',
    version: 1,
    receipt,
    verifier,
    verifierReceipt,
    keys: {
      device: { keyId: receipt.device.keyId, key: key.data },
      server: enrolment === null ? null : { keyId: enrolment.serverKeyId, key: enrolment.serverKey },
    },
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export type ErasureReading = Pick<SubjectErasureRows, 'list' | 'find' | 'begun'>;

/** Erasures of a database that is open for reading. */
export function readableErasures(database: StoreDatabase): ErasureReading {
  return createSubjectErasureRows({ database, audit: { appendWithin: nothingIsWritten }, sign: nothingIsWritten });
}

function withErasures<T>(
  options: SettingStoreOptions,
  ask: (rows: ErasureReading, database: StoreDatabase) => Result<T, Failure>,
): Result<T, Failure> {
  return readingSettings(options, (_, database) => ask(readableErasures(database), database));
}

function nothingIsWritten(): never {
  throw new TypeError('the database was opened for reading');
}
