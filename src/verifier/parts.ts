import type { FastifyInstance } from 'fastify';
import type { Clock } from '../shared/clock.ts';
import type { ChallengeDesk } from './challenge-desk.ts';
import type { DeviceRegistry } from './device-registry.ts';
import type { EnrolmentDesk } from './enrolment.ts';
import type { Idempotency } from './idempotency.ts';
import type { VerifierLog } from './logging/verifier-log.ts';
import type { VerifierMetrics } from './metrics/verifier-metrics.ts';
import type { ServerKey } from './server-key.ts';
import type { SubmissionStore } from './submission-store.ts';
import type { BucketSize } from './token-bucket.ts';

/** What the verifier's HTTP side stands on. */
export interface VerifierParts {
  readonly serverKey: ServerKey;
  readonly devices: DeviceRegistry;
  readonly enrolment: EnrolmentDesk;
  readonly submissions: SubmissionStore;
  readonly idempotency: Idempotency;
  readonly challenges: ChallengeDesk;
  readonly clock: Clock;
  /** Origin that devices use when a proxy stands in between; null: as the request names it. */
  readonly publicOrigin: string | null;
  /** Addresses and networks whose word about who sent a request is believed; absent: nobody's. */
  readonly trustedProxies?: readonly string[];
  /** Further routes: keys of devices, sessions, whatever is built where the parts are put together. */
  readonly routes?: readonly RouteModule[];
  /** Absent: counted, and shown to nobody. */
  readonly metrics?: VerifierMetrics;
  /** Absent: nothing is logged. */
  readonly log?: VerifierLog;
  /** Requests of one device; absent: `DEVICE_RATE`. */
  readonly deviceRate?: BucketSize;
}

/** A device drains its outbox with ten requests a second and uploads a clip with thirty; this is several times that. */
export const DEVICE_RATE: BucketSize = { burst: 600, perSecond: 50 };

/** Adds routes. Their answers are signed and their errors become problems without further ado. */
export type RouteModule = (app: FastifyInstance, parts: VerifierParts) => void;
