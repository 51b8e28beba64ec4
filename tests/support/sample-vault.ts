import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createVaultFiles, EVIDENCE_FOLDER_NAME } from '../../src/main/store/vault-files.ts';
import { createVault, type Vault } from '../../src/main/store/vault.ts';
import type { SampleStore } from './sample-store.ts';

/** The vault of a sample store, with its files in `evidence` of the same folder. */
export function sampleVault(store: SampleStore, folder: string): Vault {
  return createVault({
    database: store.database,
    audit: store.audit,
    wrappingKey: store.keys.evidence,
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
    files: createVaultFiles(join(folder, EVIDENCE_FOLDER_NAME)),
  });
}
