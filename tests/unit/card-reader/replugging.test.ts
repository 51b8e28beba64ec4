import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { CardReader } from '../../../src/main/card-reader/reader.ts';
import { HEARTBEAT_MS, REOPEN_WAITS_MS, ReaderConnection } from '../../../src/main/card-reader/reader-connection.ts';
import { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { Loopback } from '../../support/card-reader/loopback.ts';
import { VirtualTiming } from '../../support/card-reader/virtual-timing.ts';

const CYCLES = 1000;
/** By then the engine has compiled what it will compile, which also takes memory. */
const SETTLED_AFTER = 400;
/** The heap may breathe by this much; a frame decoder leaked in each of the 600 cycles left would be 4.2 MB. */
const HEAP_SLACK_BYTES = 3_000_000;

/** A reader's way of going away: the port closes, or it only falls silent and the heartbeat finds out. */
const WAYS = ['closes', 'falls silent'] as const;

test(
  'unplugged and plugged in a thousand times, a reader works and leaves nothing behind',
  { timeout: 120_000 },
  async () => {
    const timing = new VirtualTiming();
    const simulated = new SimulatedReader(timing);
    const outcomes = new Map<string, number>();
    const open = new Set<Loopback>();
    let line = new Loopback(timing, simulated);
    const connection = new ReaderConnection(timing, () => undefined);
    await timing.run(
      connection.configure({
        create: () => {
          line = new WatchedLoopback(timing, simulated, open);
          return new CardReader(line, { timing, photoDecoder: noPhotoDecoder });
        },
      }),
    );
    const idleTimers = timing.pendingTimers;
    let settledBytes = 0;
    for (let cycle = 0; cycle < CYCLES; cycle++) {
      if (cycle === SETTLED_AFTER) settledBytes = heapBytes();
      const way = WAYS[cycle % WAYS.length]!;
      if (way === 'closes') line.unplug();
      else simulated.setFault({ kind: 'silent' });
      await timing.pass(way === 'closes' ? 100 : HEARTBEAT_MS + 3500);
      const meanwhile = connection.state.state;
      simulated.setFault({ kind: 'none' });
      await timing.pass(REOPEN_WAITS_MS[0] + 8000);
      simulated.insertCard(cycle % 3 === 0 ? CARDS.resident : CARDS.hmt);
      const read = await timing.run(connection.readCard(5000, () => undefined));
      const outcome = `${way}: ${meanwhile}, ${connection.state.state}, ${read.ok ? 'read' : read.error.code}`;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      simulated.removeCard();
      await timing.pass(50);
    }
    expect(Object.fromEntries(outcomes)).toEqual({
      'closes: missing, ready, read': CYCLES / 2,
      'falls silent: fault, ready, read': CYCLES / 2,
    });
    expect([timing.pendingTimers, open.size]).toEqual([idleTimers, 1]);
    const grownBytes = heapBytes() - settledBytes;
    console.log(`heap after ${CYCLES - SETTLED_AFTER} more cycles: ${Math.round(grownBytes / 1000)} kB more`);
    expect(grownBytes).toBeLessThan(HEAP_SLACK_BYTES);
    await timing.run(connection.configure(null));
    expect([timing.pendingTimers, open.size]).toEqual([0, 0]);
  },
);

/** Knows whether it is open. */
class WatchedLoopback extends Loopback {
  readonly #opened: Set<Loopback>;

  constructor(timing: VirtualTiming, reader: SimulatedReader, opened: Set<Loopback>) {
    super(timing, reader);
    this.#opened = opened;
  }

  override async open(): ReturnType<Loopback['open']> {
    this.#opened.add(this);
    return super.open();
  }

  override async close(): Promise<void> {
    this.#opened.delete(this);
    await super.close();
  }
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
