import { randomBytes } from 'node:crypto';
import { systemClock, type Clock } from '../shared/clock.ts';
import { createVerifierApp } from './app.ts';
import { assembleVerifier } from './assemble.ts';
import { openVerifierDatabase } from './storage/open-database.ts';

export interface VerifierOptions {
  /** Folder of the database file, where there is no other database. */
  readonly dataFolder: string;
  /** `postgres://…`; null: a file in the folder. */
  readonly database?: string | null;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly publicOrigin: string | null;
  readonly clock?: Clock;
}

export interface RunningVerifier {
  readonly address: string;
  /** Valid for 15 minutes, one device. */
  readonly enrolmentCode: string;
  readonly serverKeyFingerprint: string;
  /** Ends open requests, then closes the database. */
  close(): Promise<void>;
}

/** Starts the reference verifier. */
export async function startVerifier(options: VerifierOptions): Promise<RunningVerifier> {
  const clock = options.clock ?? systemClock;
  const database = await openVerifierDatabase(options.dataFolder, options.database ?? null);
  const parts = await assembleVerifier({ database, clock, randomBytes, publicOrigin: options.publicOrigin });
  const app = createVerifierApp(parts);
  const address = await app.listen({ host: options.host, port: options.port });
  return {
    address,
    enrolmentCode: await parts.enrolment.openCode('first device'),
    serverKeyFingerprint: parts.serverKey.fingerprint,
    close: async () => {
      await app.close();
      await database.close();
    },
  };
}
