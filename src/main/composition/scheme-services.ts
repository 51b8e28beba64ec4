import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import type { Clock } from '../../shared/clock.ts';
import type { CertificationRecord, HandOffPage } from '../../shared/domain/certification.ts';
import type { CameraSign } from '../../shared/domain/camera-identity.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { ConfirmationDesk } from '../certification/ports/verifier.ts';
import type { DocumentInference } from '../certification/ports/document-inference.ts';
import type { FaceReturnDesk } from '../certification/ports/face-return-desk.ts';
import type { HandOffDesk } from '../certification/ports/hand-off-desk.ts';
import type { RequestDesk } from '../certification/ports/request-desk.ts';
import type { RiskDesk } from '../certification/ports/risk-desk.ts';
import type { SubjectDesk } from '../certification/ports/subject-desk.ts';
import type { VerifierPicture } from '../inference/verifier-picture.ts';
import { REFUSED_BEFOREHAND, STILL_OPEN } from '../risk/attempt-counting.ts';
import { createFaceReturnPictures, FACE_RETURNS_FOLDER_NAME } from '../store/face-return-pictures.ts';
import { createFaceReturnRows } from '../store/face-return-rows.ts';
import { createRecordErasure, type RecordErasure } from '../store/record-erasure.ts';
import { createRiskQueries } from '../store/risk-queries.ts';
import type { SubjectErasureRows } from '../store/subject-erasure-rows.ts';
import type { DirectVerifier } from './direct-verifier.ts';
import type { PreparedInference } from './face-inference.ts';
import { createFaceReturnService, type FaceReturnService } from './face-return-desk.ts';
import { createHandOffDesk } from './hand-off-desk.ts';
import { strongRandomBytes, type Installation } from './installation.ts';
import { createInstalledSubjects } from './installed-subjects.ts';
import type { PictureInference } from './picture-inference.ts';
import { sweepRecords } from './record-sweep.ts';
import { createRequestServices, type RequestServices } from './request-services.ts';
import { createRiskDesk, type RiskService } from './risk-desk.ts';
import type { KeptSubjectDesk } from './subject-desk.ts';
import type { SyncService } from './sync-port.ts';

export interface SchemeServiceParts {
  /** Whether this machine's clock can be believed enough to erase by it. */
  readonly mayErase: () => boolean;
  readonly installation: Installation;
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly sync: SyncService;
  readonly direct: DirectVerifier;
  readonly inference: Pick<PreparedInference, 'faceTemplate' | 'compareFaces'>;
  readonly pictures: PictureInference;
  readonly documents: Pick<DocumentInference, 'read'>;
  readonly confirmation: ConfirmationDesk;
  /** What speaks against the camera of the certification in hand. */
  readonly cameraSigns: (certifyId: string) => readonly CameraSign[];
  /** The best picture of a capture, cut as verifiers take it. */
  readonly bestPicture: (certifyId: string) => Promise<Result<VerifierPicture, Failure>>;
  readonly language: () => 'zh-CN' | 'en';
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
  readonly appVersion: string;
  readonly demo: boolean;
  readonly log: (event: string, failure?: Failure) => void;
}

/** What schemes need beside devices, models and the verifier: the desks of the flow, and what stands behind them. */
export interface SchemeServices {
  readonly desks: {
    readonly risk: RiskDesk;
    readonly requests: RequestDesk;
    readonly handOffs: HandOffDesk;
    readonly subjects: SubjectDesk;
    readonly faceReturns: FaceReturnDesk;
  };
  readonly risk: RiskService;
  readonly requests: RequestServices;
  readonly subjects: KeptSubjectDesk;
  readonly erasures: SubjectErasureRows;
  readonly faceReturn: FaceReturnService;
  /** Pages that can be opened for a person's phone as things are. */
  handOffPages(): readonly HandOffPage[];
  recordCommitted(record: CertificationRecord): void;
  /** Finishes what the last run left unfinished. Before anything is captured. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Ends of requests, of results and of what an erasure left are looked for so often. */
const SWEEP_EVERY_MS = 3_600_000;

/**
 * Begins nothing before `start`, which then sweeps every hour. While `mayErase` says no, only erasures that were asked
 * for go on.
 */
export function createSchemeServices(parts: SchemeServiceParts): SchemeServices {
  const { installation, dataFolder, clock, sync, direct, log } = parts;
  const { database, settings } = installation;
  const risk = createRiskDesk({
    settings,
    queries: createRiskQueries(database, { excluded: REFUSED_BEFOREHAND, open: STILL_OPEN }),
    clock,
    cameraSigns: parts.cameraSigns,
    faces: parts.inference,
  });
  const faceReturn = openFaceReturn(parts);
  const requests = createRequestServices({
    ...parts,
    store: {
      commit: (record, also) => installation.records.commit(record, also),
      subjectKey: (number) => installation.identity.subjectKeyOf(number),
    },
    hasVerifier: () => sync.answers(),
    risk,
  });
  const { desk: subjects, erasures } = createInstalledSubjects({
    installation,
    dataFolder,
    clock,
    forgetFace: (subjectKey) => risk.forget(subjectKey),
    onErased: () => sync.subjectErased(),
    destroy: {
      'face-return': (certifyId) => faceReturn.erase(certifyId),
      results: (certifyId, why) => requests.materials.destroy(certifyId, why),
    },
  });
  const handOffs = createHandOffDesk({
    client: () => (direct.isChosen() ? null : sync.client()),
    directPage: () => direct.page(),
    online: () => sync.online(),
    subjectKey: (number) => installation.identity.subjectKeyOf(number),
    clock,
    randomBytes,
    newId: () => uuid({ msecs: clock.wallMs() }),
    language: parts.language,
  });
  const recordErasure = createRecordErasure(database, installation.audit);
  let cancelSweep: () => void = () => undefined;

  async function sweep(atStart: boolean): Promise<void> {
    if (parts.mayErase()) await requests.sweep(atStart);
    const resumed = await subjects.resume();
    if (!resumed.ok) log('erasures', resumed.error);
    // Not at the start: the machine's clock may not be set yet, and nothing brings a record back.
    if (!atStart && parts.mayErase()) await eraseOldRecords(recordErasure, clock, log);
    cancelSweep = parts.startTimer(() => void sweep(false), SWEEP_EVERY_MS);
  }

  return {
    desks: { risk, requests: requests.desk, handOffs, subjects, faceReturns: faceReturn.desk },
    risk,
    requests,
    subjects,
    erasures,
    faceReturn,
    handOffPages: () => handOffPages(sync, direct),
    recordCommitted: (record) => {
      requests.recordCommitted(record);
      faceReturn.kick();
    },
    start: async () => {
      await sweep(true);
      void handOffs.refresh();
      const started = await faceReturn.start();
      if (!started.ok) log('face return', started.error);
    },
    stop: async () => {
      cancelSweep();
      risk.stop();
      await faceReturn.stop();
    },
  };
}

async function eraseOldRecords(erasure: RecordErasure, clock: Clock, log: SchemeServiceParts['log']): Promise<void> {
  const swept = await sweepRecords(erasure, clock.wallMs());
  if (!swept.ok) log('record retention', swept.error);
  else if (swept.value.damaged > 0) {
    log('record retention', failure('store.corrupt', `${swept.value.damaged} records are not what was committed`));
  }
}

function openFaceReturn(parts: SchemeServiceParts): FaceReturnService {
  const { installation, dataFolder, clock, bestPicture, startTimer, log } = parts;
  const { database, audit, keys, settings, secrets } = installation;
  return createFaceReturnService({
    settings,
    secrets,
    rows: createFaceReturnRows(database, audit),
    pictures: createFaceReturnPictures({
      database,
      audit,
      wrappingKey: keys.faceReturn,
      randomBytes: strongRandomBytes,
      folder: join(dataFolder, FACE_RETURNS_FOLDER_NAME),
    }),
    bestPicture,
    clock,
    randomBytes: strongRandomBytes,
    random: Math.random,
    startTimer,
    log,
  });
}

function handOffPages(sync: SyncService, direct: DirectVerifier): readonly HandOffPage[] {
  if (!direct.isChosen()) return sync.policy()?.handOffs ?? [];
  const page = direct.page();
  return page.ok && page.value !== null && 'offered' in page.value ? [page.value.page] : [];
}
