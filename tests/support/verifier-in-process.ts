import { randomBytes } from 'node:crypto';
import type { Clock } from '../../src/shared/clock.ts';
import { createVerifierApp } from '../../src/verifier/app.ts';
import { createChallengeDesk } from '../../src/verifier/challenge-desk.ts';
import { openVerifierDatabase } from '../../src/verifier/database.ts';
import { createDeviceRegistry, type DeviceRegistry } from '../../src/verifier/device-registry.ts';
import { createEnrolmentDesk, type EnrolmentDesk } from '../../src/verifier/enrolment.ts';
import { createIdempotency } from '../../src/verifier/idempotency.ts';
import { loadServerKey } from '../../src/verifier/server-key.ts';
import { createSubmissionStore, type SubmissionStore } from '../../src/verifier/submission-store.ts';

export interface InProcessVerifier {
  readonly address: string;
  readonly enrolmentCode: string;
  readonly devices: DeviceRegistry;
  readonly enrolment: EnrolmentDesk;
  close(): Promise<void>;
}

/** The verifier on a real port of this process, with a clock and a submission store that a test controls. */
export async function startVerifierInProcess(
  folder: string,
  clock: Clock,
  wrapSubmissions: (store: SubmissionStore) => SubmissionStore = (store) => store,
): Promise<InProcessVerifier> {
  const database = openVerifierDatabase(folder);
  const serverKey = loadServerKey(database);
  const devices = createDeviceRegistry(database);
  const enrolment = createEnrolmentDesk({ database, devices, serverKey, clock, randomBytes });
  const challenges = createChallengeDesk(database, clock, randomBytes);
  const app = createVerifierApp({
    serverKey,
    devices,
    enrolment,
    submissions: wrapSubmissions(createSubmissionStore({ database, serverKey, clock, challenges })),
    idempotency: createIdempotency(database, clock),
    challenges,
    clock,
    publicOrigin: null,
  });
  return {
    address: await app.listen({ host: '127.0.0.1', port: 0 }),
    enrolmentCode: enrolment.openCode(),
    devices,
    enrolment,
    close: async () => {
      await app.close();
      database.close();
    },
  };
}
