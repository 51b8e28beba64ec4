import { randomBytes } from 'node:crypto';
import { systemClock, type Clock } from '../shared/clock.ts';
import { createVerifierApp } from './app.ts';
import { createChallengeDesk } from './challenge-desk.ts';
import { openVerifierDatabase } from './database.ts';
import { createDeviceRegistry } from './device-registry.ts';
import { createEnrolmentDesk } from './enrolment.ts';
import { createIdempotency } from './idempotency.ts';
import { loadServerKey } from './server-key.ts';
import { createSubmissionStore } from './submission-store.ts';

export interface VerifierOptions {
  /** Folder of the database. */
  readonly dataFolder: string;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly publicOrigin: string | null;
  readonly clock?: Clock;
}

export interface RunningVerifier {
  readonly address: string;
  /** Valid for 15 minutes, five tries, one device. */
  readonly enrolmentCode: string;
  readonly serverKeyFingerprint: string;
  /** Ends open requests, then closes the database. */
  close(): Promise<void>;
}

/** Starts the reference verifier. */
export async function startVerifier(options: VerifierOptions): Promise<RunningVerifier> {
  const clock = options.clock ?? systemClock;
  const database = openVerifierDatabase(options.dataFolder);
  const serverKey = loadServerKey(database);
  const devices = createDeviceRegistry(database);
  const enrolment = createEnrolmentDesk({ database, devices, serverKey, clock, randomBytes });
  const challenges = createChallengeDesk(database, clock, randomBytes);
  const app = createVerifierApp({
    serverKey,
    devices,
    enrolment,
    submissions: createSubmissionStore({ database, serverKey, clock, challenges }),
    idempotency: createIdempotency(database, clock),
    challenges,
    clock,
    publicOrigin: options.publicOrigin,
  });
  const address = await app.listen({ host: options.host, port: options.port });
  return {
    address,
    enrolmentCode: enrolment.openCode(),
    serverKeyFingerprint: serverKey.fingerprint,
    close: async () => {
      await app.close();
      database.close();
    },
  };
}
