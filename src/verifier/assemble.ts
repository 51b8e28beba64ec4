import { createChallengeDesk } from './challenge-desk.ts';
import { createDeviceRegistry } from './device-registry.ts';
import { createEnrolmentDesk } from './enrolment.ts';
import { createIdempotency } from './idempotency.ts';
import type { VerifierLog } from './logging/verifier-log.ts';
import { createOperations, type Operations } from './operations.ts';
import type { VerifierParts } from './parts.ts';
import { addDeviceRoutes } from './routes/device-routes.ts';
import { staffDecisionRoutes } from './routes/staff-decision-routes.ts';
import { loadServerKey } from './server-key.ts';
import { createStaffDecisionDesk } from './staff-decisions/decision-desk.ts';
import type { VerifierDatabase } from './storage/database.ts';
import { createSubmissionStore } from './submission-store.ts';
import type { Clock } from '../shared/clock.ts';

export interface VerifierFoundation {
  readonly database: VerifierDatabase;
  readonly clock: Clock;
  readonly randomBytes: (length: number) => Buffer;
  /** Origin that devices use when a proxy stands in between; null: as the request names it. */
  readonly publicOrigin: string | null;
  /** Absent: nothing is logged. */
  readonly log?: VerifierLog;
}

export interface AssembledVerifier extends VerifierParts {
  /** What surrounds records; sessions are attached to it. */
  readonly operations: Operations;
}

const OWNER_BYTES = 8;

/** Puts together what keeps devices, records and challenges on one database, and the operations around them. */
export async function assembleVerifier(foundation: VerifierFoundation): Promise<AssembledVerifier> {
  const { database, clock, randomBytes, publicOrigin } = foundation;
  const serverKey = await loadServerKey(database, clock.wallMs());
  const submissions = createSubmissionStore({ database, serverKey, clock });
  const log = foundation.log;
  const operations = createOperations({
    database,
    clock,
    serverKey,
    submissions,
    ...(log === undefined ? {} : { log }),
  });
  return {
    operations,
    log: operations.log,
    metrics: operations.metrics,
    serverKey,
    devices: createDeviceRegistry(database, clock),
    enrolment: createEnrolmentDesk({ database, serverKey, clock, randomBytes }),
    submissions,
    idempotency: createIdempotency(database, clock, randomBytes(OWNER_BYTES).toString('hex')),
    challenges: createChallengeDesk(database, clock, randomBytes),
    clock,
    publicOrigin,
    routes: [
      addDeviceRoutes(database),
      staffDecisionRoutes(createStaffDecisionDesk({ database, serverKey, clock })),
      ...operations.routes,
    ],
  };
}
