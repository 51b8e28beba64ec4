import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ReaderState } from '../../../src/main/card-reader/contract.ts';
import { CardReader } from '../../../src/main/card-reader/reader.ts';
import { ReaderConnection } from '../../../src/main/card-reader/reader-connection.ts';
import { systemTiming } from '../../../src/main/card-reader/timing.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { STATION_OPTIONS, type DriverStation } from '../../support/card-reader/driver-station.ts';

const WITHIN = { timeout: 10_000, interval: 2 };
/** Until so many cycles are over, pools and caches may still grow. */
const SETTLED_AFTER = 5;
/** Descriptors and handles that come and go with the bench itself. */
const SLACK = 6;

/** What happens when the cable is pulled and put in again. */
export function cableTests(station: DriverStation, cycles: number): void {
  test.each([1, 7, 700, 1294])('unplugged in the middle of a frame (%i bytes), and plugged in again', async (bytes) => {
    station.simulated.insertCard(CARDS.resident);
    station.fault(`pull-mid-frame@${bytes}`);
    let isReading = false;
    const reading = station.read(() => (isReading = true));
    await expect.poll(() => isReading && station.line.commands.at(-1) === '3001', WITHIN).toBe(true);
    // Some transports hand nothing over before a frame is whole.
    const untilMs = performance.now() + 60;
    while (station.line.heardBytes < bytes && performance.now() < untilMs) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await station.bench.unplug();
    expect(await reading).toMatchObject({ ok: false, error: { code: 'reader.missing' } });
    await expect.poll(() => station.lost, WITHIN).toBe(1);
    const meanwhile = station.bench.connect();
    expect((await meanwhile.open()).ok).toBe(false);
    await meanwhile.close();
    await station.bench.plug();
    await station.connect();
    station.clear();
    station.simulated.insertCard(CARDS.hmt);
    expect(await station.read()).toMatchObject({ ok: true, value: CARDS.hmt });
  });

  test(
    `${cycles} times unplugged and plugged in again, it is opened each time, and nothing is left behind`,
    {
      timeout: 180_000,
    },
    async () => {
      await station.reader.close();
      const warnings: string[] = [];
      const warned = (warning: Error): void => void warnings.push(warning.name);
      process.on('warning', warned);
      const states: ReaderState['state'][] = [];
      const waits = { heartbeatMs: 100, reopenMs: [5] };
      const connection = new ReaderConnection(systemTiming, ({ state }) => states.push(state), waits);
      const created = { count: 0 };
      await connection.configure({
        create: () => {
          created.count++;
          return new CardReader(station.bench.connect(), STATION_OPTIONS);
        },
      });
      const becomes = (state: ReaderState['state']): Promise<void> =>
        expect.poll(() => connection.state.state, WITHIN).toBe(state);
      let settled = held();
      for (let cycle = 0; cycle < cycles; cycle++) {
        await becomes('ready');
        if (cycle === SETTLED_AFTER) settled = held();
        await station.bench.unplug();
        await becomes('missing');
        await station.bench.plug();
      }
      await becomes('ready');
      station.simulated.insertCard(CARDS.resident);
      expect(await connection.readCard(5000, () => undefined)).toMatchObject({ ok: true, value: CARDS.resident });
      const { descriptors, resources } = held();
      expect(descriptors).toBeLessThanOrEqual(settled.descriptors + SLACK);
      expect(resources).toBeLessThanOrEqual(settled.resources + SLACK);
      expect(states.filter((state) => state === 'ready')).toHaveLength(cycles + 1);
      expect(created.count).toBeGreaterThan(cycles);
      await connection.configure(null);
      process.off('warning', warned);
      expect(warnings).toEqual([]);
      await station.connect();
    },
  );
}

/** What the process holds open: file descriptors where the system shows them, timers, sockets, children. */
function held(): { readonly descriptors: number; readonly resources: number } {
  const descriptors = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
  return { descriptors, resources: process.getActiveResourcesInfo().length };
}
