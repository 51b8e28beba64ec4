/** Entry of the device process: owns the readers of cards and documents, so that a driver's crash or hang never stops the kiosk. */
import { hostedWorkerStarter } from '../worker-process/hosted-workers.ts';
import { createChipHandlers } from '../chip-document/chip-handlers.ts';
import { isUtilityProcess, ownEndpoint } from '../worker-process/own-endpoint.ts';
import { serve } from '../worker-process/rpc.ts';
import type { DeviceContract, DeviceEvents } from './contract.ts';
import { deviceHandlers } from './device-handlers.ts';
import { photoDecodingParts } from './photo-library/photo-decoding-parts.ts';
import { createZoneReaderPort } from './zone-reader/zone-reader-port.ts';
import { systemTiming } from './timing.ts';

const endpoint = ownEndpoint();
const decoding = photoDecodingParts(isUtilityProcess() ? hostedWorkerStarter(endpoint) : null, systemTiming);

const chips = createChipHandlers({ emit: (name, progress) => emitEvent(name, progress) });
const zones = createZoneReaderPort(systemTiming, (name, payload) => emitEvent(name, payload));

const channel = serve<DeviceContract>(
  endpoint,
  {
    ...deviceHandlers(systemTiming, decoding, (name, payload) => emitEvent(name, payload)),
    configureDocuments: async ({ chipReader, certificates, zoneReader }) => {
      await zones.configure(zoneReader);
      return chips.configure({ chipReader, certificates });
    },
    listChipReaders: () => chips.listChipReaders(),
    readChip: (request) => chips.readChip(request),
    cancelChip: () => chips.cancelChip(),
  },
  (error) => {
    process.stderr.write(`device process: ${error instanceof Error ? (error.stack ?? error.message) : 'bug'}\n`);
    // The reply has to leave first.
    setTimeout(() => process.exit(1), 50);
  },
);

function emitEvent<N extends keyof DeviceEvents>(name: N, payload: DeviceEvents[N]): void {
  channel.emit(name, payload);
}
