import { join } from 'node:path';
import { err, ok, type Result } from '../shared/result.ts';
import { isPostgresAddress } from './storage/open-database.ts';
import { isS3Address, parseS3Address, s3KeysOf } from './storage/s3-address.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** As it is given on the command line; what is absent comes from the environment, or is the default. */
export interface StorageOptions {
  readonly data: string;
  readonly database?: string | undefined;
  readonly objects?: string | undefined;
}

/** Where the verifier keeps things. */
export interface StorageConfiguration {
  readonly dataFolder: string;
  /** `postgres://…`; null: a file in the folder. */
  readonly database: string | null;
  /** `s3://…`, or a folder. */
  readonly objects: string;
}

/** Addresses with secrets in them come from here: what stands on a command line can be read by everybody. */
export const STORAGE_VARIABLES = { database: 'COUNTERSIGN_DATABASE', objects: 'COUNTERSIGN_OBJECTS' } as const;

/** What is wrong is said in words that name an option or a variable, never a value. */
export function storageConfiguration(
  { data, database: givenDatabase, objects: givenObjects }: StorageOptions,
  environment: Environment,
): Result<StorageConfiguration, string> {
  if (givenDatabase !== undefined && hasPassword(givenDatabase)) {
    return err(`a password belongs into PGPASSWORD or ${STORAGE_VARIABLES.database}, not on the command line`);
  }
  const database = givenDatabase ?? (environment[STORAGE_VARIABLES.database] || null);
  if (database !== null && (!isPostgresAddress(database) || !URL.canParse(database))) {
    return err('a database is given as postgres://USER@HOST/NAME');
  }
  const objects = (givenObjects ?? environment[STORAGE_VARIABLES.objects]) || join(data, 'objects');
  const fault = isS3Address(objects) ? s3Fault(objects, environment) : null;
  return fault === null ? ok({ dataFolder: data, database, objects }) : err(`objects: ${fault}`);
}

function hasPassword(address: string): boolean {
  return URL.canParse(address) && new URL(address).password !== '';
}

function s3Fault(address: string, environment: Environment): string | null {
  const place = parseS3Address(address);
  if (!place.ok) return place.error;
  return s3KeysOf(environment) === null ? 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set' : null;
}
