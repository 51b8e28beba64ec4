import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DATABASE_FILE_NAME } from '../main/store/database.ts';
import { createRecordQueries } from '../main/store/record-queries.ts';
import type { VaultPart } from '../main/store/vault-bundle.ts';
import { createVaultFiles, EVIDENCE_FOLDER_NAME } from '../main/store/vault-files.ts';
import { BUNDLES, readEvidence } from '../main/store/vault.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { emitError, emitJson, emitText, usageProblem } from './output.ts';
import { createProgress } from './progress.ts';
import { openStoreForReading, type ReadableStore } from './store-access.ts';

interface SessionOptions {
  readonly dataFolder: string;
  readonly keyFile?: string;
  readonly out: string;
  readonly json?: boolean;
}

/**
 * Decrypts everything that is kept of a certification into a new folder that only this user can read: a folder for
 * every recorded challenge, and `best-frames`, `clip` and `portrait` where they were kept.
 */
export async function exportSession(certifyId: string, options: SessionOptions): Promise<void> {
  const json = options.json === true;
  if (!(await isFree(options.out))) {
    return emitError(usageProblem(`${options.out} is not empty`, 'Give --out a new or an empty folder.'), json);
  }
  const store = openStoreForReading(join(options.dataFolder, DATABASE_FILE_NAME), options.keyFile);
  if (!store.ok) return emitError(store.error, json);
  const parts = await readAll(store.value, join(options.dataFolder, EVIDENCE_FOLDER_NAME), certifyId);
  store.value.database.close();
  if (!parts.ok) return emitError(parts.error, json);
  const written = await writeAll(options.out, parts.value);
  if (!written.ok) return emitError(written.error, json);
  const sessions = parts.value.filter(({ name }) => name.endsWith('/session.json')).map(({ name }) => dirname(name));
  const folders = sessions.map((session) => join(options.out, session));
  if (json) return emitJson({ certifyId, out: options.out, files: parts.value.length, sessions: folders });
  emitText(`${parts.value.length} files in ${options.out}. They are not encrypted: delete them when you are done.`);
  for (const folder of folders) emitText(`Judge it again: countersign liveness judge ${folder}`);
}

async function readAll(
  { database, keys }: ReadableStore,
  folder: string,
  certifyId: string,
): Promise<Result<readonly VaultPart[], Failure>> {
  const record = createRecordQueries(database).show(certifyId);
  if (!record.ok) return record;
  const parts: VaultPart[] = [];
  const place = { database, wrappingKey: keys.evidence, files: createVaultFiles(folder) };
  for (const bundle of BUNDLES) {
    const read = await readEvidence(place, certifyId, bundle);
    if (!read.ok) return read;
    const prefix = bundle === 'session' ? '' : `${bundle}/`;
    for (const { name, bytes } of read.value ?? []) parts.push({ name: `${prefix}${name}`, bytes });
  }
  if (parts.length > 0) return ok(parts);
  return err(failure('request.invalid', 'no evidence of this certification is kept, or not any more'));
}

/** Part names were checked when they were sealed: none of them leaves the folder. */
async function writeAll(out: string, parts: readonly VaultPart[]): Promise<Result<null, Failure>> {
  const progress = createProgress('files', parts.length);
  try {
    for (const { name, bytes } of parts) {
      const file = join(out, name);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(file, bytes, { mode: 0o600, flag: 'wx' });
      progress.step();
    }
    return ok(null);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return err(failure(code === 'ENOSPC' ? 'store.full' : 'store.unavailable', `${out}: ${code}`));
  } finally {
    progress.wipe();
  }
}

async function isFree(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
  }
}
