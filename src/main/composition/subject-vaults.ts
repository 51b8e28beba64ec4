import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ok } from '../../shared/result.ts';
import { createFaceReturnRows } from '../store/face-return-rows.ts';
import { FACE_RETURNS_FOLDER_NAME } from '../store/face-return-pictures.ts';
import { REQUESTS_FOLDER_NAME } from '../store/request-inputs.ts';
import { RESULTS_FOLDER_NAME } from '../store/result-materials.ts';
import { createVaultFiles } from '../store/vault-files.ts';
import type { KeptKind } from '../store/vault-keys.ts';
import { createVault } from '../store/vault.ts';
import type { Installation } from './installation.ts';
import type { DestroyKept, SubjectDeskParts } from './subject-desk.ts';

/**
 * How everything that is kept of people is destroyed, vault by vault. The application gives its own for what it writes
 * meanwhile, so that a write that is under way is waited for.
 */
export function subjectVaults(
  installation: Pick<Installation, 'database' | 'audit' | 'keys' | 'vault' | 'materials'>,
  dataFolder: string,
  own: Partial<SubjectDeskParts['destroy']> = {},
): SubjectDeskParts['destroy'] {
  const { database, audit, keys } = installation;
  const vaultIn = (kept: KeptKind, folder: string, wrappingKey: Buffer): DestroyKept => {
    const vault = createVault({
      database,
      audit,
      wrappingKey,
      kept,
      randomBytes: (length) => new Uint8Array(randomBytes(length)),
      files: createVaultFiles(join(dataFolder, folder)),
    });
    return (id, why) => vault.destroy(id, why);
  };
  const faceRows = createFaceReturnRows(database, audit);
  const destroyFace = vaultIn('face-return', FACE_RETURNS_FOLDER_NAME, keys.faceReturn);
  return {
    evidence: (id, why) => installation.vault.destroy(id, why),
    materials: (id, why) => installation.materials.destroy(id, why),
    'face-return': async (id, why) => {
      // The row first: a sender must not look for a picture that is gone.
      const stopped = faceRows.stop(id, 'erased');
      if (!stopped.ok) return stopped;
      const destroyed = await destroyFace(id, why);
      return destroyed.ok ? ok(stopped.value || destroyed.value) : destroyed;
    },
    requests: vaultIn('requests', REQUESTS_FOLDER_NAME, keys.requests),
    results: vaultIn('results', RESULTS_FOLDER_NAME, keys.requests),
    ...own,
  };
}
