/**
 * One 640 × 480 face frame through our chain, against the bare `session.run` calls of the same models and against
 * @vladmandic/human and @vladmandic/face-api on tfjs' WebAssembly backend, all in one run, turn by turn, each in a
 * process of its own. Then our chain over many frames, to see that its memory doesn't grow.
 *
 *     npm run bench -- vision [--rounds=30] [--frames=10000]
 *
 * The peers weigh 370 MB with TensorFlow.js, more than everything else a developer installs, and nothing but this
 * benchmark needs them. So they have a lock of their own (tests/bench/peers) and go to the cache on the first run.
 * The WebAssembly backend knows no threads in Node, so both peers run on one thread whatever the machine has.
 */
import { join } from 'node:path';
import { loadavg } from 'node:os';
import { stillFrame } from '../support/inference/chain-outputs.ts';
import { startContestant, type Contestant, type Costs, type Memory } from './peers/contestant.ts';
import { installPeers } from './peers/install.ts';

/** Enough for the just-in-time compiler to be done with our own loops; the peers' work is compiled before it starts. */
const WARM_UP_ROUNDS = 30;
const VGA: readonly [width: number, height: number] = [640, 480];
const HD = [1280, 720] as const;
const STILL = 'franck_01829.jpg';
const TARGET_CHAIN_OVER_BARE = 1.25;
const TARGET_OVER_PEER = { human: 6, 'face-api': 40 } as const;
/** The stages of our chain that do what each peer does; ours needs the landmarks to align the face. */
const STAGES_LIKE_PEER = {
  human: ['detect', 'landmark', 'mesh', 'spoof', 'align', 'feature'],
  'face-api': ['detect', 'landmark', 'align', 'feature'],
} as const;
/** What memory may grow by over all frames, in megabytes; a leak of a kilobyte a frame comes to 10. */
const FLAT_WITHIN_MB = 8;

/** A number from the command line, such as `--rounds=30`. */
function option(name: string, fallback: number): number {
  const given = process.argv.find((argument) => argument.startsWith(`--${name}=`))?.split('=')[1];
  const value = given === undefined ? fallback : Number(given);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} takes a whole number of at least 1`);
  return value;
}

/** One line of the table: a contestant's task and what each round of it cost. */
interface Entry {
  readonly name: string;
  readonly contestant: Contestant;
  readonly task: string;
  readonly rounds: Costs[];
}

type Kind = 'wallMs' | 'cpuMs';

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

/** Whole rounds: all stages, or the given ones, added up. */
function totals({ rounds }: Entry, kind: Kind, stages?: readonly string[]): number[] {
  return rounds.map((costs) =>
    Object.entries(costs)
      .filter(([stage]) => !stages || stages.includes(stage))
      .reduce((sum, [, cost]) => sum + cost[kind], 0),
  );
}

function medianOf(entry: Entry, kind: Kind, stages?: readonly string[]): number {
  return quantile(totals(entry, kind, stages), 0.5);
}

function stageMedian({ rounds }: Entry, stage: string, kind: Kind): number {
  return quantile(
    rounds.map((costs) => costs[stage]?.[kind] ?? 0),
    0.5,
  );
}

/** Every contestant once in each round, so that what else the machine does meets all of them alike. */
async function runRounds(entries: readonly Entry[], rounds: number): Promise<void> {
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const { contestant, task, rounds: costs } of entries) {
      const cost = await contestant.run(task);
      if (round >= 0) costs.push(cost);
    }
  }
}

function row(cells: readonly (string | number)[]): string {
  const [name, ...rest] = cells;
  return `  ${String(name).padEnd(26)}${rest.map((cell) => String(typeof cell === 'number' ? cell.toFixed(1) : cell).padStart(9)).join('')}`;
}

async function printCosts(entries: readonly Entry[]): Promise<void> {
  console.log(row(['ms a frame', 'wall p50', 'p95', 'min', 'CPU p50', 'p95', 'min', 'RSS MB']));
  for (const entry of entries) {
    const cells = (['wallMs', 'cpuMs'] as const).flatMap((kind) =>
      [0.5, 0.95, 0].map((share) => quantile(totals(entry, kind), share)),
    );
    console.log(row([entry.name, ...cells, (await entry.contestant.memory()).rssMb.toFixed(0)]));
  }
}

function printStages(chain: Entry, bare: Entry): void {
  console.log(`\n  stages of ${chain.name}, ms of CPU time: chain, bare, the rest (pre- and post-processing)`);
  for (const stage of Object.keys(chain.rounds[0] ?? {})) {
    const [whole, run] = [stageMedian(chain, stage, 'cpuMs'), stageMedian(bare, stage, 'cpuMs')];
    console.log(row([`  ${stage}`, whole.toFixed(2), run.toFixed(2), (whole - run).toFixed(2)]));
  }
}

function verdict(name: string, value: number, target: number, reached: boolean): void {
  console.log(
    `  ${name.padEnd(48)}${value.toFixed(2).padStart(8)}   target ${target}: ${reached ? 'reached' : 'missed'}`,
  );
}

/** Chain over bare at the thread count on which the bare runs are faster. */
function printRatios(ours: readonly { chain: Entry; bare: Entry }[], peers: readonly Entry[]): void {
  const [better] = [...ours].sort((a, b) => medianOf(a.bare, 'wallMs') - medianOf(b.bare, 'wallMs'));
  console.log('');
  for (const { chain, bare } of ours) {
    for (const kind of ['wallMs', 'cpuMs'] as const) {
      const ratio = medianOf(chain, kind) / medianOf(bare, kind);
      const name = `${chain.name} / bare, ${kind === 'wallMs' ? 'wall' : 'CPU'}${chain === better!.chain ? ' (the better)' : ''}`;
      verdict(name, ratio, TARGET_CHAIN_OVER_BARE, ratio <= TARGET_CHAIN_OVER_BARE);
    }
  }
  for (const peer of peers) printPeerRatios(ours[0]!.chain, peer);
}

/** A peer over what our chain takes for the same tasks, both on one thread. */
function printPeerRatios(chain: Entry, peer: Entry): void {
  const name = peer.name as keyof typeof TARGET_OVER_PEER;
  const target = TARGET_OVER_PEER[name];
  for (const kind of ['wallMs', 'cpuMs'] as const) {
    const ratio = medianOf(peer, kind) / medianOf(chain, kind, STAGES_LIKE_PEER[name]);
    verdict(`${name} / same tasks of ours, ${kind === 'wallMs' ? 'wall' : 'CPU'}`, ratio, target, ratio >= target);
  }
}

/** Runs the chain `frames` times and looks at its memory at each fifth of the way. */
async function printMemory(contestant: Contestant, frames: number): Promise<void> {
  const steps = 5;
  console.log(`\n  memory of our chain over ${frames} frames, MB after a collection: resident, heap, external`);
  await contestant.run('chain', Math.ceil(frames / 20));
  const seen: Memory[] = [];
  for (let step = 0; step <= steps; step++) {
    const memory = await contestant.memory();
    seen.push(memory);
    console.log(
      row([`  after ${Math.round((step * frames) / steps)}`, memory.rssMb, memory.heapMb, memory.externalMb]),
    );
    if (step < steps) await contestant.run('chain', Math.ceil(frames / steps));
  }
  const grown = (of: (memory: Memory) => number): number => of(seen.at(-1)!) - of(seen[0]!);
  const growth = Math.max(
    grown((memory) => memory.rssMb),
    grown((memory) => memory.heapMb + memory.externalMb),
  );
  verdict('growth in MB', growth, FLAT_WITHIN_MB, growth <= FLAT_WITHIN_MB);
}

async function main(): Promise<void> {
  const [rounds, frames] = [option('rounds', 30), option('frames', 10_000)];
  const peersFolder = installPeers();
  const started: Contestant[] = [];
  const start = async (file: string, threads: number, size = VGA): Promise<Contestant> => {
    const frame = await stillFrame(STILL, ...size);
    const path = join(import.meta.dirname, 'peers', file);
    const contestant = await startContestant(path, { frame, threads, peersFolder });
    started.push(contestant);
    return contestant;
  };
  const entry = (name: string, contestant: Contestant, task: string): Entry => ({ name, contestant, task, rounds: [] });
  const pair = async (name: string, threads: number, size = VGA): Promise<{ chain: Entry; bare: Entry }> => {
    const contestant = await start('countersign.ts', threads, size);
    return { bare: entry(`bare, ${name}`, contestant, 'bare'), chain: entry(`chain, ${name}`, contestant, 'chain') };
  };
  try {
    const ours = [await pair('1 thread', 1), await pair('2 threads', 2)];
    const peers = [
      entry('human', await start('human.ts', 1), 'frame'),
      entry('face-api', await start('face-api.ts', 1), 'frame'),
    ];
    const entries = [...ours.flatMap(({ bare, chain }) => [bare, chain]), ...peers];
    await runRounds(entries, rounds);
    console.log(`640 x 480, ${rounds} rounds after ${WARM_UP_ROUNDS} to warm up, load ${loadavg()[0]!.toFixed(1)}`);
    await printCosts(entries);
    for (const { chain, bare } of ours) printStages(chain, bare);
    printRatios(ours, peers);
    const large = [await pair('1 thread', 1, HD), await pair('2 threads', 2, HD)];
    const largeEntries = large.flatMap(({ bare, chain }) => [bare, chain]);
    await runRounds(largeEntries, rounds);
    console.log(`\n1280 x 720, load ${loadavg()[0]!.toFixed(1)}`);
    await printCosts(largeEntries);
    for (const { chain, bare } of large) printStages(chain, bare);
    printRatios(large, []);
    await printMemory(ours[0]!.chain.contestant, frames);
  } finally {
    for (const contestant of started) contestant.stop();
  }
}

await main();
