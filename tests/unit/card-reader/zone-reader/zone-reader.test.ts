import { describe, expect, test } from 'vitest';
import type { DeviceEvents } from '../../../../src/main/card-reader/contract.ts';
import type { Transport } from '../../../../src/main/card-reader/transports/transport.ts';
import { createZoneReaderPort } from '../../../../src/main/card-reader/zone-reader/zone-reader-port.ts';
import { failure } from '../../../../src/shared/reasons.ts';
import { err, ok } from '../../../../src/shared/result.ts';
import { VirtualTiming } from '../../../support/card-reader/virtual-timing.ts';
import { CARD_LINES, FRAMINGS, PASSPORT_LINES } from '../../../support/mrz/swipes.ts';

/** A port that can be there or not, and says how often it was opened. */
class Port {
  plugged = true;
  openings = 0;
  readonly #listeners = new Set<(bytes: Uint8Array) => void>();
  readonly #hangUps = new Set<() => void>();

  get users(): number {
    return this.#listeners.size;
  }

  readonly connect = (): Transport => {
    let listener = (_: Uint8Array): void => undefined;
    let hangUp = (): void => undefined;
    return {
      label: 'a port',
      open: async () => {
        if (!this.plugged) return err(failure('reader.missing'));
        this.openings++;
        this.#listeners.add(listener);
        this.#hangUps.add(hangUp);
        return ok(undefined);
      },
      write: async () => ok(undefined),
      onBytes: (take) => (listener = take),
      onClosed: (run) => (hangUp = run),
      close: async () => {
        this.#listeners.delete(listener);
        this.#hangUps.delete(hangUp);
      },
    };
  };

  send(bytes: Uint8Array): void {
    for (const listener of this.#listeners) listener(bytes);
  }

  unplug(): void {
    this.plugged = false;
    for (const hangUp of [...this.#hangUps]) hangUp();
  }
}

function bench() {
  const timing = new VirtualTiming();
  const port = new Port();
  const swipes: string[] = [];
  const emit = <N extends keyof DeviceEvents>(name: N, payload: DeviceEvents[N]): void => {
    expect(name).toBe('zone-swiped');
    const swipe = payload as DeviceEvents['zone-swiped'];
    swipes.push(swipe.ok ? swipe.zone.documentNumber : swipe.failure.code);
  };
  const reader = createZoneReaderPort(timing, emit, port.connect);
  return { timing, port, swipes, reader };
}

const SERIAL = { kind: 'serial', path: '/dev/zone', baud: 9600 } as const;

describe('a swipe reader at a port', () => {
  test('every swipe is told; one without an end sign after 150 ms of silence', async () => {
    const { timing, port, swipes, reader } = bench();
    await reader.configure(SERIAL);
    port.send(FRAMINGS.desko(PASSPORT_LINES));
    expect(swipes).toEqual(['L898902C3']);
    port.send(FRAMINGS['one long line'](CARD_LINES).subarray(0, 40));
    await timing.pass(149);
    port.send(FRAMINGS['one long line'](CARD_LINES).subarray(40));
    await timing.pass(149);
    expect(swipes).toEqual(['L898902C3']);
    await timing.pass(1);
    expect(swipes).toEqual(['L898902C3', 'D23145890']);
    expect(timing.pendingTimers).toBe(0);
    await reader.close();
  });

  test('a wrong check digit is a failure, and what comes next is read', async () => {
    const { port, swipes, reader } = bench();
    await reader.configure(SERIAL);
    port.send(FRAMINGS.desko([PASSPORT_LINES[0], PASSPORT_LINES[1].replace('740812', '740813')]));
    port.send(FRAMINGS.desko(PASSPORT_LINES));
    expect(swipes).toEqual(['mrz.check-digit', 'L898902C3']);
    await reader.close();
  });

  test('away at first, unplugged and plugged in again: it is opened again each time', async () => {
    const { timing, port, swipes, reader } = bench();
    port.plugged = false;
    await reader.configure(SERIAL);
    await timing.pass(5000);
    expect(port.openings).toBe(0);
    port.plugged = true;
    await timing.pass(2500);
    expect(port.openings).toBe(1);
    port.send(FRAMINGS.desko(PASSPORT_LINES).subarray(0, 60));
    port.unplug();
    await timing.pass(3000);
    port.plugged = true;
    await timing.pass(3000);
    port.send(FRAMINGS.desko(CARD_LINES));
    expect([port.openings, port.users, swipes]).toEqual([2, 1, ['D23145890']]);
    await reader.close();
    expect([port.users, timing.pendingTimers]).toEqual([0, 0]);
  });

  test('another setting closes the one before; a keyboard or none leaves no port open', async () => {
    const { port, reader } = bench();
    await Promise.all([reader.configure(SERIAL), reader.configure({ ...SERIAL, baud: 115200 })]);
    expect([port.openings, port.users]).toEqual([2, 1]);
    await reader.configure({ kind: 'keyboard' });
    expect(port.users).toBe(0);
    await reader.configure(SERIAL);
    await reader.configure(null);
    expect(port.users).toBe(0);
  });
});
