import { z } from 'zod';
import { MAX_SETTINGS_FILE_BYTES } from '../../shared/domain/settings-file.ts';
import { signatureSchema } from '../../shared/domain/receipt.ts';
import { publicKeyJwkSchema } from '../../shared/protocol/kv1.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import {
  isSignedBy,
  SETTINGS_FILE_FORMAT,
  SETTINGS_FILE_KIND,
  SETTINGS_FILE_PRODUCT,
  settingsFileSchema,
  type SettingsFile,
} from './settings-file.ts';
import { describeFieldIssue } from './field-issue.ts';

/** Formats of earlier versions, and how each becomes the next one. The first format has none before it. */
const UPGRADES: Readonly<Record<number, (file: Readonly<Record<string, unknown>>) => Record<string, unknown>>> = {};

const signedSchema = z.looseObject({ publicKey: publicKeyJwkSchema, signature: signatureSchema });

/**
 * Reads a settings file: its size, its form, whose it is, its signature, and then every value. The signature is checked
 * over what stands in the file, before anything is brought to this version's form.
 *
 * @returns one of the failures `settings-file.*`, naming the field and its limit where it is about one
 */
export function readSettingsFile(text: string): Result<SettingsFile, Failure> {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_SETTINGS_FILE_BYTES) return err(tooLarge(bytes));
  const parsed = parseObject(text);
  if (!parsed.ok) return parsed;
  const header = checkHeader(parsed.value);
  if (!header.ok) return header;
  const signed = signedSchema.safeParse(parsed.value);
  if (!signed.success) {
    return err(failure('settings-file.bad-signature', describeFieldIssue(signed.error.issues[0], parsed.value)));
  }
  if (!isSignedBy(parsed.value, signed.data.publicKey, signed.data.signature)) {
    return err(failure('settings-file.bad-signature', 'signature'));
  }
  return readValues(upgraded(parsed.value, header.value));
}

/** For whoever knows the size before the text. */
export function tooLarge(bytes: number): Failure {
  const limit = `${MAX_SETTINGS_FILE_BYTES / 1024 / 1024} MB`;
  return failure('settings-file.too-large', `${(bytes / 1024 / 1024).toFixed(1)} MB, at most ${limit}`);
}

function readValues(file: Readonly<Record<string, unknown>>): Result<SettingsFile, Failure> {
  const values = settingsFileSchema.safeParse(file);
  if (values.success) return ok(values.data);
  const unknown = values.error.issues.find(({ code }) => code === 'unrecognized_keys');
  const issue = unknown ?? values.error.issues[0];
  const code = unknown === undefined ? 'settings-file.unfit' : 'settings-file.unknown-field';
  return err(failure(code, describeFieldIssue(issue, file)));
}

function parseObject(text: string): Result<Readonly<Record<string, unknown>>, Failure> {
  const json = text.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return err(failure(endsInTheMiddle(json) ? 'settings-file.truncated' : 'settings-file.not-json'));
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return ok(value as Record<string, unknown>);
  }
  return err(failure('settings-file.other-product', 'no object'));
}

/** Whether a text begins as a JSON object and stops before its last bracket. */
function endsInTheMiddle(text: string): boolean {
  if (!text.trimStart().startsWith('{')) return false;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (inString) {
      if (sign === '\\') at += 1;
      else if (sign === '"') inString = false;
    } else if (sign === '"') inString = true;
    else if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') depth -= 1;
  }
  return inString || depth > 0;
}

/** @returns the format of a file that is ours and not of another time */
function checkHeader(file: Readonly<Record<string, unknown>>): Result<number, Failure> {
  if (file['product'] !== SETTINGS_FILE_PRODUCT || file['kind'] !== SETTINGS_FILE_KIND) {
    return err(failure('settings-file.other-product', 'product, kind'));
  }
  const format = z.int().nonnegative().safeParse(file['format']);
  if (!format.success) return err(failure('settings-file.unfit', 'format: a whole number'));
  const told = `format ${format.data}, this version reads ${SETTINGS_FILE_FORMAT}`;
  if (format.data > SETTINGS_FILE_FORMAT) return err(failure('settings-file.newer', told));
  for (let step = format.data; step < SETTINGS_FILE_FORMAT; step += 1) {
    if (UPGRADES[step] === undefined) return err(failure('settings-file.too-old', told));
  }
  return ok(format.data);
}

function upgraded(file: Readonly<Record<string, unknown>>, format: number): Readonly<Record<string, unknown>> {
  let current = file;
  for (let step = format; step < SETTINGS_FILE_FORMAT; step += 1) current = UPGRADES[step]!(current);
  return current;
}
