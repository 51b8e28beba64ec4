import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { Verifier } from '../main/verifiers/contract.ts';
import type { Clock } from '../shared/clock.ts';
import type { DeletionReceipt, SessionAnswer } from '../shared/protocol/kv1-sessions.ts';
import type { Policy, Problem } from '../shared/protocol/kv1.ts';
import type { VerdictState } from '../shared/reasons.ts';
import type { Result } from '../shared/result.ts';
import type { Device } from './device-registry.ts';
import {
  createErasureDesk,
  type DestroySession,
  type ErasureDesk,
  type ErasureReason,
} from './erasure/erasure-desk.ts';
import { readinessOf, type Readiness, type ReadinessParts } from './health.ts';
import { createVerifierLog, type VerifierLog } from './logging/verifier-log.ts';
import { meteredVerifier } from './metrics/metered-verifier.ts';
import { createVerifierMetrics, type VerifierMetrics } from './metrics/verifier-metrics.ts';
import { createOperatorAudit, type OperatorAudit } from './operators/operator-audit.ts';
import { createOperatorDesk, type OperatorDesk } from './operators/operator-desk.ts';
import type { RouteModule } from './parts.ts';
import { createPolicyStore, type HandOffOffer, type PolicyStore } from './policy/policy-store.ts';
import { createReportDesk } from './reports/report-desk.ts';
import { createReviewDesk } from './reviews/review-desk.ts';
import { erasureRoutes } from './routes/erasure-routes.ts';
import { operatorRoutes } from './routes/operator-routes.ts';
import { policyRoutes } from './routes/policy-routes.ts';
import { reportRoutes } from './routes/report-routes.ts';
import { reviewRoutes } from './routes/review-routes.ts';
import { serviceRoutes } from './routes/service-routes.ts';
import type { ServerKey } from './server-key.ts';
import type { VerifierDatabase } from './storage/database.ts';
import type { SubmissionStore } from './submission-store.ts';

export interface OperationsFoundation {
  readonly database: VerifierDatabase;
  readonly clock: Clock;
  readonly serverKey: ServerKey;
  readonly submissions: SubmissionStore;
  /** Absent: nothing is logged. */
  readonly log?: VerifierLog;
}

/** What sessions offer to the operations around them. */
export interface SessionSide {
  /** The session as its device is told about it. */
  readonly readSession: (
    device: Pick<Device, 'deviceId'>,
    sessionId: string,
  ) => Promise<Result<SessionAnswer, Problem>>;
  readonly destroySession: DestroySession;
  /** The verifier behind a name as attempts keep it. */
  readonly verifierOf: (name: string) => Verifier | null;
  /** Which checks are answered, and by whom. */
  readonly offered: () => NonNullable<Policy['checks']>;
  /** Settles when the object store answers. */
  readonly pingObjects: () => Promise<void>;
}

/** Ends what is open for a person. @param deviceId null: at all devices */
export type EndSubject = (subjectKey: string, deviceId: string | null) => Promise<void>;

/** What operations offer to sessions. */
export interface SessionOperations {
  /** Reviews and erasure. */
  readonly routes: readonly RouteModule[];
  /** Erases a session whose time is over, or finishes what another reason began; at vendors too, with a receipt. */
  readonly eraseExpired: (sessionId: string, why?: ErasureReason) => Promise<Result<DeletionReceipt, Problem>>;
}

/** What surrounds records and sessions: counting, logging, policy, operators, reviews, erasure, reports. */
export interface Operations {
  readonly metrics: VerifierMetrics;
  readonly log: VerifierLog;
  readonly policy: PolicyStore;
  /** To be told of every decision that is signed. */
  readonly decided: (state: VerdictState) => void;
  /** The same verifier with its calls counted. */
  readonly metered: (verifier: Verifier) => Verifier;
  readonly ready: () => Promise<Readiness>;
  /** Policy, operators, reports, and what belongs to running a service. */
  readonly routes: readonly RouteModule[];
  /** From then on the policy says which pages people can finish on with their own phones. */
  readonly offerHandOffs: (offer: HandOffOffer) => void;
  /** Has what is open for somebody end before everything of them is erased. */
  readonly endBeforeErasure: (end: EndSubject) => void;
  /** Ties sessions in: from then on the policy offers their checks, and readiness asks for what they need. */
  readonly attach: (sessions: SessionSide) => SessionOperations;
}

/** Until `attach` the policy offers no check, and only the database has to answer for readiness. */
export function createOperations(foundation: OperationsFoundation): Operations {
  const { database, clock } = foundation;
  const log = foundation.log ?? createVerifierLog('silent');
  const metrics = createVerifierMetrics(depthsOf(foundation));
  const audit = createOperatorAudit({ database, clock, newId: () => newId(clock) });
  const operators = createOperatorDesk({ database, clock, onLockOut: () => log.event('operator-locked-out') });
  let attached: SessionSide | null = null;
  let handOffs: HandOffOffer = {};
  const policy = createPolicyStore({
    ...{ database, clock, audit },
    checks: () => attached?.offered() ?? [],
    handOffs: () => handOffs,
  });
  const ready = (): Promise<Readiness> => readinessOf({ database, ...readinessPartsOf(attached) });
  let endSubject: EndSubject = () => Promise.resolve();
  const shared = {
    ...{ audit, operators },
    decided: (state: VerdictState): void => metrics.decision(state),
    endSubject: (subjectKey: string, deviceId: string | null) => endSubject(subjectKey, deviceId),
  };
  return {
    metrics,
    log,
    policy,
    decided: shared.decided,
    metered: (verifier) => meteredVerifier(verifier, metrics),
    ready,
    routes: [
      policyRoutes(policy),
      operatorRoutes({ operators, audit, policy, onPolicyChange: () => log.event('policy-changed') }),
      reportRoutes(createReportDesk(database), operators),
      serviceRoutes({ metrics, ready, database, log }),
    ],
    offerHandOffs: (offer) => {
      handOffs = offer;
    },
    endBeforeErasure: (end) => {
      endSubject = end;
    },
    attach: (sessions) => {
      attached = sessions;
      return sessionOperations(sessions, foundation, shared);
    },
  };
}

interface SharedDesks {
  readonly audit: OperatorAudit;
  readonly operators: OperatorDesk;
  readonly decided: (state: VerdictState) => void;
  readonly endSubject: EndSubject;
}

function sessionOperations(
  { readSession, destroySession, verifierOf }: SessionSide,
  { database, clock, serverKey }: OperationsFoundation,
  { audit, operators, decided, endSubject }: SharedDesks,
): SessionOperations {
  const reviews = createReviewDesk({ database, serverKey, clock, audit, onDecision: decided });
  const desk = createErasureDesk({ database, serverKey, clock, newId: () => newId(clock), destroySession });
  const erasure: ErasureDesk = {
    ...desk,
    eraseSubject: async (subjectKey, why, asker, vendors) => {
      await endSubject(subjectKey, asker === 'operator' ? null : asker.deviceId);
      return desk.eraseSubject(subjectKey, why, asker, vendors);
    },
  };
  return {
    routes: [
      reviewRoutes({ reviews, operators, readSession }),
      erasureRoutes({ erasure, operators, audit, verifierOf }),
    ],
    eraseExpired: (sessionId, why = 'retention') => {
      const trace = { traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex') };
      return erasure.eraseArtifacts(sessionId, why, 'operator', { verifierOf, trace });
    },
  };
}

/** A UUID version 7. */
function newId(clock: Clock): string {
  return v7({ msecs: clock.wallMs() });
}

/** A verifier that is to answer checks isn't ready before it can answer one. */
function readinessPartsOf(sessions: SessionSide | null): Omit<ReadinessParts, 'database'> {
  if (sessions === null) return {};
  return { pingObjects: sessions.pingObjects, hasAdapters: () => sessions.offered().length > 0 };
}

function depthsOf({ database, submissions }: OperationsFoundation): Parameters<typeof createVerifierMetrics>[0] {
  return {
    sessions: async () => {
      const rows = await database.queries
        .selectFrom('sessions')
        .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute();
      return rows.map(({ state, count }) => ({ state, count: Number(count) }));
    },
    records: () => submissions.counts(),
  };
}
