import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openInstallation } from '../main/composition/installation.ts';
import { openRequests, type KeptRequests } from '../main/composition/request-services.ts';
import { createFacePipeline, inspectFrame } from '../main/inference/face-pipeline.ts';
import { decodeImage } from '../main/inference/image-codec.ts';
import { loadModels } from '../main/inference/model-store.ts';
import type { FindFaces } from '../main/requests/ports.ts';
import { DATABASE_FILE_NAME } from '../main/store/database.ts';
import { KEY_FILE_NAME, readKeyFile } from '../main/store/key-file.ts';
import { systemClock } from '../shared/clock.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { modelsFolder } from './models-folder.ts';

export interface OrderStoreOptions {
  readonly dataFolder: string;
  readonly keyFile?: string;
  readonly models?: string;
  readonly json?: boolean;
}

/**
 * Opens the requests of an existing installation. The application may run meanwhile: SQLite lets one of the two write at
 * a time. Where the key is in the operating system's vault, only the application itself can open it.
 */
export async function withRequests<T>(
  options: OrderStoreOptions,
  ask: (requests: KeptRequests) => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  const { dataFolder } = options;
  if (!existsSync(join(dataFolder, DATABASE_FILE_NAME))) {
    return err(failure('request.invalid', 'there is no such database'));
  }
  const master = readKeyFile(options.keyFile ?? join(dataFolder, KEY_FILE_NAME));
  if (!master.ok) return master;
  const key = master.value;
  if (key === null) return err(failure('request.invalid', 'there is no key file; give one with --key-file'));
  const source = { protection: 'key-file', loadOrCreate: () => ok(key) } as const;
  const installation = openInstallation(dataFolder, source, systemClock);
  if (!installation.ok) return installation;
  try {
    const findFaces = faceFinder(modelsFolder(options.models));
    return await ask(openRequests({ installation: installation.value, dataFolder, findFaces, clock: systemClock }));
  } finally {
    installation.value.close();
  }
}

/** Looks for faces in this process; the models are loaded when the first picture is looked at. */
function faceFinder(folder: string): FindFaces {
  let loading: ReturnType<typeof loadModels> | null = null;
  return async (picture) => {
    loading ??= loadModels(folder, 1, (file) => readFile(file).catch(() => null));
    const store = await loading;
    if (!store.ok) return store;
    const decoded = await decodeImage(picture);
    if (!decoded.ok) return decoded;
    const { faces } = await inspectFrame(createFacePipeline(store.value.models), decoded.value, systemClock, 0);
    return ok(faces.map(({ box: { width, height } }) => ({ width, height })));
  };
}
