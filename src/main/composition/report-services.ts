import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../shared/clock.ts';
import type { CameraReport } from '../../shared/ipc/kiosk-capture.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { CertificationService } from '../certification/service-contract.ts';
import type { StartTimer } from '../certification/ports/start-timer.ts';
import { localDayOf } from '../store/local-day.ts';
import { createReportFold } from '../store/report-fold.ts';
import { machineOffset } from '../store/report-place.ts';
import { createReportRefill } from '../store/report-refill.ts';
import { createUptimeRows } from '../store/uptime-rows.ts';
import type { PreparedInference } from './face-inference.ts';
import type { Installation } from './installation.ts';
import { partStates } from './part-states.ts';
import type { ReaderService } from './reader-service.ts';
import type { SyncService } from './sync-port.ts';
import { createUptimeWatch } from './uptime-watch.ts';

/** Between two pages of records of before, so that others come first. */
const REFILL_PAUSE_MS = 25;
/** Days that are over are added up soon after midnight. */
const FOLD_EVERY_MS = 3_600_000;

export interface ReportServiceParts {
  readonly installation: Pick<Installation, 'database'>;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  readonly reader: Pick<ReaderService, 'status'>;
  readonly inference: Pick<PreparedInference, 'state'>;
  readonly sync: Pick<SyncService, 'status'>;
  readonly log: (event: string, failure?: Failure) => void;
}

/** What reports need while the program runs: uptime is written down, and records of before are told apart. */
export interface ReportServices {
  start(): void;
  stop(): void;
  /** The same service, with an ear on what the page says of its camera. */
  hearing(service: CertificationService): CertificationService;
}

/**
 * Nothing is written before `start`. Failures are logged; where reading records of before fails it goes on at the next
 * start.
 */
export function createReportServices(parts: ReportServiceParts): ReportServices {
  const { installation, clock, log } = parts;
  let camera: CameraReport | null = null;
  let stopped = false;
  let cancelFold: (() => void) | null = null;
  const foldHours = createReportFold(installation.database);
  const watch = createUptimeWatch({
    rows: createUptimeRows(installation.database),
    clock,
    states: () =>
      partStates({
        reader: () => parts.reader.status(),
        camera: () => camera,
        inference: () => parts.inference.state(),
        verifier: () => parts.sync.status(),
        nowMs: () => clock.wallMs(),
      }),
    startTimer: parts.startTimer,
    log,
  });

  async function refill(): Promise<void> {
    const next = createReportRefill(installation.database, machineOffset);
    while (!stopped) {
      const progress = next();
      if (!progress.ok) return log('report refill', progress.error);
      if (progress.value === null) return;
      await pause(REFILL_PAUSE_MS, undefined, { ref: false });
    }
  }

  function fold(): void {
    const folded = foldHours(localDayOf(clock.wallMs()));
    if (!folded.ok) log('report fold', folded.error);
    cancelFold = parts.startTimer(fold, FOLD_EVERY_MS);
  }

  return {
    start: () => {
      watch.start();
      fold();
      void refill();
    },
    stop: () => {
      stopped = true;
      cancelFold?.();
      watch.stop();
    },
    hearing: (service) => ({
      ...service,
      reportCamera: (report) => {
        camera = report;
        service.reportCamera(report);
      },
    }),
  };
}
