import { readFileSync, statSync } from 'node:fs';
import { codeFits, parseReceiptCode, parseReceiptQr } from '../shared/domain/receipt-code.ts';
import { receiptFileSchema, type ReceiptFile } from '../shared/domain/receipt-file.ts';
import { publicKeyJwkSchema, type PublicKeyJwk } from '../shared/protocol/kv1.ts';
import type { Language } from '../shared/reason-texts.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { languageFrom } from './language.ts';
import { emitError, emitJson, setExitCode, usageProblem, type UsageProblem } from './output.ts';
import {
  checkChains,
  checkReceipt,
  holds,
  receiptHashOf,
  type ChainCheck,
  type ReceiptCheck,
} from './receipt-check.ts';
import { reportText, type CodeCheck } from './receipt-words.ts';

interface VerifyOptions {
  readonly deviceKey?: readonly string[];
  readonly serverKey?: readonly string[];
  readonly lang?: string;
  readonly json?: boolean;
}

const LARGEST_FILE_BYTES = 4_194_304;

/**
 * Exit code 0: everything holds, receipts without a countersignature included; 1: something doesn't; 2: a file or key
 * can't be read, or there are only codes, which have to fit one of the files.
 */
export function verifyReceipts(inputs: readonly string[], options: VerifyOptions): void {
  const json = options.json === true;
  const language = languageFrom(options);
  if (!language.ok) return emitError(language.error, json);
  const device = readKeys(options.deviceKey ?? []);
  if (!device.ok) return emitError(device.error, json);
  const server = readKeys(options.serverKey ?? []);
  if (!server.ok) return emitError(server.error, json);
  const codes = inputs.filter(isCode);
  const files: ReceiptFile[] = [];
  for (const path of inputs.filter((input) => !isCode(input))) {
    const file = readReceipt(path);
    if (!file.ok) return emitError(file.error, json);
    files.push(file.value);
  }
  if (files.length === 0) {
    return emitError(usageProblem('a code names a receipt and proves nothing', 'Give the exported file too.'), json);
  }
  const receipts = files.map((file) => checkReceipt(file, { device: device.value, server: server.value }));
  const chains = checkChains(files);
  const codeChecks = codes.map((code) => ({ code, fits: files.some((file) => fitsFile(code, file)) }));
  const good = holds(receipts, chains) && codeChecks.every(({ fits }) => fits);
  emitReport({ holds: good, receipts, chains, codes: codeChecks }, language.value, json);
  setExitCode(good ? 0 : 1);
}

export interface VerifyReport {
  readonly holds: boolean;
  readonly receipts: readonly ReceiptCheck[];
  readonly chains: readonly ChainCheck[];
  readonly codes: readonly CodeCheck[];
}

function emitReport(report: VerifyReport, language: Language, json: boolean): void {
  if (json) emitJson(report);
  else process.stdout.write(reportText(report, language));
}

function isCode(input: string): boolean {
  return parseReceiptCode(input) !== null || parseReceiptQr(input) !== null;
}

function fitsFile(text: string, file: ReceiptFile): boolean {
  const hash = receiptHashOf(file);
  const { certifyId, deviceId } = file.receipt.body;
  const code = parseReceiptCode(text);
  if (code !== null) return codeFits(code, certifyId, hash);
  const qr = parseReceiptQr(text);
  if (qr === null || qr.certifyId !== certifyId || qr.deviceId !== deviceId || qr.receiptHash !== hash) return false;
  const serverSignature = file.countersignature?.server.signature;
  // A slip that was printed before the verifier confirmed has one signature only.
  return (
    qr.device.signature === file.receipt.device.signature &&
    (qr.server === null || qr.server.signature === serverSignature)
  );
}

function readReceipt(path: string): Result<ReceiptFile, UsageProblem> {
  const value = readJson(path);
  if (!value.ok) return value;
  const parsed = receiptFileSchema.safeParse(value.value);
  if (parsed.success) return ok(parsed.data);
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  return err(usageProblem(`${path} is no exported receipt (${field})`, 'Make one with receipt export.'));
}

function readKeys(texts: readonly string[]): Result<readonly PublicKeyJwk[], UsageProblem> {
  const keys: PublicKeyJwk[] = [];
  for (const text of texts) {
    const bare = publicKeyJwkSchema.safeParse({ kty: 'OKP', crv: 'Ed25519', x: text });
    if (bare.success) {
      keys.push(bare.data);
      continue;
    }
    const value = readJson(text);
    const parsed = value.ok ? publicKeyJwkSchema.safeParse(value.value) : null;
    if (!parsed?.success) return err(usageProblem(`${text} is no Ed25519 public key`, 'Give x or a JWK file.'));
    keys.push(parsed.data);
  }
  return ok(keys);
}

function readJson(path: string): Result<unknown, UsageProblem> {
  try {
    if (statSync(path).size > LARGEST_FILE_BYTES) return err(usageProblem(`${path} is too large`, 'At most 4 MiB.'));
    return ok(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return err(usageProblem(`${path} can not be read as JSON`, 'Give an exported receipt, or a whole short code.'));
  }
}
