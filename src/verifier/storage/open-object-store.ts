import { openFolderObjectStore } from './folder-object-store.ts';
import type { ObjectStore } from './object-store.ts';
import { isS3Address, parseS3Address, s3KeysOf } from './s3-address.ts';
import { openS3ObjectStore } from './s3-object-store.ts';

/**
 * Opens the store at an address: `s3://BUCKET/PREFIX?endpoint=…` with the keys of the environment, or else a folder.
 * Throws when it is misconfigured; whether it answers shows at `ping`.
 */
export async function openObjectStore(
  address: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ObjectStore> {
  if (!isS3Address(address)) return openFolderObjectStore(address);
  const place = parseS3Address(address);
  if (!place.ok) throw new Error(`object store: ${place.error}`);
  const keys = s3KeysOf(environment);
  if (keys === null) throw new Error('object store: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set');
  return openS3ObjectStore(place.value, keys);
}
