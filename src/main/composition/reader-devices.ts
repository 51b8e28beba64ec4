import type { Clock } from '../../shared/clock.ts';
import type { MachineReadableZone } from '../../shared/domain/machine-readable-zone.ts';
import type { Failure, FailureCode } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { DeviceContract } from '../card-reader/contract.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { StartWorker } from '../worker-process/endpoint.ts';
import { superviseWorker } from '../worker-process/supervisor.ts';
import { createReaderService, type ReaderService } from './reader-service.ts';
import { readerSetup } from './reader-setup.ts';
import { createTravelDocumentService, type TravelDocumentService } from './travel-document-service.ts';

export interface ReaderDeviceParts {
  readonly startWorker: StartWorker;
  readonly clock: Clock;
  readonly settings: SettingsStore;
  /** In a demonstration the simulated reader is allowed, and in use where none is set up. */
  readonly demo: boolean;
  /** The card reader's state has changed. */
  readonly onChange: () => void;
  /** A document was drawn through the zone reader, or could not be made out. */
  readonly onSwiped: (swiped: Result<MachineReadableZone, Failure>) => void;
  readonly outOfService: (reason: FailureCode) => void;
  readonly log: (event: string, failure?: Failure) => void;
}

/** The device process: the card reader, and the readers of travel documents. */
export interface ReaderDevices {
  readonly reader: ReaderService;
  readonly travelDocuments: TravelDocumentService;
  /** Sets the readers up as the settings say; a setting that can't be read leaves them as they are. */
  configure(): Promise<void>;
  stop(): void;
}

/** Starts the device process; its readers are set up by `configure`, and again after every crash. */
export function createReaderDevices(parts: ReaderDeviceParts): ReaderDevices {
  const { settings, log } = parts;
  const device = superviseWorker<DeviceContract>(
    'device',
    parts.startWorker,
    { crashed: 'reader.crashed', late: 'reader.no-answer' },
    parts.clock,
    { onRestart: () => void configure(), onExhausted: () => parts.outOfService('reader.crashed') },
  );
  const reader = createReaderService(device.caller, () => {
    log(`reader ${reader.status().state}`);
    parts.onChange();
  });
  const travelDocuments = createTravelDocumentService(device.caller, parts.onSwiped);

  async function configure(): Promise<void> {
    const setting = settings.read('reader');
    if (!setting.ok) return log('reader setting', setting.error);
    const setup = readerSetup(settings, setting.value ?? (parts.demo ? { kind: 'simulated' } : null), parts.demo);
    if (!setup.ok) return log('reader setting', setup.error);
    await reader.configure(setup.value);
    await configureDocuments();
  }

  async function configureDocuments(): Promise<void> {
    const setting = settings.read('documents');
    if (!setting.ok) return log('documents setting', setting.error);
    const configured = await travelDocuments.configure(setting.value);
    if (!configured.ok) log('documents setting', configured.error);
  }

  return { reader, travelDocuments, configure, stop: () => device.stop() };
}
