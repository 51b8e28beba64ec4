import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { systemClock, type Clock } from '../shared/clock.ts';
import { createVerifierApp } from './app.ts';
import { assembleVerifier } from './assemble.ts';
import type { Environment } from './configuration.ts';
import { closeGracefully } from './graceful-close.ts';
import type { VerifierLog } from './logging/verifier-log.ts';
import { loadMasterKey } from './master-key.ts';
import { openChecks, readAdapterFile, type ChecksParts, type RunningChecks } from './start-checks.ts';
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

/** Starts the reference verifier. */
export async function startVerifier(options: VerifierOptions): Promise<RunningVerifier> {
  const { dataFolder, clock = systemClock, publicOrigin, log } = options;
  const database = await openVerifierDatabase(dataFolder, options.database ?? null);
  const foundation = { database, clock, randomBytes, publicOrigin, ...(log === undefined ? {} : { log }) };
  const assembled = await assembleVerifier(foundation);
  const checks = await checksOf(options, { database, assembled, clock });
  const app = createVerifierApp({ ...assembled, routes: [...(assembled.routes ?? []), ...(checks?.routes ?? [])] });
  const address = await app.listen({ host: options.host, port: options.port });
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
