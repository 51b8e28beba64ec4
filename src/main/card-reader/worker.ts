/** Entry of the device process: owns the card reader, so that a driver's crash or hang never stops the kiosk. */
import { hostedWorkerStarter } from '../worker-process/hosted-workers.ts';
import { failure } from '../../shared/reasons.ts';
import { err, ok } from '../../shared/result.ts';
import { isUtilityProcess, ownEndpoint } from '../worker-process/own-endpoint.ts';
import { serve } from '../worker-process/rpc.ts';
import type { DeviceContract, DeviceEvents } from './contract.ts';
import { deviceHandlers } from './device-handlers.ts';
import { photoDecodingParts } from './photo-library/photo-decoding-parts.ts';
import { systemTiming } from './timing.ts';

const endpoint = ownEndpoint();
const decoding = photoDecodingParts(isUtilityProcess() ? hostedWorkerStarter(endpoint) : null, systemTiming);

const channel = serve<DeviceContract>(
  endpoint,
  {
    ...deviceHandlers(systemTiming, decoding, (name, payload) => emitEvent(name, payload)),
    configureDocuments: async () => ok(null),
    listChipReaders: async () => ok([]),
    readChip: async () => err(failure('chip.reader-missing')),
    cancelChip: async () => ok(null),
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
