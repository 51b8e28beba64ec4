/**
 * From the card being laid down to its document: the time on the wire, what the driver adds to it, and what waiting for
 * the next search adds, over a pseudo-terminal (where socat is there) and TCP, at 115,200 baud. The simulated reader
 * models the line and no chip, so a real module's own time comes on top of every figure.
 * Run with `node tests/bench/card-read.bench.ts [--rounds=60]`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { noPhotoDecoder } from '../../src/main/card-reader/photo-decoder.ts';
import { CardReader, POLL_INTERVAL_MS, SIMULATED_POLL_INTERVAL_MS } from '../../src/main/card-reader/reader.ts';
import { servePty, serveTcp, type ServedReader } from '../../src/main/card-reader/simulator/serve.ts';
import { SimulatedReader } from '../../src/main/card-reader/simulator/simulated-reader.ts';
import { pause, systemTiming as timing } from '../../src/main/card-reader/timing.ts';
import { serialTransport } from '../../src/main/card-reader/transports/serial.ts';
import { tcpTransport } from '../../src/main/card-reader/transports/tcp.ts';
import type { Transport } from '../../src/main/card-reader/transports/transport.ts';
import { CARDS } from '../support/card-reader/cards.ts';

const BAUD = 115_200;
const BYTES_PER_MS = BAUD / 10_000;
/** Replies to find, select and read; the simulated reader takes no time for the commands. */
const WIRE_MS = (15 + 19 + 1295) / BYTES_PER_MS;
/** The management number, asked between select and read. */
const NUMBER_MS = 39 / BYTES_PER_MS;
const GOAL_OVER_WIRE_MS = 50;
/** Cards are laid down at any moment between two searches; steps of a prime walk through them evenly. */
const PHASE_STEP_MS = 37;

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '60' } } });
const rounds = Number(values.rounds);

interface Round {
  /** Card laid down → its document. */
  readonly totalMs: number;
  /** Card laid down → the reader says that it found one. */
  readonly searchMs: number;
  /** Found → document. */
  readonly readMs: number;
}

async function measure(reader: CardReader, simulated: SimulatedReader, intervalMs: number): Promise<readonly Round[]> {
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    let foundAtMs = 0;
    const reading = reader.waitForCard(AbortSignal.timeout(10_000), (step) => {
      if (step === 'found') foundAtMs = performance.now();
    });
    await pause(timing, intervalMs + ((round * PHASE_STEP_MS) % intervalMs));
    const laidAtMs = performance.now();
    simulated.insertCard(round % 2 === 0 ? CARDS.resident : CARDS.hmt);
    const result = await reading;
    const doneAtMs = performance.now();
    if (!result.ok) throw new Error(result.error.code);
    measured.push({ totalMs: doneAtMs - laidAtMs, searchMs: foundAtMs - laidAtMs, readMs: doneAtMs - foundAtMs });
    simulated.removeCard();
  }
  return measured;
}

function quantile(all: readonly number[], share: number): string {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1).padStart(6);
}

function report(name: string, intervalMs: number, measured: readonly Round[]): void {
  const line = (what: string, values: readonly number[]): void =>
    console.log(
      `  ${what.padEnd(44)} p50 ${quantile(values, 0.5)}  p95 ${quantile(values, 0.95)}  max ${quantile(values, 1)} ms`,
    );
  console.log(`${name}, ${intervalMs} ms between searches, ${measured.length} cards`);
  line(
    'laid down → found',
    measured.map(({ searchMs }) => searchMs),
  );
  line(
    'found → document',
    measured.map(({ readMs }) => readMs),
  );
  line(
    'of that not on the wire',
    measured.map(({ readMs }) => readMs - (19 + 39 + 1295) / BYTES_PER_MS),
  );
  line(
    'laid down → document',
    measured.map(({ totalMs }) => totalMs),
  );
  const within = measured.filter(({ totalMs }) => totalMs <= WIRE_MS + GOAL_OVER_WIRE_MS).length;
  console.log(`  within wire time + ${GOAL_OVER_WIRE_MS} ms: ${within} of ${measured.length}`);
}

async function bench(name: string, served: ServedReader, simulated: SimulatedReader, connect: () => Transport) {
  for (const pollIntervalMs of [SIMULATED_POLL_INTERVAL_MS, POLL_INTERVAL_MS]) {
    // A far end that had another user takes a moment to come back.
    await pause(timing, 300);
    const reader = new CardReader(connect(), { timing, photoDecoder: noPhotoDecoder, pollIntervalMs });
    const opened = await reader.open();
    if (!opened.ok) throw new Error(opened.error.detail);
    report(name, pollIntervalMs, await measure(reader, simulated, pollIntervalMs));
    await reader.close();
  }
  await served.stop();
}

console.log(
  `wire time at ${BAUD} baud: find, select and read ${WIRE_MS.toFixed(1)} ms, the number between them ` +
    `${NUMBER_MS.toFixed(1)} ms; the commands would add ${(40 / BYTES_PER_MS).toFixed(1)} ms`,
);
const simulated = new SimulatedReader(timing);
const folder = await mkdtemp(join(tmpdir(), 'card-read-bench-'));
const path = join(folder, 'reader');
const pty = await servePty(simulated, path, { timing, baud: BAUD });
if (pty.ok) await bench('serial port (pseudo-terminal)', pty.value, simulated, () => serialTransport(path, BAUD));
else console.log(`no pseudo-terminal: ${pty.error.detail}`);
await rm(folder, { recursive: true, force: true });
const tcp = await serveTcp(simulated, 0, { timing, baud: BAUD });
if (!tcp.ok) throw new Error(tcp.error.detail);
const port = Number(tcp.value.address);
await bench('TCP', tcp.value, simulated, () => tcpTransport('127.0.0.1', port));
