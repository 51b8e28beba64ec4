import { describe, expect, test } from 'vitest';
import { simulatedPhotoDecoder, noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { CardReader } from '../../../src/main/card-reader/reader.ts';
import { parseFault } from '../../../src/main/card-reader/simulator/fault.ts';
import { CARD_KINDS, type IdentityDocument } from '../../../src/shared/domain/document.ts';
import type { Failure } from '../../../src/shared/reasons.ts';
import type { Result } from '../../../src/shared/result.ts';
import { CARDS, tinyWebp } from '../../support/card-reader/cards.ts';
import { Loopback } from '../../support/card-reader/loopback.ts';
import { VirtualTiming } from '../../support/card-reader/virtual-timing.ts';

/** Longest that a pulled card may go unnoticed once the line is silent. */
const PULL_NOTICED_MS = 500;
const FRAME_BYTES = 1295;

async function openReader(photoDecoder = noPhotoDecoder) {
  const timing = new VirtualTiming();
  const line = new Loopback(timing);
  const reader = new CardReader(line, { timing, photoDecoder });
  await reader.open();
  const fault = (name: string): void => {
    const parsed = parseFault(name);
    if (!parsed.ok) throw new Error(name);
    line.reader.setFault(parsed.value);
  };
  const read = (): Promise<Result<IdentityDocument, Failure>> =>
    timing.run(reader.waitForCard(AbortSignal.timeout(60_000)));
  return { timing, line, reader, fault, read, now: () => timing.clock.monotonicMs() };
}

describe('getting to know a reader', () => {
  test('asks for status, id and sets the radio frame size', async () => {
    const { timing, reader, line } = await openReader();
    expect(await timing.run(reader.identify())).toEqual({
      ok: true,
      value: { samId: '99.99-00000000-0000000000-0000000000', simulated: true },
    });
    expect(line.written.map((frame) => frame.slice(14, 18))).toEqual(['11ff', '12ff', '61ff']);
  });

  test('a silent one is reset once, then reported', async () => {
    const { timing, reader, line, fault, now } = await openReader();
    fault('silent');
    const startMs = now();
    expect(await timing.run(reader.identify())).toMatchObject({ ok: false, error: { code: 'reader.no-answer' } });
    expect(line.written.map((frame) => frame.slice(14, 18))).toEqual(['11ff', '10ff']);
    expect(now() - startMs).toBe(6000);
  });

  test('one that is not open is missing', async () => {
    const timing = new VirtualTiming();
    const reader = new CardReader(new Loopback(timing), { timing, photoDecoder: noPhotoDecoder });
    expect(await reader.identify()).toMatchObject({ ok: false, error: { code: 'reader.missing' } });
  });
});

describe('reading', () => {
  test.each(CARD_KINDS)('a %s card', async (kind) => {
    const { line, read } = await openReader();
    line.reader.insertCard(CARDS[kind]);
    expect(await read()).toEqual({
      ok: true,
      value: { ...CARDS[kind], portrait: { state: 'absent' }, simulated: false },
    });
  });

  test('the simulated portrait is decoded only by the decoder for it', async () => {
    const image = tinyWebp(300);
    const allowed = await openReader(simulatedPhotoDecoder);
    allowed.line.reader.insertCard({ ...CARDS.resident, portrait: image });
    expect(await allowed.read()).toMatchObject({
      value: { simulated: true, portrait: { state: 'decoded', image, mediaType: 'image/webp' } },
    });
    const real = await openReader(noPhotoDecoder);
    real.line.reader.insertCard({ ...CARDS.resident, portrait: image });
    expect(await real.read()).toMatchObject({
      value: { simulated: true, portrait: { state: 'not-decoded', bytes: 1024 } },
    });
  });

  test('takes the wire time of its frames and no more', async () => {
    const { line, read, now } = await openReader();
    line.reader.insertCard(CARDS.resident);
    const startMs = now();
    await read();
    // find 15, select 19, number 39 and read 1,295 bytes at 11.52 bytes a millisecond.
    expect(now() - startMs).toBeCloseTo((15 + 19 + 39 + FRAME_BYTES) / 11.52, 6);
  });

  test('polls every 300 ms and reports each step', async () => {
    const { timing, line, reader } = await openReader();
    const steps: string[] = [];
    const reading = reader.waitForCard(new AbortController().signal, (step) => steps.push(step));
    await timing.pass(3000);
    expect(line.written.length).toBeGreaterThanOrEqual(9);
    expect(line.written.length).toBeLessThanOrEqual(10);
    expect(steps).toEqual(['searching']);
    line.reader.insertCard(CARDS.hmt);
    expect(await timing.run(reading)).toMatchObject({ ok: true, value: { kind: 'hmt' } });
    expect(steps).toEqual(['searching', 'found', 'reading']);
  });

  test('a card that stays is not read again; presence is known all the while', async () => {
    const { timing, line, reader, read } = await openReader();
    line.reader.insertCard(CARDS.resident);
    await read();
    const again = reader.waitForCard(new AbortController().signal);
    await timing.pass(2000);
    line.reader.removeCard();
    await timing.pass(1000);
    line.reader.insertCard(CARDS['foreigner-2017']);
    expect(await timing.run(again)).toMatchObject({ ok: true, value: { kind: 'foreigner-2017' } });
    expect(await timing.run(reader.presence())).toEqual({ ok: true, value: 'same' });
    line.reader.removeCard();
    expect(await timing.run(reader.presence())).toEqual({ ok: true, value: 'gone' });
  });

  test('two cards swapped between two polls are two cards', async () => {
    const { line, read } = await openReader();
    line.reader.insertCard(CARDS.resident);
    const first = await read();
    line.reader.insertCard(CARDS.hmt);
    const second = await read();
    const numbers = [first, second].map((result) => (result.ok ? result.value.fields.number : null));
    expect(numbers).toEqual([CARDS.resident.fields.number, CARDS.hmt.fields.number]);
  });

  test('cancelling ends the wait at once, and the next read works', async () => {
    const { timing, line, reader, read, now } = await openReader();
    const stop = new AbortController();
    const waiting = reader.waitForCard(stop.signal);
    await timing.pass(1000);
    const cancelledMs = now();
    stop.abort();
    expect(await timing.run(waiting)).toEqual({ ok: false, error: { code: 'user.cancelled' } });
    expect(now()).toBe(cancelledMs);
    line.reader.insertCard(CARDS.resident);
    expect((await read()).ok).toBe(true);
  });

  test('presence that the reader does not answer is a failure, not an absence', async () => {
    const { timing, reader, fault } = await openReader();
    fault('silent');
    expect(await timing.run(reader.presence())).toMatchObject({ ok: false, error: { code: 'reader.no-answer' } });
  });
});

describe('faults end in a defined state, and the next card reads first time', () => {
  test.each([
    ['lost-leading-aa', null],
    ['garbage-before', null],
    ['bad-checksum', 'reader.bad-frame'],
    ['bad-checksum-once', null],
    ['silent', 'reader.no-answer'],
    ['slow', null],
    ['echo', null],
    ['moving-card', null],
    ['status-41', 'card.read-failed'],
    ['read-status@21', 'reader.fault'],
    ['read-status@31', 'card.refused'],
    ['read-status@32', 'card.refused'],
    ['read-status@33', 'card.refused'],
    ['read-status@40', 'card.unknown-kind'],
    ['read-status@47', 'card.pulled'],
    ['read-status@60', 'reader.self-test-failed'],
    ['read-status@66', 'reader.not-authorised'],
    ['read-status@24', 'reader.fault'],
    ['pull-mid-frame@0', 'card.pulled'],
  ])('%s: %s', async (name, code) => {
    const { line, read, fault } = await openReader();
    line.reader.insertCard(CARDS.resident);
    fault(name);
    const result = await read();
    if (code === null) expect(result).toMatchObject({ ok: true, value: CARDS.resident });
    else expect(result).toMatchObject({ ok: false, error: { code } });
    line.reader.removeCard();
    fault('none');
    line.reader.insertCard(CARDS.hmt);
    expect(await read()).toMatchObject({ ok: true, value: CARDS.hmt });
  });

  test('a card pulled at any byte of the reply is noticed promptly', { timeout: 120_000 }, async () => {
    const outcomes = new Map<string, number>();
    const { line, read, fault, now } = await openReader();
    for (let bytes = 0; bytes < FRAME_BYTES; bytes++) {
      line.reader.insertCard(CARDS.resident);
      fault(`pull-mid-frame@${bytes}`);
      const startMs = now();
      const result = await read();
      const silentMs = now() - startMs - (15 + 19 + 39 + bytes) / 11.52;
      const code = result.ok ? 'read' : result.error.code;
      outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
      expect(silentMs).toBeLessThanOrEqual(PULL_NOTICED_MS);
      line.reader.insertCard(CARDS.hmt);
      const next = await read();
      expect(next.ok && next.value.fields.number).toBe(CARDS.hmt.fields.number);
      line.reader.removeCard();
    }
    expect([...outcomes]).toEqual([['card.pulled', FRAME_BYTES]]);
  });

  test('a reader unplugged while it reads is missing', async () => {
    const { timing, line, reader } = await openReader();
    line.reader.insertCard(CARDS.resident);
    const reading = reader.waitForCard(new AbortController().signal);
    await timing.pass(50);
    line.unplug();
    expect(await timing.run(reading)).toMatchObject({ ok: false, error: { code: 'reader.missing' } });
    expect(timing.pendingTimers).toBe(0);
  });

  test('damage on the line is counted', async () => {
    const { line, reader, read, fault } = await openReader();
    line.reader.insertCard(CARDS.resident);
    fault('bad-checksum-once');
    await read();
    expect(reader.lineCounts).toMatchObject({ 'bad-checksum': 1, frame: 4, stale: 0 });
  });
});
