import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { CardReader } from '../../../src/main/card-reader/reader.ts';
import { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { systemTiming } from '../../../src/main/card-reader/timing.ts';
import type { BenchCarries, DriverBench, StartBench } from '../../support/card-reader/driver-bench.ts';

export type { BenchCarries, DriverBench, StartBench };

/**
 * The driver's tests, the same for every transport.
 *
 * @param name of the transport, for the titles.
 * @param start makes the transport's bench around a simulated reader; called once.
 */
export function driverSuite(name: string, start: StartBench, carries: BenchCarries): void {
  describe(`the driver over ${name} (${carries})`, () => {
    let bench: DriverBench;

    beforeAll(async () => {
      bench = await start(new SimulatedReader(systemTiming));
    });
    afterAll(async () => {
      await bench.stop();
    });

    test('a reader makes itself known', async () => {
      const reader = new CardReader(bench.connect(), { timing: systemTiming, photoDecoder: noPhotoDecoder });
      expect((await reader.open()).ok).toBe(true);
      expect(await reader.identify()).toMatchObject({ ok: true, value: { simulated: true } });
      await reader.close();
    });
  });
}
