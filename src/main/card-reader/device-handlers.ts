import { DEFAULT_CARD_READING, type CardReading } from '../../shared/domain/card-reading.ts';
import type { ReaderTransport } from '../../shared/domain/reader-transport.ts';
import { readerTransportSchema } from '../../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Handlers } from '../worker-process/rpc.ts';
import { cardSourceFor } from './card-sources.ts';
import type { DeviceContract, DeviceEvents } from './contract.ts';
import { noPhotoDecoder, simulatedPhotoDecoder } from './photo-decoder.ts';
import { CardReader } from './reader.ts';
import { ReaderConnection, type ReaderSetup } from './reader-connection.ts';
import { applyChange } from './simulator/control.ts';
import { startSimulatedHost, type SimulatedHost } from './simulator/simulated-host.ts';
import type { Timing } from './timing.ts';
import { listSerialPorts } from './transports/serial.ts';

export type EmitDeviceEvent = <N extends keyof DeviceEvents>(name: N, payload: DeviceEvents[N]) => void;

/** The calls of the device process. `configure` calls run one after another. */
export function deviceHandlers(timing: Timing, emit: EmitDeviceEvent): Handlers<DeviceContract> {
  const connection = new ReaderConnection(timing, (state) => emit('reader-state', state));
  let simulated: SimulatedHost | null = null;
  let configuring: Promise<unknown> = Promise.resolve();

  const setUp = async (
    transport: ReaderTransport | null,
    simulatedPhotos: boolean,
    cardReading: CardReading,
  ): Promise<Result<ReaderSetup | null, Failure>> => {
    if (transport === null) return ok(null);
    const options = { timing, photoDecoder: simulatedPhotos ? simulatedPhotoDecoder : noPhotoDecoder, cardReading };
    if (transport.kind !== 'simulated') {
      const first = cardSourceFor(transport, options);
      return first.ok ? ok({ create: () => unwrapped(cardSourceFor(transport, options)) }) : first;
    }
    if (!simulatedPhotos) return err(failure('request.invalid', 'simulation is not allowed here'));
    const started = await startSimulatedHost(timing);
    if (!started.ok) return started;
    simulated = started.value;
    return ok({ create: () => new CardReader(started.value.connect(), options) });
  };

  type Configure = DeviceContract['configure'];
  const configure = async ({
    transport,
    simulatedPhotos,
    cardReading = DEFAULT_CARD_READING,
  }: Configure['params']): Promise<Result<Configure['result'], Failure>> => {
    const parsed = readerTransportSchema.nullable().safeParse(transport);
    if (!parsed.success) return err(failure('request.invalid', 'reader transport'));
    await connection.configure(null);
    await simulated?.stop();
    simulated = null;
    const setup = await setUp(parsed.data, simulatedPhotos, cardReading);
    return setup.ok ? connection.configure(setup.value) : setup;
  };

  return {
    configure: (params) => {
      const result = configuring.then(() => configure(params));
      configuring = result.catch(() => undefined);
      return result;
    },
    readCard: ({ timeoutMs }) => connection.readCard(timeoutMs, (progress) => emit('card-progress', progress)),
    cancelRead: async () => {
      connection.cancelRead();
      return ok(null);
    },
    presence: () => connection.presence(),
    status: async () => ok(connection.state),
    listPorts: () => listSerialPorts(),
    candidates: async () => ok([]),
    detect: async () => ok([]),
    diagnose: async ({ transport }) => ok({ transport, findings: [] }),
    tryPhotoDecoder: async () => err(failure('decoder.none')),
    simulate: async (change) => {
      if (!simulated) return err(failure('request.invalid', 'the reader is not simulated'));
      return applyChange(simulated.reader, change);
    },
  };
}

function unwrapped<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new Error('a source that could be made can be made again');
  return result.value;
}
