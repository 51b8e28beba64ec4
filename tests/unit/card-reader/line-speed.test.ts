import { describe, expect, test } from 'vitest';
import { PROBE_MS, RESET_PROBE_MS } from '../../../src/main/card-reader/line-speed.ts';
import { noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { CardReader } from '../../../src/main/card-reader/reader.ts';
import type { Fault } from '../../../src/main/card-reader/simulator/fault-kinds.ts';
import { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { BAUD_RATES, type BaudRate } from '../../../src/shared/domain/reader-transport.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { Loopback } from '../../support/card-reader/loopback.ts';
import { VirtualTiming } from '../../support/card-reader/virtual-timing.ts';

async function bench(wanted: number | 'auto', faults: readonly Fault[], raiseLineSpeed = false) {
  const timing = new VirtualTiming();
  const simulated = new SimulatedReader(timing);
  simulated.setFault(faults);
  const line = new Loopback(timing, simulated, wanted);
  const reader = new CardReader(line, { timing, photoDecoder: noPhotoDecoder, raiseLineSpeed });
  await reader.open();
  const startMs = timing.clock.monotonicMs();
  const identity = await timing.run(reader.identify());
  return { timing, simulated, line, reader, identity, tookMs: timing.clock.monotonicMs() - startMs };
}

const listensAt = (baud: BaudRate): Fault => ({ kind: 'listens-at', baud });
const commands = (line: Loopback): string[] => line.written.map((frame) => frame.slice(14, 18));

describe('finding the line speed', () => {
  test.each(BAUD_RATES)('a reader that listens at %i baud is found', async (baud) => {
    const { identity, line, tookMs } = await bench('auto', [listensAt(baud)]);
    expect(identity).toMatchObject({ ok: true, value: { baud, simulated: true } });
    const tried = BAUD_RATES.indexOf(baud);
    expect(line.speeds).toEqual(BAUD_RATES.slice(1, tried + 1));
    expect(tookMs).toBeLessThan(tried * PROBE_MS + 200);
  });

  test('and reads cards at that speed', async () => {
    const { timing, simulated, reader } = await bench('auto', [listensAt(9600)]);
    simulated.insertCard(CARDS.resident);
    const startMs = timing.clock.monotonicMs();
    expect(await timing.run(reader.waitForCard(new AbortController().signal))).toMatchObject({ value: CARDS.resident });
    // 15, 19, 39 and 1,295 bytes at 0.96 bytes a millisecond.
    expect(timing.clock.monotonicMs() - startMs).toBeCloseTo(1368 / 0.96, 0);
  });

  test('one that is stuck is reset at every speed', async () => {
    const { identity, line, tookMs } = await bench('auto', [{ kind: 'silent', step: 'status' }, listensAt(19_200)]);
    expect(commands(line)).toEqual([
      ...BAUD_RATES.map(() => '11ff'),
      ...BAUD_RATES.slice(0, 4).map(() => '10ff'),
      '11ff',
    ]);
    expect(identity).toMatchObject({ ok: false, error: { code: 'reader.no-answer' } });
    expect(tookMs).toBeLessThan(5 * PROBE_MS + 3 * RESET_PROBE_MS + 3200);
  });

  test('a silent line is given up within seven seconds, at the fastest speed', async () => {
    const { identity, line, tookMs } = await bench('auto', [{ kind: 'silent' }]);
    expect(identity).toEqual({
      ok: false,
      error: { code: 'reader.no-answer', detail: 'no answer at 115200, 57600, 38400, 19200, 9600 baud' },
    });
    expect(tookMs).toBe(5 * (PROBE_MS + RESET_PROBE_MS));
    expect(line.speed?.baud).toBe(115_200);
  });

  test('a module that reports a fault has been found all the same', async () => {
    const { identity, line } = await bench('auto', [
      { kind: 'status', step: 'status', status: 0x66 },
      listensAt(38_400),
    ]);
    expect(identity).toMatchObject({ ok: false, error: { code: 'reader.not-authorised' } });
    expect(line.speed?.baud).toBe(38_400);
  });
});

describe('raising the line speed', () => {
  test('a reader left at 9,600 baud works at 115,200 from then on', async () => {
    const { timing, simulated, reader, identity, line } = await bench('auto', [listensAt(9600)], true);
    expect(identity).toMatchObject({ ok: true, value: { baud: 115_200 } });
    expect([simulated.lineBaud, line.speed?.baud]).toEqual([115_200, 115_200]);
    simulated.insertCard(CARDS.hmt);
    expect(await timing.run(reader.waitForCard(new AbortController().signal))).toMatchObject({ value: CARDS.hmt });
  });

  test('one that refuses keeps its speed', async () => {
    const { identity } = await bench('auto', [listensAt(9600), { kind: 'status', step: 'baud', status: 0x21 }], true);
    expect(identity).toMatchObject({ ok: true, value: { baud: 9600 } });
  });

  test('one that agrees and stays where it was is found there again', async () => {
    const { identity, line } = await bench(
      'auto',
      [listensAt(9600), { kind: 'status', step: 'baud', status: 0x90 }],
      true,
    );
    expect(identity).toMatchObject({ ok: true, value: { baud: 9600 } });
    expect(line.speeds.at(-1)).toBe(9600);
    expect(commands(line).filter((command) => command === '6000')).toHaveLength(1);
  });

  test('one that does not answer the wish keeps its speed', async () => {
    const { identity } = await bench('auto', [listensAt(19_200), { kind: 'silent', step: 'baud' }], true);
    expect(identity).toMatchObject({ ok: true, value: { baud: 19_200 } });
  });

  test('nobody is raised unasked', async () => {
    const { line } = await bench('auto', [listensAt(9600)]);
    expect(commands(line)).not.toContain('6000');
  });
});

describe('a fixed line speed', () => {
  test('is told to be wrong when a reader answers at another', async () => {
    const { identity, line } = await bench(115_200, [listensAt(9600)]);
    expect(identity).toEqual({
      ok: false,
      error: { code: 'reader.wrong-speed', detail: 'a reader answers at 9600 baud, not at 115200' },
    });
    expect(line.speed?.baud).toBe(115_200);
  });

  test('is told to be wrong when what arrives is no reply', async () => {
    const timing = new VirtualTiming();
    const line = new Loopback(timing, new SimulatedReader(timing), 9600);
    line.reader.setFault({ kind: 'silent' });
    const reader = new CardReader(line, { timing, photoDecoder: noPhotoDecoder });
    await reader.open();
    const chatter = timing.setTimer(() => line.hear(Uint8Array.of(0x00, 0xf8, 0x80, 0x1e)), 20);
    expect(await timing.run(reader.identify())).toEqual({
      ok: false,
      error: { code: 'reader.wrong-speed', detail: 'what arrives at 9600 baud is no reply' },
    });
    chatter();
  });

  test('stays without an answer when nothing answers anywhere', async () => {
    const { identity, line } = await bench(57_600, [{ kind: 'silent' }]);
    expect(identity).toMatchObject({ ok: false, error: { code: 'reader.no-answer' } });
    expect(line.speed?.baud).toBe(57_600);
  });

  test('with damaged frames is not the line speed', async () => {
    const { identity } = await bench(115_200, [{ kind: 'bad-checksum', step: 'status' }]);
    expect(identity).toMatchObject({ ok: false, error: { code: 'reader.bad-frame' } });
  });

  test('that is right is told', async () => {
    const { identity } = await bench(38_400, [listensAt(38_400)]);
    expect(identity).toMatchObject({ ok: true, value: { baud: 38_400 } });
  });
});

test('a line that goes away while its speed is looked for is missing', async () => {
  const timing = new VirtualTiming();
  const line = new Loopback(timing, new SimulatedReader(timing), 'auto');
  line.reader.setFault({ kind: 'silent' });
  const reader = new CardReader(line, { timing, photoDecoder: noPhotoDecoder });
  await reader.open();
  const identity = reader.identify();
  await timing.pass(500);
  line.unplug();
  expect(await timing.run(identity)).toMatchObject({ ok: false, error: { code: 'reader.missing' } });
  expect(timing.pendingTimers).toBe(0);
});
