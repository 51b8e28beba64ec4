import { serveTcp } from '../../../src/main/card-reader/simulator/serve.ts';
import { systemTiming } from '../../../src/main/card-reader/timing.ts';
import { tcpTransport } from '../../../src/main/card-reader/transports/tcp.ts';
import type { StartBench } from '../../support/card-reader/driver-bench.ts';
import { driverSuite } from './driver-suite.ts';

const startTcp: StartBench = async (reader) => {
  const served = await serveTcp(reader, 0, { timing: systemTiming, baud: 4_000_000 });
  if (!served.ok) throw new Error(served.error.detail);
  const { value } = served;
  return {
    connect: () => tcpTransport('127.0.0.1', Number(value.address)),
    unplug: () => value.unplug(),
    plug: async () => void (await value.plug()),
    stop: () => value.stop(),
  };
};

driverSuite('TCP', startTcp, 'bytes', { cycles: 300 });
