import { afterEach, describe, expect, test } from 'vitest';
import { PRESENCE_INTERVAL_MS, watchReader, type WatchEvent } from '../../../src/cli/card-watch.ts';
import { noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { CardReader } from '../../../src/main/card-reader/reader.ts';
import { HEARTBEAT_MS } from '../../../src/main/card-reader/reader-connection.ts';
import { parseFault } from '../../../src/main/card-reader/simulator/fault.ts';
import { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { Loopback } from '../../support/card-reader/loopback.ts';
import { VirtualTiming } from '../../support/card-reader/virtual-timing.ts';

const running: { readonly stop: AbortController; readonly timing: VirtualTiming; readonly ended: Promise<void> }[] = [];
afterEach(async () => {
  for (const { stop, timing, ended } of running.splice(0)) {
    stop.abort();
    await timing.run(ended);
  }
});

/** A watched reader; `happened` gives what was told since it was last asked, in one word each. */
async function bench() {
  const timing = new VirtualTiming();
  const reader = new SimulatedReader(timing);
  const lines: Loopback[] = [];
  const port = { there: true };
  const events: WatchEvent[] = [];
  const stop = new AbortController();
  const create = () => {
    const line = new Loopback(timing, reader);
    line.canOpen = port.there;
    lines.push(line);
    return new CardReader(line, { timing, photoDecoder: noPhotoDecoder });
  };
  const ended = watchReader({ create }, timing, stop.signal, (event) => events.push(event));
  running.push({ stop, timing, ended });
  const numbers: string[] = [];
  const happened = async (ms: number): Promise<readonly string[]> => {
    await timing.pass(ms);
    const told = events.splice(0);
    numbers.push(...told.flatMap((event) => (event.event === 'card' ? [event.document.fields.number] : [])));
    return told.map(wordOf);
  };
  const fault = (name: string): void => {
    const parsed = parseFault(name, reader.nowMs);
    if (!parsed.ok) throw new Error(name);
    reader.setFault(parsed.value);
  };
  expect(await happened(500)).toEqual(['ready']);
  return { timing, reader, lines, port, stop, ended, happened, fault, numbers };
}

function wordOf(event: WatchEvent): string {
  if (event.event === 'card') return `card ${event.document.kind}`;
  if (event.event === 'problem' || event.event === 'lost') return `${event.event} ${event.failure.code}`;
  return event.event;
}

describe('watching a reader', () => {
  test('each card and each removal, once', async () => {
    const { reader, happened } = await bench();
    for (const card of Object.values(CARDS)) {
      reader.insertCard(card);
      expect(await happened(5000)).toEqual([`card ${card.kind}`]);
      reader.removeCard();
      expect(await happened(2000)).toEqual(['removed']);
    }
    expect(await happened(60_000)).toEqual([]);
  });

  test('a card that is exchanged between two looks is a removal and a card', async () => {
    const { reader, happened } = await bench();
    reader.insertCard(CARDS.resident);
    expect(await happened(2000)).toEqual(['card resident']);
    reader.insertCard(CARDS.hmt);
    expect(await happened(2000)).toEqual(['removed', 'card hmt']);
  });

  test('another card that answers for the one that was read', async () => {
    const { reader, happened, fault, numbers } = await bench();
    reader.insertCard(CARDS.resident);
    fault('swapped-card');
    expect(await happened(2000)).toEqual(['card resident', 'swapped', 'card resident']);
    expect(new Set(numbers).size).toBe(2);
  });

  test('a card that can not be read is told once for each time that it is put on', async () => {
    const { reader, happened, fault } = await bench();
    reader.insertCard(CARDS.resident);
    fault('status@read:33');
    expect(await happened(20_000)).toEqual(['problem card.refused']);
    reader.removeCard();
    expect(await happened(3000)).toEqual([]);
    reader.insertCard(CARDS.resident);
    fault('status@read:33');
    expect(await happened(20_000)).toEqual(['problem card.refused']);
    reader.removeCard();
    expect(await happened(3000)).toEqual([]);
    reader.insertCard(CARDS.resident);
    expect(await happened(3000)).toEqual(['card resident']);
  });

  test('a reader that is pulled out and comes back, with a card on it', async () => {
    const { reader, lines, port, happened } = await bench();
    reader.insertCard(CARDS.resident);
    expect(await happened(2000)).toEqual(['card resident']);
    port.there = false;
    lines.at(-1)!.unplug();
    expect(await happened(5000)).toEqual(['lost reader.missing']);
    reader.insertCard(CARDS.hmt);
    port.there = true;
    expect(await happened(10_000)).toEqual(['ready', 'card hmt']);
  });

  test('a reader that falls silent', async () => {
    const { happened, fault } = await bench();
    fault('silent');
    const told = await happened(4 * HEARTBEAT_MS + 10_000);
    expect(told.at(-1)).toBe('lost reader.no-answer');
    fault('none');
    expect((await happened(20_000)).at(-1)).toBe('ready');
  });

  test('one answer about presence that is lost does not take the card off', async () => {
    const { reader, happened, fault } = await bench();
    reader.insertCard(CARDS.resident);
    expect(await happened(2000)).toEqual(['card resident']);
    fault('bad-checksum@presence');
    expect(await happened(2 * PRESENCE_INTERVAL_MS)).toEqual([]);
    fault('none');
    expect(await happened(3000)).toEqual([]);
    reader.removeCard();
    expect(await happened(2000)).toEqual(['removed']);
  });

  test('ends when it is told to, and lets the reader go', async () => {
    const { timing, stop, ended, happened } = await bench();
    stop.abort();
    await timing.run(ended);
    expect(await happened(60_000)).toEqual([]);
    expect(timing.pendingTimers).toBe(0);
  });
});
