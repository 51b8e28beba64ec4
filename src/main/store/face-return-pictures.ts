import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { createVaultFiles, type VaultDisk } from './vault-files.ts';
import type { DestroyReason } from './vault-keys.ts';
import { createVault, type VaultParts } from './vault.ts';

/** The folder beside the database that holds face pictures until the customer's store has them. */
export const FACE_RETURNS_FOLDER_NAME = 'face-returns';

const PICTURE_NAME = 'face.jpg';

/** Face pictures for the customer, encrypted, each under a key of its own, until they were sent. */
export interface FaceReturnPictures {
  /** It is on the disk when this returns. Fails with `store.full` or `store.unavailable`. */
  keep(certifyId: string, jpeg: Uint8Array, destroyAtMs: number): Promise<Result<null, Failure>>;
  /** Null when there is none, or none any more. */
  read(certifyId: string): Promise<Result<Uint8Array | null, Failure>>;
  /** Destroys the key, then the file, with an entry in the audit log; whether there was anything. */
  destroy(certifyId: string, why: DestroyReason): Promise<Result<boolean, Failure>>;
  /** For the start: destroys pictures that no record waits to send. Gives how many. */
  sweepOrphans(): Promise<Result<number, Failure>>;
}

export type FaceReturnPicturesParts = Omit<VaultParts, 'files' | 'kept'> & {
  readonly folder: string;
  readonly disk?: VaultDisk;
};

/** A vault of its own: files in `folder`, their keys in the database, encrypted with `wrappingKey`. */
export function createFaceReturnPictures({ folder, disk, ...parts }: FaceReturnPicturesParts): FaceReturnPictures {
  const vault = createVault({ ...parts, files: createVaultFiles(folder, disk), kept: 'face-return' });
  return {
    keep: (certifyId, jpeg, destroyAtMs) =>
      vault.keep(certifyId, 'face', [{ name: PICTURE_NAME, bytes: jpeg }], destroyAtMs),
    read: async (certifyId) => {
      const parts = await vault.read(certifyId, 'face');
      if (!parts.ok || parts.value === null) return parts as Result<null, Failure>;
      const picture = parts.value.find(({ name }) => name === PICTURE_NAME);
      return picture ? ok(picture.bytes) : err(failure('store.corrupt', 'the face picture is missing'));
    },
    destroy: (certifyId, why) => vault.destroy(certifyId, why),
    sweepOrphans: () => vault.sweepOrphans(),
  };
}
