import type { ReaderTransport } from '../../shared/domain/reader-transport.ts';
import type { IdentityDocument } from '../../shared/domain/document.ts';
import type { ReaderStatus } from '../../shared/ipc/admin.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, type Result } from '../../shared/result.ts';
import type { DetectedReader, ReaderDiagnosis, ReaderIdentity } from '../../shared/domain/reader-diagnosis.ts';
import type { CardReading } from '../../shared/domain/card-reading.ts';
import type { PhotoDecoding } from '../../shared/domain/photo-decoding.ts';
import type { CardPresence, DeviceContract, PortDescription, ReaderState } from '../card-reader/contract.ts';
import type { CardReader } from '../certification/ports/readers.ts';
import type { Caller } from '../worker-process/rpc.ts';

/** A read waits for a card until it is cancelled; this is only the bound behind it. */
const READ_TIMEOUT_MS = 10 * 60_000;
const CALL_TIMEOUT_MS = 15_000;
/** Five line speeds, each with a reader that may be silent. */
const CONFIGURE_TIMEOUT_MS = 60_000;
/** A reader that isn't set up by then is missing. */
const START_TIMEOUT_MS = 10_000;

export interface ReaderSetup {
  readonly transport: ReaderTransport | null;
  /** Whether the simulated reader and its photos are allowed. */
  readonly simulated: boolean;
  readonly photoDecoding: PhotoDecoding;
  readonly cardReading: CardReading;
}

/** Every candidate may be silent for its whole time limit. */
const DETECT_TIMEOUT_MS = 120_000;
const DIAGNOSE_TIMEOUT_MS = 60_000;
/** Above what a process, its library and a photo may take, each at its limit. */
const DECODER_TIMEOUT_MS = 25_000;

/** The device process as the rest of the application sees it. */
export interface ReaderService extends CardReader {
  configure(setup: ReaderSetup): Promise<void>;
  status(): ReaderStatus;
  listPorts(): Promise<Result<readonly PortDescription[], Failure>>;
  /** Reads whatever lies on the reader within `timeoutMs`, for the administrator's test. */
  test(timeoutMs: number): Promise<Result<IdentityDocument, Failure>>;
  simulate(card: string | null, fault?: string): Promise<Result<null, Failure>>;
  detect(): Promise<Result<readonly DetectedReader[], Failure>>;
  diagnose(transport: ReaderTransport | null, photoDecoding: PhotoDecoding): Promise<Result<ReaderDiagnosis, Failure>>;
  tryPhotoDecoder(
    photoDecoding: PhotoDecoding,
  ): Promise<Result<{ readonly name: string; readonly tookMs: number }, Failure>>;
}

/**
 * A read that comes before the first `configure` has ended waits for it, ten seconds at most. A read at the kiosk ends
 * a test read.
 *
 * @param onChange called when the reader's status may have changed
 */
export function createReaderService(caller: Caller<DeviceContract>, onChange: () => void): ReaderService {
  let transport: ReaderTransport | null = null;
  let testing: Promise<unknown> | null = null;
  let state: ReaderState | null = null;
  let progress: ((phase: 'searching' | 'found' | 'reading') => void) | null = null;

  caller.onEvent((name, payload) => {
    if (name === 'reader-state') {
      state = payload as ReaderState;
      onChange();
    } else if (name === 'card-progress') {
      progress?.(payload as 'searching' | 'found' | 'reading');
    }
  });
  const identity = (): ReaderIdentity | null => (state?.state === 'ready' ? state.identity : null);
  const presence = async (): Promise<CardPresence> => {
    if (identity() === null) return 'unknown';
    const answer = await caller.call('presence', null, CALL_TIMEOUT_MS);
    return answer.ok ? answer.value : 'unknown';
  };

  // Somebody who is quicker than the start waits for the reader instead of being told that there is none.
  let configured: () => void = () => undefined;
  const firstConfigured = new Promise<void>((resolve) => (configured = resolve));
  setTimeout(() => configured(), START_TIMEOUT_MS).unref();
  return {
    configure: async ({ simulated, ...setup }) => {
      transport = setup.transport;
      state = null;
      const opened = await caller.call('configure', { ...setup, simulatedPhotos: simulated }, CONFIGURE_TIMEOUT_MS);
      configured();
      if (!opened.ok) state ??= { state: 'missing', failure: opened.error };
      else if (opened.value) state = { state: 'ready', identity: opened.value };
      onChange();
    },
    status: () => ({
      transport,
      state: transport === null ? 'off' : (state?.state ?? 'missing'),
      samId: identity()?.samId ?? null,
      baud: identity()?.baud ?? null,
      service: identity()?.service ?? null,
      simulated: identity()?.simulated ?? transport?.kind === 'simulated',
      failure: state !== null && state.state !== 'ready' ? state.failure : null,
    }),
    identity: () => identity()?.samId ?? identity()?.service ?? null,
    isOccupied: async () => ['same', 'other'].includes(await presence()),
    presence,
    read: async (signal, onProgress) => {
      progress = onProgress;
      await firstConfigured;
      // Whoever stands at the kiosk comes before a test read that still waits for a card.
      if (testing) {
        await caller.call('cancelRead', null, CALL_TIMEOUT_MS);
        await testing;
      }
      if (signal.aborted) return err(failure('user.cancelled'));
      const cancel = (): void => void caller.call('cancelRead', null, CALL_TIMEOUT_MS);
      signal.addEventListener('abort', cancel, { once: true });
      const read = await caller.call('readCard', { timeoutMs: READ_TIMEOUT_MS }, READ_TIMEOUT_MS + CALL_TIMEOUT_MS);
      signal.removeEventListener('abort', cancel);
      if (progress === onProgress) progress = null;
      return read;
    },
    test: async (timeoutMs) => {
      const reading = caller.call('readCard', { timeoutMs }, timeoutMs + CALL_TIMEOUT_MS);
      testing = reading;
      const read = await reading;
      if (testing === reading) testing = null;
      return read;
    },
    listPorts: () => caller.call('listPorts', null, CALL_TIMEOUT_MS),
    simulate: (card, fault) =>
      caller.call('simulate', fault === undefined ? { card } : { card, fault }, CALL_TIMEOUT_MS),
    detect: () => caller.call('detect', null, DETECT_TIMEOUT_MS),
    diagnose: (asked, photoDecoding) =>
      caller.call('diagnose', { transport: asked, photoDecoding }, DIAGNOSE_TIMEOUT_MS),
    tryPhotoDecoder: (photoDecoding) => caller.call('tryPhotoDecoder', { photoDecoding }, DECODER_TIMEOUT_MS),
  };
}
