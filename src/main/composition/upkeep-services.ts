import { z } from 'zod';
import type { Clock } from '../../shared/clock.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { ListingPlatform } from '../camera/device-listing.ts';
import type { StartTimer } from '../certification/ports/start-timer.ts';
import type { CertificationService } from '../certification/service-contract.ts';
import { attempt } from '../store/sqlite-failure.ts';
import type { StoreDatabase } from '../store/database.ts';
import { listMachineCameras } from './camera-service.ts';
import type { Installation } from './installation.ts';
import { createMachineClock, type MachineClock } from './machine-clock.ts';
import { watchMaintenance } from './maintenance-watch.ts';
import type { SyncService } from './sync-port.ts';
import type { KioskHost, Upkeep } from './upkeep.ts';

export interface UpkeepServiceParts {
  readonly installation: Pick<Installation, 'settings'>;
  readonly service: CertificationService;
  readonly machineClock: MachineClock;
  readonly dataFolder: string;
  readonly modelsFolder: string;
  readonly cameraListing?: ListingPlatform;
  readonly reconfigureDevices: () => Promise<void>;
}

export interface UpkeepServices {
  readonly upkeep: Upkeep;
  /** The program that holds the windows says what it can do. */
  attachHost(host: KioskHost): void;
}

/** What keeps the terminal up: maintenance by its staff, its clock, its self-tests, its way out. */
export function createUpkeepServices(parts: UpkeepServiceParts): UpkeepServices {
  const { service, installation } = parts;
  let host: KioskHost | null = null;
  const look = watchMaintenance({
    wanted: () => {
      const read = installation.settings.read('maintenance');
      return read.ok ? read.value.on : null;
    },
    view: () => service.view(),
    outOfService: (reason) => service.outOfService(reason),
    backInService: () => service.backInService('kiosk'),
  });
  service.onView(look);
  look();
  return {
    upkeep: {
      dataFolder: parts.dataFolder,
      modelsFolder: parts.modelsFolder,
      machineClock: parts.machineClock,
      reconfigureDevices: parts.reconfigureDevices,
      listCameras: () => listMachineCameras(parts.cameraListing),
      host: () => host,
      lastTest: { value: null },
    },
    attachHost: (attached) => {
      host = attached;
    },
  };
}

/**
 * Jumps are noted in the audit log, whose newest entry tells at the start whether the clock was put back meanwhile.
 * `sync` is asked as late as possible: it may come after the clock.
 */
export function createInstalledClock(parts: {
  readonly installation: Pick<Installation, 'audit' | 'database'>;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  readonly sync: () => Pick<SyncService, 'outbox'>;
  readonly log: (event: string, failure?: Failure) => void;
}): MachineClock {
  return createMachineClock({
    clock: parts.clock,
    startTimer: parts.startTimer,
    audit: parts.installation.audit,
    newestEntryAtMs: () => newestEntryAtMs(parts.installation.database),
    verifierOffsetMs: () => {
      const outbox = parts.sync().outbox();
      return outbox.ok ? outbox.value.clockOffsetMs : null;
    },
    log: parts.log,
  });
}

/** When the audit log was written last: nothing of this terminal is newer. */
function newestEntryAtMs(database: StoreDatabase): Result<number | null, Failure> {
  const read = attempt(() =>
    database
      .prepare<[], number>("SELECT json_extract(entry, '$.atMs') FROM audit ORDER BY seq DESC LIMIT 1")
      .pluck()
      .get(),
  );
  if (!read.ok) return read;
  return ok(
    z
      .int()
      .nullable()
      .catch(null)
      .parse(read.value ?? null),
  );
}
