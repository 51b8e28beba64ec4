import type { CertificationService } from '../certification/service-contract.ts';
import { checkIntegrity } from '../store/database.ts';
import type { ApplicationParts } from './application-contract.ts';
import type { CaptureKeeping } from './capture-keeping.ts';
import type { MachineClock } from './machine-clock.ts';
import { takeProvisioning } from './provisioning.ts';
import type { ReaderDevices } from './reader-devices.ts';
import type { Recognition } from './recognition.ts';
import type { ReportServices } from './report-services.ts';
import type { SchemeServices } from './scheme-services.ts';
import type { SyncService } from './sync-port.ts';

/** Everything of an application that is started and stopped. */
export interface ApplicationLifetime extends ApplicationParts {
  readonly service: CertificationService;
  readonly machineClock: MachineClock;
  readonly keeping: CaptureKeeping;
  readonly schemes: SchemeServices;
  readonly recognition: Recognition;
  readonly devices: ReaderDevices;
  readonly sync: SyncService;
  readonly reports: ReportServices;
}

/** Clears up after the run before, loads the models, takes over provisioning, opens the reader and starts to sync. */
export async function startApplication(parts: ApplicationLifetime): Promise<void> {
  const { installation, service, keeping, sync, log } = parts;
  const intact = checkIntegrity(installation.database);
  if (!intact.ok) {
    log('database', intact.error);
    service.outOfService(intact.error.code);
  }
  parts.machineClock.start();
  await keeping.sweepLeftovers();
  await parts.schemes.start();
  const orphans = await installation.materials.sweepOrphans();
  if (!orphans.ok) log('materials', orphans.error);
  const loading = Promise.all([parts.recognition.load(), keeping.findClipProgram()]);
  await provision(parts);
  await parts.devices.configure();
  sync.start();
  parts.reports.start();
  await loading;
}

async function provision(parts: ApplicationLifetime): Promise<void> {
  const provisioned = await takeProvisioning(
    parts.dataFolder,
    parts.installation,
    // Whoever provisions a terminal vouches for the address; nobody is there to compare.
    (address, code) => parts.sync.enrol(address, code, null),
    parts,
  );
  if (!provisioned.ok) parts.log('provisioning', provisioned.error);
  else if (provisioned.value) parts.service.refresh();
}

/** Settles when nothing is under way any more and the database is closed. */
export async function stopApplication(parts: ApplicationLifetime): Promise<void> {
  parts.service.close();
  parts.machineClock.stop();
  parts.reports.stop();
  parts.keeping.stop();
  parts.devices.stop();
  parts.recognition.stop();
  await parts.schemes.stop();
  await parts.sync.stop();
  parts.installation.close();
}
