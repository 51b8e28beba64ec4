import { randomBytes } from 'node:crypto';
import type { Clock } from '../../src/shared/clock.ts';
import { createVerifierApp } from '../../src/verifier/app.ts';
import { assembleVerifier } from '../../src/verifier/assemble.ts';
import type { DeviceRegistry } from '../../src/verifier/device-registry.ts';
import type { EnrolmentDesk } from '../../src/verifier/enrolment.ts';
import type { VerifierParts } from '../../src/verifier/parts.ts';
import type { VerifierDatabase } from '../../src/verifier/storage/database.ts';
import { openVerifierDatabase } from '../../src/verifier/storage/open-database.ts';
import type { SubmissionStore } from '../../src/verifier/submission-store.ts';

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
  const database = await openVerifierDatabase(folder);
  const parts = await assembleVerifier({ database, clock, randomBytes, publicOrigin: null });
  const verifier = await serve({ ...parts, submissions: wrapSubmissions(parts.submissions) });
  return { ...verifier, close: () => verifier.close().then(() => database.close()) };
}

/** The verifier on a real port over a database that stays open when it closes. */
export async function serveVerifier(database: VerifierDatabase, clock: Clock): Promise<InProcessVerifier> {
  return serve(await assembleVerifier({ database, clock, randomBytes, publicOrigin: null }));
}

async function serve(parts: VerifierParts): Promise<InProcessVerifier> {
  const app = createVerifierApp(parts);
  return {
    address: await app.listen({ host: '127.0.0.1', port: 0 }),
    enrolmentCode: await parts.enrolment.openCode(),
    devices: parts.devices,
    enrolment: parts.enrolment,
    close: async () => void (await app.close()),
  };
}
