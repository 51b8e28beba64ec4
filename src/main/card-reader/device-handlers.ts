import type { PhotoDecoding } from '../../shared/domain/photo-decoding.ts';
import { photoDecodingSchema } from '../../shared/domain/photo-decoding.ts';
import type { DetectedReader } from '../../shared/domain/reader-diagnosis.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Handlers } from '../worker-process/rpc.ts';
import type { DeviceContract, DeviceEvents } from './contract.ts';
import { candidateOf, type DetectionOptions } from './detection/detect.ts';
import { DeviceSetup } from './device-setup.ts';
import { machineReaders, type MachineReaders } from './machine-readers.ts';
import { libraryPhotoDecoder, type PhotoDecodingParts } from './photo-library/library-photo-decoder.ts';
import { ReaderConnection } from './reader-connection.ts';
import { applyChange } from './simulator/control.ts';
import type { Timing } from './timing.ts';
import { listSerialPorts, portIdentity } from './transports/serial.ts';

/** The calls about other documents than ID cards; the device process adds them. */
export type TravelDocumentCall = 'configureDocuments' | 'listChipReaders' | 'readChip' | 'cancelChip';

export type EmitDeviceEvent = <N extends keyof DeviceEvents>(name: N, payload: DeviceEvents[N]) => void;

/** The calls of the device process about ID card readers. */
export function deviceHandlers(
  timing: Timing,
  decoding: PhotoDecodingParts,
  emit: EmitDeviceEvent,
): Handlers<Omit<DeviceContract, TravelDocumentCall>> {
  const connection = new ReaderConnection(timing, (state) => emit('reader-state', state));
  const readers = machineReaders(timing);
  const setup = new DeviceSetup({ timing, readers, decoding, connection });
  return {
    configure: (params) => setup.configure(params),
    readCard: ({ timeoutMs }) => connection.readCard(timeoutMs, (progress) => emit('card-progress', progress)),
    cancelRead: async () => {
      connection.cancelRead();
      return ok(null);
    },
    presence: () => connection.presence(),
    status: async () => ok(connection.state),
    listPorts: async () => {
      const ports = await listSerialPorts();
      if (!ports.ok) return ports;
      return ok(
        ports.value.map((port) => {
          const device = portIdentity(port);
          return device ? { ...port, device } : port;
        }),
      );
    },
    candidates: async () => ok((await readers.detection.candidates()).candidates),
    detect: async () => ok(await detect(readers, setup, connection, (found) => emit('reader-detected', found))),
    diagnose: async ({ transport, photoDecoding }) => {
      const simulated = setup.simulatedSource();
      const asked = {
        checkDecoder: (library: PhotoDecoding) => checkDecoder(library, decoding),
        ...(simulated ? { simulatedSource: () => simulated } : {}),
      };
      return ok(await setup.whileClosed(() => readers.diagnose(transport, photoDecoding, asked)));
    },
    tryPhotoDecoder: async ({ photoDecoding }) => {
      const parsed = photoDecodingSchema.safeParse(photoDecoding);
      return parsed.success ? checkDecoder(parsed.data, decoding) : err(failure('request.invalid', 'photo decoding'));
    },
    simulate: async (change) => {
      if (!setup.simulated) return err(failure('request.invalid', 'the reader is not simulated'));
      return applyChange(setup.simulated.reader, change);
    },
  };
}

/** The reader in use keeps its port, unless it was found by itself: then nobody here knows which port that is. */
async function detect(
  readers: MachineReaders,
  setup: DeviceSetup,
  connection: ReaderConnection,
  onDetected: (found: DetectedReader) => void,
): Promise<readonly DetectedReader[]> {
  const { transport } = setup;
  // Somebody chose it, so it is asked even where nothing speaks for a reader.
  const picked = transport === null || transport.kind === 'auto' || transport.kind === 'simulated' ? [] : [transport];
  const ask = (inUse: DetectionOptions['inUse']): Promise<readonly DetectedReader[]> =>
    readers.detection.detect({ inUse: inUse ?? null, picked, onDetected });
  if (transport === null || transport.kind === 'simulated') return ask(null);
  const { state } = connection;
  if (transport.kind === 'auto' || state.state !== 'ready') return setup.whileClosed(() => ask(null));
  return ask({ candidate: candidateOf(transport), identity: state.identity });
}

async function checkDecoder(
  { library }: PhotoDecoding,
  parts: PhotoDecodingParts,
): Promise<Result<{ readonly name: string; readonly tookMs: number }, Failure>> {
  if (library === null) return err(failure('decoder.none'));
  const decoder = libraryPhotoDecoder(library, parts);
  const checked = await decoder.selfCheck();
  await decoder.close();
  return checked;
}
