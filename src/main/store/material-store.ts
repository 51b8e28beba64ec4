import type { CheckMaterials } from '../../shared/domain/verification.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import { materialParts, materialsFromParts } from './material-parts.ts';
import { createVaultFiles, type VaultDisk } from './vault-files.ts';
import type { DestroyReason } from './vault-keys.ts';
import { createVault, type VaultParts } from './vault.ts';

/** The folder beside the database that holds what unanswered questions carry. */
export const MATERIALS_FOLDER_NAME = 'materials';

/** What questions to the verifier carry, encrypted, each under a key of its own, until they are answered. */
export interface MaterialStore {
  /**
   * Writes materials down before the record is committed; they are on the disk when this returns.
   *
   * @param destroyAtMs when they have to be gone, answered or not
   * @returns how many bytes they are; `store.full`, `store.unavailable`, `request.invalid`
   */
  keep(certifyId: string, materials: CheckMaterials, destroyAtMs: number): Promise<Result<number, Failure>>;
  /** Null when there are none, or none any more. */
  read(certifyId: string): Promise<Result<CheckMaterials | null, Failure>>;
  /** Destroys the key, then the files, with an entry in the audit log; whether there was anything. */
  destroy(certifyId: string, why: DestroyReason): Promise<Result<boolean, Failure>>;
  /** Ids of those whose time is over. */
  expired(nowMs: number): Result<readonly string[], Failure>;
  /** For the start: destroys what has no question, or none that still needs it. Gives how many. */
  sweepOrphans(): Promise<Result<number, Failure>>;
}

export type MaterialStoreParts = Omit<VaultParts, 'files' | 'kept'> & {
  /** Where the encrypted files go. */
  readonly folder: string;
  readonly disk?: VaultDisk;
};

/** A vault of its own: files in `folder`, their keys in the database, encrypted with `wrappingKey`. */
export function createMaterialStore({ folder, disk, ...parts }: MaterialStoreParts): MaterialStore {
  const vault = createVault({ ...parts, files: createVaultFiles(folder, disk), kept: 'materials' });
  return {
    keep: async (certifyId, materials, destroyAtMs) => {
      const content = materialParts(materials);
      const kept = await vault.keep(certifyId, 'materials', content, destroyAtMs);
      return kept.ok ? ok(content.reduce((sum, { bytes }) => sum + bytes.length, 0)) : kept;
    },
    read: async (certifyId) => {
      const parts = await vault.read(certifyId, 'materials');
      if (!parts.ok || parts.value === null) return parts as Result<null, Failure>;
      return materialsFromParts(parts.value);
    },
    destroy: (certifyId, why) => vault.destroy(certifyId, why),
    expired: (nowMs) => {
      const rows = vault.rows();
      if (!rows.ok) return rows;
      return ok(rows.value.filter((row) => row.destroyAtMs <= nowMs).map(({ certifyId }) => certifyId));
    },
    sweepOrphans: () => vault.sweepOrphans(),
  };
}
