import { createHash } from 'node:crypto';
import { certifyIdSchema } from '../../shared/domain/certification.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AuditLog } from './audit-log.ts';
import type { StoreDatabase } from './database.ts';
import { openBundle, sealBundle, type VaultPart } from './vault-bundle.ts';
import type { VaultFiles } from './vault-files.ts';
import { createVaultKeys, readVaultKey, type DestroyReason, type EvidenceRow, type KeptKind } from './vault-keys.ts';

/** What a certification may keep: the recorded session, its best pictures, its clip, the chip's portrait. */
export const BUNDLES = ['session', 'best-frames', 'clip', 'portrait'] as const;
export type Bundle = (typeof BUNDLES)[number];
/**
 * `materials`: what a question to the verifier carries; `face`: a picture for the customer; `inputs`: what a caller gave;
 * `result`: what a caller may fetch; each in its own vault.
 */
export type VaultBundle = Bundle | 'materials' | 'face' | 'inputs' | 'result';

/** Evidence in encrypted files, one folder for each certification; whoever destroys its key destroys them all. */
export interface Vault {
  /**
   * Encrypts and keeps parts until `destroyAtMs` at most; a bundle of the same name is replaced. It is on the disk
   * when this returns, and its hash in the audit log. A failure leaves nothing of it and touches no record.
   *
   * @returns `store.full` (also when the room left is needed for records), `store.unavailable`, `request.invalid`
   */
  keep(
    certifyId: string,
    bundle: VaultBundle,
    parts: readonly VaultPart[],
    destroyAtMs: number,
  ): Promise<Result<null, Failure>>;
  /** Null when there is none, or none any more. */
  read(certifyId: string, bundle: VaultBundle): Promise<Result<readonly VaultPart[] | null, Failure>>;
  list(certifyId: string): Promise<Result<readonly Bundle[], Failure>>;
  /** Erases the key, then the files; whether there was anything. */
  destroy(certifyId: string, why: DestroyReason): Promise<Result<boolean, Failure>>;
  rows(): Result<readonly EvidenceRow[], Failure>;
  /**
   * Removes what an interrupted run left: files without a key, keys without files, evidence without a record. For the
   * start, before anything is captured. Gives how many certifications were cleaned up.
   */
  sweepOrphans(): Promise<Result<number, Failure>>;
}

export interface VaultParts {
  readonly database: StoreDatabase;
  readonly audit: Pick<AuditLog, 'append' | 'appendWithin'>;
  readonly wrappingKey: Buffer;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly files: VaultFiles;
  /** Evidence where it isn't told. */
  readonly kept?: KeptKind;
}

/**
 * Writing, destroying and sweeping go one after the other; reading doesn't wait for them. An id that isn't a
 * certification's is `request.invalid`.
 */
export function createVault(parts: VaultParts): Vault {
  const { database, audit, wrappingKey, files, kept = 'evidence' } = parts;
  const keys = createVaultKeys(parts);
  const inOrder = createOrder();

  const destroy: Vault['destroy'] = async (certifyId, why) => {
    if (!isCertifyId(certifyId)) return invalidId();
    const erased = keys.erase(certifyId, why);
    if (!erased.ok) return erased;
    // Without the key the files are noise; those that can't be removed now go at the next start.
    const removed = await files.remove(certifyId);
    return removed.ok ? erased : removed;
  };

  const write = async (
    certifyId: string,
    bundle: VaultBundle,
    content: readonly VaultPart[],
    key: Buffer,
  ): Promise<Result<null, Failure>> => {
    const sealed = sealBundle(key, parts.randomBytes(12), { certifyId, bundle }, content);
    if (!sealed.ok) return sealed;
    const hash = createHash('sha256');
    const size = content.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const written = await files.write(certifyId, bundle, size, hashing(sealed.value, hash));
    if (!written.ok) return written;
    const noted = audit.append(`${kept}.kept`, { certifyId, bundle, fileHash: hash.digest('hex') });
    if (!noted.ok) await files.remove(certifyId, bundle);
    return noted;
  };

  const keep: Vault['keep'] = async (certifyId, bundle, content, destroyAtMs) => {
    if (!isCertifyId(certifyId)) return invalidId();
    const key = keys.keyFor(certifyId, destroyAtMs);
    if (!key.ok) return key;
    const written = await write(certifyId, bundle, content, key.value.key);
    key.value.key.fill(0);
    if (!written.ok && key.value.isNew) await destroy(certifyId, 'write-failed');
    return written;
  };

  return {
    keep: (...asked) => inOrder(() => keep(...asked)),
    read: (certifyId, bundle) => readEvidence({ database, wrappingKey, files, kept }, certifyId, bundle),
    list: async (certifyId) => {
      if (!isCertifyId(certifyId)) return invalidId();
      const listed = await files.list(certifyId);
      if (!listed.ok) return listed;
      return ok(BUNDLES.filter((bundle) => listed.value.some((file) => file.bundle === bundle)));
    },
    destroy: (...asked) => inOrder(() => destroy(...asked)),
    rows: () => keys.list(),
    sweepOrphans: () => inOrder(() => sweepOrphans(files, keys.list(), destroy)),
  };
}

/**
 * Reads one bundle of a certification, with nothing but a database that is open for reading.
 *
 * @returns null when nothing is kept; `store.wrong-key`, `store.corrupt` (a torn or changed file), `store.unavailable`
 */
export async function readEvidence(
  { database, wrappingKey, files, kept }: Pick<VaultParts, 'database' | 'wrappingKey' | 'files' | 'kept'>,
  certifyId: string,
  bundle: VaultBundle,
): Promise<Result<readonly VaultPart[] | null, Failure>> {
  if (!isCertifyId(certifyId)) return invalidId();
  const key = readVaultKey(database, wrappingKey, certifyId, kept);
  if (!key.ok || key.value === null) return key as Result<null, Failure>;
  const sealed = await files.read(certifyId, bundle);
  const opened = sealed.ok && sealed.value !== null ? openBundle(key.value, { certifyId, bundle }, sealed.value) : null;
  key.value.fill(0);
  return opened ?? (sealed as Result<null, Failure>);
}

async function sweepOrphans(
  files: VaultFiles,
  rows: Result<readonly EvidenceRow[], Failure>,
  destroy: Vault['destroy'],
): Promise<Result<number, Failure>> {
  if (!rows.ok) return rows;
  const folders = await files.folders();
  if (!folders.ok) return folders;
  const keyed = new Set(rows.value.map(({ certifyId }) => certifyId));
  let swept = 0;
  for (const folder of folders.value.filter((name) => !keyed.has(name))) {
    const removed = await files.remove(folder);
    if (!removed.ok) return removed;
    swept += 1;
  }
  for (const { certifyId, sceneId } of rows.value) {
    const drafts = await files.removeDrafts(certifyId);
    if (!drafts.ok) return drafts;
    const left = await files.list(certifyId);
    if (!left.ok) return left;
    if (sceneId !== null && left.value.length > 0) continue;
    const destroyed = await destroy(certifyId, 'orphaned');
    if (!destroyed.ok) return destroyed;
    swept += 1;
  }
  return ok(swept);
}

/** Runs what changes evidence one after the other: a failed write must not take a finished one along. */
function createOrder(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}

function* hashing(pieces: Iterable<Uint8Array>, hash: ReturnType<typeof createHash>): Generator<Uint8Array, void> {
  for (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}

/** The id becomes the name of a folder: nothing else may. */
function isCertifyId(text: string): boolean {
  return certifyIdSchema.safeParse(text).success;
}

function invalidId(): Result<never, Failure> {
  return err(failure('request.invalid', 'not the id of a certification'));
}
