import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { servePty } from '../../../src/main/card-reader/simulator/serve.ts';
import { systemTiming } from '../../../src/main/card-reader/timing.ts';
import { serialTransport } from '../../../src/main/card-reader/transports/serial.ts';
import type { StartBench } from '../../support/card-reader/driver-bench.ts';
import { hasSocat } from '../../support/card-reader/socat.ts';
import { driverSuite } from './driver-suite.ts';

const startPty: StartBench = async (reader) => {
  const folder = await mkdtemp(join(tmpdir(), 'driver-pty-test-'));
  const path = join(folder, 'reader');
  const served = await servePty(reader, path, { timing: systemTiming, baud: 4_000_000 });
  if (!served.ok) throw new Error(served.error.detail);
  const { value } = served;
  return {
    connect: () => serialTransport(path, 115_200),
    unplug: () => value.unplug(),
    plug: async () => void (await value.plug()),
    stop: async () => {
      await value.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

describe.skipIf(!hasSocat())('a pseudo-terminal', () => {
  driverSuite('a serial port', startPty, 'bytes', { cycles: 150 });
});
