import type { ReaderTransport } from '../../shared/domain/reader-transport.ts';
import { readerTransportSchema } from '../../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Handlers } from '../worker-process/rpc.ts';
import type { DeviceContract, DeviceEvents } from './contract.ts';
import { noPhotoDecoder, simulatedPhotoDecoder } from './photo-decoder.ts';
import { ReaderConnection, type ReaderSetup } from './reader-connection.ts';
import { applyChange } from './simulator/control.ts';
import { startSimulatedHost, type SimulatedHost } from './simulator/simulated-host.ts';
import type { Timing } from './timing.ts';
import { listSerialPorts, serialTransport } from './transports/serial.ts';
import { tcpTransport } from './transports/tcp.ts';

export type EmitDeviceEvent = <N extends keyof DeviceEvents>(name: N, payload: DeviceEvents[N]) => void;

/** The calls of the device process. `configure` calls run one after another. */
export function deviceHandlers(timing: Timing, emit: EmitDeviceEvent): Handlers<DeviceContract> {
  const connection = new ReaderConnection(timing, (state) => emit('reader-state', state));
  let simulated: SimulatedHost | null = null;
  let configuring: Promise<unknown> = Promise.resolve();

  const setUp = async (
    transport: ReaderTransport | null,
    simulatedPhotos: boolean,
  ): Promise<Result<ReaderSetup | null, Failure>> => {
    const photoDecoder = simulatedPhotos ? simulatedPhotoDecoder : noPhotoDecoder;
    if (transport?.kind !== 'simulated') return ok(transport && { photoDecoder, connect: connectTo(transport) });
    if (!simulatedPhotos) return err(failure('request.invalid', 'simulation is not allowed here'));
    const started = await startSimulatedHost(timing);
    if (!started.ok) return started;
    simulated = started.value;
    return ok({ photoDecoder, connect: () => started.value.connect() });
  };

  type Configure = DeviceContract['configure'];
  const configure = async ({
    transport,
    simulatedPhotos,
  }: Configure['params']): Promise<Result<Configure['result'], Failure>> => {
    const parsed = readerTransportSchema.nullable().safeParse(transport);
    if (!parsed.success) return err(failure('request.invalid', 'reader transport'));
    await connection.configure(null);
    await simulated?.stop();
    simulated = null;
    const setup = await setUp(parsed.data, simulatedPhotos);
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
    isPresent: () => connection.isPresent(),
    status: async () => ok(connection.state),
    listPorts: () => listSerialPorts(),
    simulate: async (change) => {
      if (!simulated) return err(failure('request.invalid', 'the reader is not simulated'));
      return applyChange(simulated.reader, change);
    },
  };
}

function connectTo(transport: Exclude<ReaderTransport, { kind: 'simulated' }>): ReaderSetup['connect'] {
  if (transport.kind === 'tcp') return () => tcpTransport(transport.host, transport.port);
  return () => serialTransport(transport.path, transport.baud);
}
