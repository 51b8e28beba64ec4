import { expect, test } from 'vitest';
import { CARDS } from '../../support/card-reader/cards.ts';
import type { BenchCarries } from '../../support/card-reader/driver-bench.ts';
import type { DriverStation } from '../../support/card-reader/driver-station.ts';

const FRAME_BYTES = 1295;
const SEQUENCE = ['2001', '2002', '3005', '3001'];
const NOISE_BYTES = 300;

/** What happens to bytes on their way, where the transport carries bytes and not frames. */
export function lineTests(station: DriverStation, name: string, carries: BenchCarries): void {
  test('a reply cut in two at any byte is read as one', { timeout: 120_000 }, async () => {
    const outcomes = new Map<string, number>();
    // Where frames come whole, a cut is only what this test makes of them.
    const step = carries === 'bytes' ? 1 : 13;
    for (let at = 1; at < FRAME_BYTES; at += step) {
      station.line.splitAt = at;
      station.simulated.insertCard(at % 2 === 0 ? CARDS.resident : CARDS.hmt);
      const wanted = (at % 2 === 0 ? CARDS.resident : CARDS.hmt).fields.number;
      const result = await station.read();
      const outcome = result.ok ? String(result.value.fields.number === wanted) : result.error.code;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect([...outcomes]).toEqual([['true', Math.ceil((FRAME_BYTES - 1) / step)]]);
  });

  if (carries === 'frames') {
    console.warn(`left out over ${name}: noise, lost, split and merged bytes, because it carries whole frames`);
    return;
  }

  test.each(['lost-leading-aa', 'garbage-before', 'split', 'two-replies-in-one-chunk', 'echo'])(
    '%s: every command is sent once and every card read',
    async (fault) => {
      station.simulated.insertCard(CARDS.resident);
      station.fault(fault);
      const before = station.line.commands.length;
      expect(await station.read()).toMatchObject({ ok: true, value: CARDS.resident });
      expect(station.line.commands.slice(before)).toEqual(SEQUENCE);
    },
  );

  test('behind noise the very next frame is found, and the noise is counted', async () => {
    const before = station.reader.lineCounts;
    const sent = station.line.commands.length;
    let state = 1;
    station.line.noise = () =>
      Uint8Array.from({ length: NOISE_BYTES }, () => (state = (state * 1_103_515_245 + 12_345) & 0x7fff_ffff) >> 16);
    for (let turn = 0; turn < 20; turn++) {
      station.simulated.insertCard(turn % 2 === 0 ? CARDS.resident : CARDS.hmt);
      expect(await station.read()).toMatchObject({ ok: true });
    }
    const { noise, frame, stale } = station.reader.lineCounts;
    expect(station.line.commands.slice(sent)).toEqual(Array.from({ length: 20 }, () => SEQUENCE).flat());
    expect({ frames: frame - before.frame, stale: stale - before.stale }).toEqual({ frames: 80, stale: 0 });
    expect(noise - before.noise).toBeGreaterThanOrEqual(80);
  });

  test('a reply that claims more than a frame can hold is damage', async () => {
    station.simulated.insertCard(CARDS.resident);
    station.fault('length-beyond-4089');
    expect(await station.read()).toMatchObject({ ok: false, error: { code: 'reader.bad-frame' } });
    expect(station.reader.lineCounts['bad-length']).toBeGreaterThanOrEqual(2);
  });
}
