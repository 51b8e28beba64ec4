import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { systemClock, type Clock } from '../shared/clock.ts';
import { createVerifierApp } from './app.ts';
import { assembleVerifier } from './assemble.ts';
import type { Environment } from './configuration.ts';
import { closeGracefully } from './graceful-close.ts';
import type { VerifierLog } from './logging/verifier-log.ts';
import { loadMasterKey } from './master-key.ts';
import { RefusedStart } from './refused-start.ts';
import { openChecks, readAdapterFile, type ChecksParts, type RunningChecks } from './start-checks.ts';
import type { VerifierDatabase } from './storage/database.ts';
import { openVerifierDatabase } from './storage/open-database.ts';
import { openObjectStore } from './storage/open-object-store.ts';

export interface VerifierOptions {
  /** Folder of the database file, of objects and of the master key, where those are not elsewhere. */
  readonly dataFolder: string;
  /** `postgres://…`; null: a file in the folder. */
  readonly database?: string | null;
  /** `s3://…` or a folder; absent: a folder in the data folder. */
  readonly objects?: string;
  /** File that says who answers which checks; null: none are answered, records alone are kept. */
  readonly checks?: string | null;
  /** Where the models of the own comparison are. */
  readonly modelsFolder?: string;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly publicOrigin: string | null;
  /** Proxies that are believed about who sent a request; absent: none. */
  readonly trustedProxies?: readonly string[];
  /** Secrets come from here. */
  readonly environment?: Environment;
  readonly log?: VerifierLog;
  readonly clock?: Clock;
}

export interface RunningVerifier {
  readonly address: string;
  /** Valid for 15 minutes, one device. */
  readonly enrolmentCode: string;
  readonly serverKeyFingerprint: string;
  /** Lets what is running end, takes nothing more, then closes the database. */
  close(): Promise<void>;
}

/** Starts the reference verifier. Throws `RefusedStart` where what it is given can't be used. */
export async function startVerifier(options: VerifierOptions): Promise<RunningVerifier> {
  const database = await openVerifierDatabase(options.dataFolder, options.database ?? null);
  try {
    return await startOn(database, options);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function startOn(database: VerifierDatabase, options: VerifierOptions): Promise<RunningVerifier> {
  const { clock = systemClock, publicOrigin, trustedProxies = [], log } = options;
  const foundation = { database, clock, randomBytes, publicOrigin, ...(log === undefined ? {} : { log }) };
  const assembled = await assembleVerifier(foundation);
  const checks = await checksOf(options, { database, assembled, clock });
  const routes = [...(assembled.routes ?? []), ...(checks?.routes ?? [])];
  const app = createVerifierApp({ ...assembled, trustedProxies, routes });
  const address = await listen(app, options).catch(async (error: unknown) => {
    await checks?.close();
    throw error;
  });
  checks?.start();
  assembled.operations.log.event('started');
  return {
    address,
    enrolmentCode: await assembled.enrolment.openCode('first device'),
    serverKeyFingerprint: assembled.serverKey.fingerprint,
    close: async () => {
      assembled.operations.log.event('stopping');
      await closeGracefully(app);
      await checks?.close();
      await database.close();
      assembled.operations.log.event('stopped');
    },
  };
}

async function listen(
  app: ReturnType<typeof createVerifierApp>,
  { host, port }: Pick<VerifierOptions, 'host' | 'port'>,
): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new RefusedStart(`--host and --port: can't listen there (${code})`, { cause: error });
  }
}

async function checksOf(
  { checks, objects, dataFolder, modelsFolder = 'models', environment = {} }: VerifierOptions,
  parts: Pick<ChecksParts, 'database' | 'assembled' | 'clock'>,
): Promise<RunningChecks | null> {
  if (checks === undefined || checks === null) return null;
  const configuration = await readAdapterFile(checks, environment);
  const store = await openObjectStore(objects ?? join(dataFolder, 'objects'), environment);
  const masterKey = await loadMasterKey(dataFolder, environment, randomBytes);
  return openChecks(configuration, { ...parts, objects: store, masterKey, modelsFolder });
}
