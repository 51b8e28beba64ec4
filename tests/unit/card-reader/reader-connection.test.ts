import { CardReader } from '../../../src/main/card-reader/reader.ts';
import { describe, expect, test } from 'vitest';
import type { ReaderState } from '../../../src/main/card-reader/contract.ts';
import { noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { HEARTBEAT_MS, REOPEN_WAITS_MS, ReaderConnection } from '../../../src/main/card-reader/reader-connection.ts';
import { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { Loopback } from '../../support/card-reader/loopback.ts';
import { VirtualTiming } from '../../support/card-reader/virtual-timing.ts';

function bench() {
  const timing = new VirtualTiming();
  const simulated = new SimulatedReader(timing);
  const states: ReaderState[] = [];
  const lines: Loopback[] = [];
  const port = { there: true };
  const connection = new ReaderConnection(timing, (state) => states.push(state));
  const setup = {
    create: () => {
      const line = new Loopback(timing, simulated);
      line.canOpen = port.there;
      lines.push(line);
      return new CardReader(line, { timing, photoDecoder: noPhotoDecoder });
    },
  };
  return { timing, simulated, states, lines, port, connection, setup };
}

const names = (states: readonly ReaderState[]): string[] => states.map(({ state }) => state);

describe('keeping a reader open', () => {
  test('a reader that is there is ready at once', async () => {
    const { timing, connection, setup, states } = bench();
    expect(await timing.run(connection.configure(setup))).toMatchObject({ ok: true, value: { simulated: true } });
    expect(names(states)).toEqual(['ready']);
  });

  test('one that is missing is tried again with growing waits, and opened when it comes', async () => {
    const { timing, connection, setup, states, lines, port } = bench();
    port.there = false;
    expect(await timing.run(connection.configure(setup))).toMatchObject({ error: { code: 'reader.missing' } });
    expect(await connection.readCard(1000, () => undefined)).toMatchObject({ error: { code: 'reader.missing' } });
    await timing.pass(REOPEN_WAITS_MS.reduce((sum, wait) => sum + wait, 0) + 2500);
    expect(lines).toHaveLength(1 + REOPEN_WAITS_MS.length + 1);
    port.there = true;
    await timing.pass(3000);
    expect(names(states)).toEqual(['missing', 'ready']);
  });

  test('one that is unplugged while idle is noticed and opened again', async () => {
    const { timing, connection, setup, states, lines } = bench();
    await timing.run(connection.configure(setup));
    lines[0]!.unplug();
    await timing.pass(100);
    expect(connection.state.state).toBe('missing');
    await timing.pass(REOPEN_WAITS_MS[0] + 100);
    expect(names(states)).toEqual(['ready', 'missing', 'ready']);
  });

  test('one that falls silent is found out by the heartbeat', async () => {
    const { timing, connection, setup, states, simulated } = bench();
    await timing.run(connection.configure(setup));
    simulated.setFault({ kind: 'silent' });
    await timing.pass(HEARTBEAT_MS + 3100);
    expect(connection.state).toMatchObject({ state: 'fault', failure: { code: 'reader.no-answer' } });
    simulated.setFault({ kind: 'none' });
    await timing.pass(8000);
    expect(names(states)).toEqual(['ready', 'fault', 'ready']);
  });

  test('configuring none closes the reader and stops looking after it', async () => {
    const { timing, connection, setup, lines } = bench();
    await timing.run(connection.configure(setup));
    expect(await timing.run(connection.configure(null))).toEqual({ ok: true, value: null });
    await timing.pass(20_000);
    expect([lines.length, timing.pendingTimers]).toEqual([1, 0]);
    expect(connection.state).toMatchObject({ state: 'missing' });
  });
});

describe('reading through it', () => {
  test('times out, and can be asked again', async () => {
    const { timing, connection, setup, simulated } = bench();
    await timing.run(connection.configure(setup));
    expect(await timing.run(connection.readCard(2000, () => undefined))).toEqual({
      ok: false,
      error: { code: 'user.timed-out' },
    });
    simulated.insertCard(CARDS.resident);
    expect(await timing.run(connection.readCard(2000, () => undefined))).toMatchObject({ ok: true });
    expect(await timing.run(connection.presence())).toEqual({ ok: true, value: 'same' });
  });

  test('can be cancelled; a second read meanwhile is refused', async () => {
    const { timing, connection, setup } = bench();
    await timing.run(connection.configure(setup));
    const first = connection.readCard(60_000, () => undefined);
    expect(await connection.readCard(1000, () => undefined)).toMatchObject({ error: { code: 'request.invalid' } });
    expect(await connection.presence()).toMatchObject({ error: { code: 'request.invalid' } });
    connection.cancelRead();
    expect(await timing.run(first)).toEqual({ ok: false, error: { code: 'user.cancelled' } });
  });

  test('a reader unplugged during the read ends it as missing', async () => {
    const { timing, connection, setup, lines } = bench();
    await timing.run(connection.configure(setup));
    const reading = connection.readCard(60_000, () => undefined);
    await timing.pass(1000);
    lines[0]!.unplug();
    expect(await timing.run(reading)).toMatchObject({ error: { code: 'reader.missing' } });
    await timing.pass(3000);
    expect(connection.state.state).toBe('ready');
  });

  test('taking the reader away by configuration ends the read', async () => {
    const { timing, connection, setup } = bench();
    await timing.run(connection.configure(setup));
    const reading = connection.readCard(60_000, () => undefined);
    await timing.pass(1000);
    await timing.run(connection.configure(null));
    expect((await timing.run(reading)).ok).toBe(false);
  });
});
