import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { VaultPart } from './vault-bundle.ts';
import { createVaultFiles, type VaultDisk } from './vault-files.ts';
import type { DestroyReason } from './vault-keys.ts';
import { createVault, type VaultParts } from './vault.ts';

/** The folder beside the database that holds what callers may still fetch of their results. */
export const RESULTS_FOLDER_NAME = 'results';

export interface KeptResultFiles {
  readonly files: readonly VaultPart[];
  readonly keptUntilMs: number;
}

/** Pictures and fields of results, encrypted, each certification under a key of its own, until their time is over. */
export interface ResultMaterials {
  /** On the disk when this returns. @returns `store.full`, `store.unavailable`, `request.invalid` */
  keep(certifyId: string, files: readonly VaultPart[], destroyAtMs: number): Promise<Result<null, Failure>>;
  /** Null when there are none, or none any more. */
  read(certifyId: string): Promise<Result<KeptResultFiles | null, Failure>>;
  /** Destroys the key, then the files, with an entry in the audit log; whether there was anything. */
  destroy(certifyId: string, why: DestroyReason): Promise<Result<boolean, Failure>>;
  /** Destroys what is over, and at the start also what an interrupted run left. Gives how many. */
  sweep(nowMs: number, atStart: boolean): Promise<Result<number, Failure>>;
}

export type ResultMaterialParts = Omit<VaultParts, 'files' | 'kept'> & {
  /** Where the encrypted files go. */
  readonly folder: string;
  readonly disk?: VaultDisk;
};

/** A vault of its own: files in `folder`, their keys in the database, encrypted with `wrappingKey`. */
export function createResultMaterials({ folder, disk, ...parts }: ResultMaterialParts): ResultMaterials {
  const vault = createVault({ ...parts, files: createVaultFiles(folder, disk), kept: 'results' });
  const endOf = parts.database
    .prepare<[string], number>('SELECT destroy_at_ms FROM result_keys WHERE certify_id = ?')
    .pluck();
  return {
    keep: (certifyId, files, destroyAtMs) => vault.keep(certifyId, 'result', files, destroyAtMs),
    read: async (certifyId) => {
      const files = await vault.read(certifyId, 'result');
      if (!files.ok || files.value === null) return files as Result<null, Failure>;
      return ok({ files: files.value, keptUntilMs: endOf.get(certifyId) ?? 0 });
    },
    destroy: (certifyId, why) => vault.destroy(certifyId, why),
    sweep: async (nowMs, atStart) => {
      const orphans = atStart ? await vault.sweepOrphans() : ok(0);
      if (!orphans.ok) return orphans;
      const rows = vault.rows();
      if (!rows.ok) return rows;
      let destroyed = orphans.value;
      for (const { certifyId } of rows.value.filter(({ destroyAtMs }) => destroyAtMs <= nowMs)) {
        const gone = await vault.destroy(certifyId, 'retention');
        if (!gone.ok) return gone;
        destroyed += 1;
      }
      return ok(destroyed);
    },
  };
}
