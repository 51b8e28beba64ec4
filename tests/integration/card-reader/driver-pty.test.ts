import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { CardReader } from '../../../src/main/card-reader/reader.ts';
import { servePty } from '../../../src/main/card-reader/simulator/serve.ts';
import { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { systemTiming } from '../../../src/main/card-reader/timing.ts';
import { serialTransport } from '../../../src/main/card-reader/transports/serial.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
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

  test('a reader left at 19,200 baud is found and raised by the speed of the terminal itself', async () => {
    const simulated = new SimulatedReader(systemTiming);
    simulated.setFault({ kind: 'listens-at', baud: 19_200 });
    simulated.insertCard(CARDS.resident);
    const folder = await mkdtemp(join(tmpdir(), 'driver-pty-test-'));
    const path = join(folder, 'reader');
    const served = await servePty(simulated, path, { timing: systemTiming, baud: 115_200 });
    if (!served.ok) throw new Error(served.error.detail);
    const options = { timing: systemTiming, photoDecoder: noPhotoDecoder, raiseLineSpeed: true };
    const reader = new CardReader(serialTransport(path, 'auto'), options);
    expect((await reader.open()).ok).toBe(true);
    expect(await reader.identify()).toMatchObject({ ok: true, value: { baud: 115_200 } });
    expect(simulated.lineBaud).toBe(115_200);
    expect(await reader.waitForCard(AbortSignal.timeout(5000))).toMatchObject({ ok: true, value: CARDS.resident });
    await reader.close();
    await served.value.stop();
    await rm(folder, { recursive: true, force: true });
  });
});
