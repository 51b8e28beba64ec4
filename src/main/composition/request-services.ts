import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import type { Clock } from '../../shared/clock.ts';
import { findScheme } from '../../shared/domain/scheme-presets.ts';
import type { CertificationRecord } from '../../shared/domain/certification.ts';
import type { Output } from '../../shared/domain/scheme.ts';
import { SENDING_STATES } from '../../shared/protocol/check-machine.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { ConfirmationDesk } from '../certification/ports/verifier.ts';
import type { DocumentInference } from '../certification/ports/document-inference.ts';
import type { RecordStore } from '../certification/ports/record-store.ts';
import type { RiskDesk } from '../certification/ports/risk-desk.ts';
import type { FindFaces } from '../requests/ports.ts';
import { createRequestBook, type RequestBook } from '../requests/request-book.ts';
import { createCalledRequest } from '../store/called-request.ts';
import { localDayOf } from '../store/local-day.ts';
import { createRequestInputStore, REQUESTS_FOLDER_NAME } from '../store/request-inputs.ts';
import { createRequestRows } from '../store/request-rows.ts';
import { createResultMaterials, RESULTS_FOLDER_NAME, type ResultMaterials } from '../store/result-materials.ts';
import { strongRandomBytes, type Installation } from './installation.ts';
import type { PictureInference } from './picture-inference.ts';
import { createRequestDesk, type CallingDesk } from './request-desk.ts';
import { createRequestResults, type RequestResults } from './request-results.ts';
import type { SyncService } from './sync-port.ts';
import { createUnattendedRunner, type UnattendedRunner } from './unattended-runner.ts';

/** A caller waits this long for the verifier; afterwards the result can be read whenever it is there. */
const DECISION_WAIT_MS = 20_000;

/** Requests and results as far as the store alone serves them. */
export interface KeptRequests {
  readonly book: RequestBook;
  readonly results: RequestResults;
  readonly desk: CallingDesk;
  readonly materials: ResultMaterials;
}

export interface KeptRequestParts {
  readonly installation: Installation;
  readonly dataFolder: string;
  readonly findFaces: FindFaces;
  readonly clock: Clock;
}

/** Needs the installation and its folders alone, so that the command line uses it too. Nothing is swept by itself. */
export function openRequests({ installation, dataFolder, findFaces, clock }: KeptRequestParts): KeptRequests {
  const { database, audit, keys, identity, scenes } = installation;
  const vault = { database, audit, wrappingKey: keys.requests, randomBytes: strongRandomBytes };
  const book = createRequestBook({
    rows: createRequestRows(database, audit),
    inputs: createRequestInputStore({ ...vault, folder: join(dataFolder, REQUESTS_FOLDER_NAME) }),
    resolve: (sceneId) => scenes.resolve(sceneId),
    findFaces,
    subjectKey: (number) => identity.subjectKeyOf(number),
    clock,
    today: () => localDayOf(clock.wallMs()),
    newRequestId: (msecs) => uuid({ msecs }),
    randomBytes: strongRandomBytes,
  });
  const outputsOf = (schemeId: string): readonly Output[] => {
    const composed = scenes.schemes();
    return findScheme(schemeId, composed.ok ? composed.value : [])?.outputs ?? [];
  };
  const materials = createResultMaterials({ ...vault, folder: join(dataFolder, RESULTS_FOLDER_NAME) });
  const results = createRequestResults({
    queries: installation.queries,
    book,
    materials,
    evidence: installation.vault,
    outputsOf,
    nowMs: () => clock.wallMs(),
  });
  const desk = createRequestDesk({
    book,
    calledRequest: createCalledRequest(database),
    resolve: (sceneId) => scenes.resolve(sceneId),
    nowMs: () => clock.wallMs(),
  });
  return { book, results, desk, materials };
}

export interface RequestServiceParts extends Omit<KeptRequestParts, 'findFaces'> {
  readonly pictures: PictureInference;
  readonly documents: Pick<DocumentInference, 'read'>;
  readonly confirmation: ConfirmationDesk;
  readonly store: RecordStore;
  readonly sync: Pick<SyncService, 'online' | 'ask' | 'kick' | 'onDecided'>;
  readonly hasVerifier: () => boolean;
  readonly risk: Pick<RiskDesk, 'atStart' | 'atIdentity'>;
  readonly appVersion: string;
  readonly demo: boolean;
  /** How long a caller waits for the verifier; 20 seconds unless a test says otherwise. */
  readonly decisionWaitMs?: number;
  readonly log: (event: string, failure: Failure) => void;
}

/** Everything about callers' requests. */
export interface RequestServices extends KeptRequests {
  readonly runner: UnattendedRunner;
  /** A certification has its record: what its caller gave is destroyed. */
  recordCommitted(record: CertificationRecord): void;
  /** Ends what is over; at the start also what was under way when the program ended. For the start and every hour. */
  sweep(atStart: boolean): Promise<void>;
}

/**
 * Records of its own runs are sent at once; `sweep` is the caller's to repeat. Failures of what goes on in the
 * background are logged.
 */
export function createRequestServices(parts: RequestServiceParts): RequestServices {
  const { clock, sync, log } = parts;
  const kept = openRequests({ ...parts, findFaces: (picture) => parts.pictures.findFaces(picture) });
  const waiting = new Map<string, () => void>();
  sync.onDecided((certifyId) => waiting.get(certifyId)?.());
  const isDecided = (certifyId: string): boolean => {
    const check = parts.installation.checks.find(certifyId);
    return check.ok && check.value !== null && !SENDING_STATES.some((state) => state === check.value?.state);
  };
  const runner = createUnattendedRunner({
    ...kept,
    ...parts,
    verifier: sync,
    resolve: (sceneId) => parts.installation.scenes.resolve(sceneId),
    awaitDecision: (certifyId) =>
      new Promise((resolve) => {
        const timer = setTimeout(done, parts.decisionWaitMs ?? DECISION_WAIT_MS);
        function done(): void {
          clearTimeout(timer);
          waiting.delete(certifyId);
          resolve();
        }
        waiting.set(certifyId, done);
        sync.ask(certifyId);
        if (isDecided(certifyId)) done();
      }),
    onRecord: () => sync.kick(),
    newCertifyId: (msecs) => uuid({ msecs }),
    today: () => localDayOf(clock.wallMs()),
    simulated: parts.demo,
  });
  return {
    ...kept,
    runner,
    recordCommitted: ({ order }) => {
      if (!order) return;
      void kept.book.ended(order.requestId).then((gone) => {
        if (!gone.ok) log('inputs of a request', gone.error);
      });
    },
    sweep: async (atStart) => {
      const requests = await kept.book.sweep(atStart);
      if (!requests.ok) log('requests', requests.error);
      const results = await kept.results.sweep(atStart);
      if (!results.ok) log('results', results.error);
    },
  };
}
