import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import type { VerifierDatabase } from '../../src/verifier/storage/database.ts';
import { openFolderObjectStore } from '../../src/verifier/storage/folder-object-store.ts';
import type { ObjectStore } from '../../src/verifier/storage/object-store.ts';
import { openVerifierDatabase } from '../../src/verifier/storage/open-database.ts';
import { openS3ObjectStore } from '../../src/verifier/storage/s3-object-store.ts';
import { S3_TEST_KEYS, startS3Server, type S3Server } from './object-store.ts';
import { postgresMissing, startPostgres, type PostgresServer } from './postgres.ts';
import { temporaryFolder } from './sample-store.ts';

/** An empty database and an empty object store of a test's own. */
export interface OpenStorage {
  readonly database: VerifierDatabase;
  readonly objects: ObjectStore;
  /** What `--data` and `--database` are given to open the same database from another process. */
  readonly folder: string;
  readonly address: string | null;
  /** Another connection to the same database, as after a restart; whoever opens it closes it. */
  reopen(): Promise<VerifierDatabase>;
  close(): Promise<void>;
}

export type OpenFreshStorage = () => Promise<OpenStorage>;

/**
 * Defines the same tests twice: on SQLite with a folder, and on PostgreSQL with an S3-compatible server. Where
 * PostgreSQL isn't installed the second is skipped and says why.
 */
export function forEachStorage(name: string, define: (open: OpenFreshStorage) => void): void {
  describe(`${name} on SQLite and a folder`, () => {
    let number = 0;
    define(async () => openSqliteStorage((number += 1)));
  });
  const missing = postgresMissing();
  if (missing !== null) console.warn(`${name} on PostgreSQL and S3: skipped, ${missing}`);
  describe.skipIf(missing !== null)(`${name} on PostgreSQL and S3${missing === null ? '' : ` (${missing})`}`, () => {
    let postgres: PostgresServer;
    let s3: S3Server;
    let number = 0;
    beforeAll(async () => {
      [postgres, s3] = await Promise.all([startPostgres(), startS3Server()]);
    });
    afterAll(async () => {
      await Promise.all([postgres.stop(), s3.stop()]);
    });
    define(async () => openPostgresStorage(postgres, s3, (number += 1)));
  });
}

async function openSqliteStorage(number: number): Promise<OpenStorage> {
  const folder = temporaryFolder();
  const objects = await openFolderObjectStore(join(folder.path, `objects-${number}`));
  return openStorage(folder, null, objects);
}

async function openPostgresStorage(postgres: PostgresServer, s3: S3Server, number: number): Promise<OpenStorage> {
  const objects = openS3ObjectStore({ ...s3.place, prefix: `test-${number}/` }, S3_TEST_KEYS);
  return openStorage(temporaryFolder(), await postgres.createDatabase(), objects);
}

async function openStorage(
  folder: ReturnType<typeof temporaryFolder>,
  address: string | null,
  objects: ObjectStore,
): Promise<OpenStorage> {
  const reopen = (): Promise<VerifierDatabase> => openVerifierDatabase(folder.path, address);
  const database = await reopen();
  return {
    database,
    objects,
    folder: folder.path,
    address,
    reopen,
    close: async () => {
      await database.close();
      await objects.close();
      folder.remove();
    },
  };
}
