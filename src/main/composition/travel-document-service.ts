import type { DocumentDevices } from '../../shared/domain/document-devices.ts';
import type { MachineReadableZone } from '../../shared/domain/machine-readable-zone.ts';
import type { ChipAccessKey, ChipDocument, ChipProgress, ChipReader } from '../../shared/domain/travel-document.ts';
import type { Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { DeviceContract, DeviceEvents } from '../card-reader/contract.ts';
import type { ChipReading } from '../certification/ports/readers.ts';
import type { Caller } from '../worker-process/rpc.ts';

/** Somebody who looks for their passport needs a while; the kiosk's own idle watch ends it earlier. */
const READ_TIMEOUT_MS = 120_000;
const CALL_TIMEOUT_MS = 15_000;

/** The device process as it reads travel documents. */
export interface TravelDocumentService extends ChipReading {
  configure(devices: DocumentDevices): Promise<Result<null, Failure>>;
  listReaders(): Promise<Result<readonly ChipReader[], Failure>>;
  /** How far the read that is under way has come; null when none is. */
  progress(): ChipProgress | null;
  /** What was swiped last, once. */
  takeSwiped(): MachineReadableZone | null;
}

/** @param onSwiped a document was drawn through the zone reader, or could not be made out. */
export function createTravelDocumentService(
  caller: Caller<DeviceContract>,
  onSwiped: (swiped: Result<MachineReadableZone, Failure>) => void,
): TravelDocumentService {
  let progress: ChipProgress | null = null;
  let swiped: MachineReadableZone | null = null;
  let listener: ((progress: ChipProgress) => void) | null = null;

  caller.onEvent((name, payload) => {
    if (name === 'chip-progress') {
      progress = payload as ChipProgress;
      listener?.(progress);
    } else if (name === 'zone-swiped') {
      const event = payload as DeviceEvents['zone-swiped'];
      swiped = event.ok ? event.zone : swiped;
      onSwiped(event.ok ? ok(event.zone) : err(event.failure));
    }
  });

  async function read(
    key: ChipAccessKey,
    signal: AbortSignal,
    onProgress: (progress: ChipProgress) => void,
  ): Promise<Result<ChipDocument, Failure>> {
    const cancel = (): void => void caller.call('cancelChip', null, CALL_TIMEOUT_MS);
    signal.addEventListener('abort', cancel, { once: true });
    listener = onProgress;
    progress = { step: 'waiting', share: null };
    const document = await caller.call(
      'readChip',
      { key, timeoutMs: READ_TIMEOUT_MS },
      READ_TIMEOUT_MS + CALL_TIMEOUT_MS,
    );
    signal.removeEventListener('abort', cancel);
    if (listener === onProgress) {
      listener = null;
      progress = null;
    }
    return document;
  }

  return {
    configure: ({ chipReader, zoneReader, certificates }) =>
      caller.call('configureDocuments', { chipReader, zoneReader, certificates }, CALL_TIMEOUT_MS),
    listReaders: () => caller.call('listChipReaders', null, CALL_TIMEOUT_MS),
    progress: () => progress,
    takeSwiped: () => {
      const taken = swiped;
      swiped = null;
      return taken;
    },
    read,
  };
}
