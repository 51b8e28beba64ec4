import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CARD_KINDS } from '../../../src/shared/domain/document.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import type { BenchCarries, StartBench } from '../../support/card-reader/driver-bench.ts';
import { DriverStation } from '../../support/card-reader/driver-station.ts';
import { cableTests } from './driver-suite-cable.ts';
import { faultTests } from './driver-suite-faults.ts';
import { lineTests } from './driver-suite-line.ts';

export type { BenchCarries, DriverBench, StartBench } from '../../support/card-reader/driver-bench.ts';

export interface DriverSuiteOptions {
  /** How often the cable is pulled and put in again. */
  readonly cycles?: number;
}

const USUAL_CYCLES = 25;

/**
 * The driver's tests, the same for every transport.
 *
 * @param name of the transport, for the titles.
 * @param start makes the transport's bench around a simulated reader; called once.
 * @param carries where noise, split and merged replies can't exist (`frames`), the tests of those say so and are left out.
 */
export function driverSuite(
  name: string,
  start: StartBench,
  carries: BenchCarries,
  { cycles = USUAL_CYCLES }: DriverSuiteOptions = {},
): void {
  describe(`the driver over ${name}`, () => {
    const station = new DriverStation(start);
    beforeAll(() => station.start());
    afterEach(async () => {
      station.clear();
      // What a driver learns of a module is for as long as it is open.
      await station.connect();
    });
    afterAll(() => station.stop());

    test('a reader makes itself known', async () => {
      expect(await station.reader.identify()).toMatchObject({
        ok: true,
        value: { samId: '99.99-00000000-0000000000-0000000000', simulated: true },
      });
      expect(await station.reader.checkStatus()).toEqual({ ok: true, value: undefined });
    });

    test.each(CARD_KINDS)('a %s card', async (kind) => {
      station.simulated.insertCard(CARDS[kind]);
      expect(await station.read()).toMatchObject({ ok: true, value: CARDS[kind] });
      expect(await station.reader.presence()).toEqual({ ok: true, value: 'same' });
      station.simulated.removeCard();
      expect(await station.reader.presence()).toEqual({ ok: true, value: 'gone' });
    });

    test('two cards that are swapped between two reads are two cards', async () => {
      const numbers: string[] = [];
      for (let turn = 0; turn < 6; turn++) {
        station.simulated.insertCard(turn % 2 === 0 ? CARDS.resident : CARDS.hmt);
        const result = await station.read();
        numbers.push(result.ok ? result.value.fields.number : result.error.code);
      }
      const [a, b] = [CARDS.resident.fields.number, CARDS.hmt.fields.number];
      expect(numbers).toEqual([a, b, a, b, a, b]);
    });

    test('a card that took the place of the one that was read is another one', async () => {
      station.simulated.insertCard(CARDS.resident);
      station.fault('swapped-card');
      expect(await station.read()).toMatchObject({ ok: true, value: CARDS.resident });
      expect(await station.reader.presence()).toEqual({ ok: true, value: 'other' });
    });

    faultTests(station);
    lineTests(station, name, carries);
    cableTests(station, cycles);
  });
}
