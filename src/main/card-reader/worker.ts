/** Entry of the device process: owns the card reader, so that a driver's crash or hang never stops the kiosk. */
import { ownEndpoint } from '../worker-process/own-endpoint.ts';
import { serve } from '../worker-process/rpc.ts';
import type { DeviceContract, DeviceEvents } from './contract.ts';
import { deviceHandlers } from './device-handlers.ts';
import { systemTiming } from './timing.ts';

const channel = serve<DeviceContract>(
  ownEndpoint(),
  deviceHandlers(systemTiming, (name, payload) => emitEvent(name, payload)),
  (error) => {
    process.stderr.write(`device process: ${error instanceof Error ? (error.stack ?? error.message) : 'bug'}\n`);
    // The reply has to leave first.
    setTimeout(() => process.exit(1), 50);
  },
);

function emitEvent<N extends keyof DeviceEvents>(name: N, payload: DeviceEvents[N]): void {
  channel.emit(name, payload);
}
