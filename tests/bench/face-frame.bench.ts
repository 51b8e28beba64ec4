/**
 * One face frame through all face models, against the bare `session.run` calls of the same models in the same run.
 * Run with `node tests/bench/face-frame.bench.ts [rounds]`, on one thread. CPU time is what counts: wall time also
 * measures whatever else the machine does.
 */
import { readFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import sharp from 'sharp';
import { createFacePipeline, type FacePipeline } from '../../src/main/inference/face-pipeline.ts';
import type { Frame } from '../../src/main/inference/frame.ts';
import { decodeImage } from '../../src/main/inference/image-codec.ts';
import { loadModels, type ModelStore } from '../../src/main/inference/model-store.ts';
import { media, MODELS_FOLDER } from '../support/inference/media.ts';

const TARGET_RATIO = 1.25;
const WARM_UP_ROUNDS = 10;
const SIZES = [
  [640, 480],
  [1280, 720],
] as const;
/** Runs of each model for one face: both eyes are read one after the other. */
const RUNS = { detect: 1, landmark: 1, pose: 1, eye: 2, spoof: 1, feature: 1 } as const;

interface Cost {
  readonly cpuMs: number;
  readonly wallMs: number;
}
type Costs = Map<string, Cost[]>;

async function timed<T>(costs: Costs, name: string, run: () => Promise<T>): Promise<T> {
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  const value = await run();
  const wallMs = performance.now() - startMs;
  const { user, system } = process.cpuUsage(cpu);
  costs.set(name, [...(costs.get(name) ?? []), { cpuMs: (user + system) / 1_000, wallMs }]);
  return value;
}

async function chain(pipeline: FacePipeline, frame: Frame, costs: Costs): Promise<void> {
  const [face] = await timed(costs, 'detect', () => pipeline.detect(frame));
  if (!face) throw new Error('no face in the test frame');
  const located = await timed(costs, 'landmark', () => pipeline.locate(frame, face));
  await timed(costs, 'pose', () => pipeline.pose(frame, face));
  await timed(costs, 'eye', () => pipeline.eyes(frame, located));
  await timed(costs, 'spoof', () => pipeline.liveScore(frame, face));
  const aligned = await timed(costs, 'align', async () => pipeline.align(frame, located));
  await timed(costs, 'appearance', async () => pipeline.appearance(aligned));
  await timed(costs, 'feature', () => pipeline.embed(aligned));
}

async function bare({ models }: ModelStore, costs: Costs): Promise<void> {
  for (const [id, runs] of Object.entries(RUNS)) {
    await timed(costs, id, async () => {
      for (let run = 0; run < runs; run++) await models[id as keyof typeof RUNS].run();
    });
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

function medians(costs: Costs, kind: keyof Cost): Map<string, number> {
  return new Map(
    [...costs].map(([name, each]) => [name, median(each.slice(WARM_UP_ROUNDS).map((cost) => cost[kind]))]),
  );
}

const sum = (values: Map<string, number>): number => [...values.values()].reduce((total, value) => total + value, 0);

async function measure(store: ModelStore, width: number, height: number, rounds: number): Promise<void> {
  const picture = await sharp(media('franck_01829.jpg')).resize(width, height, { fit: 'cover' }).png().toBuffer();
  const decoded = await decodeImage(picture);
  if (!decoded.ok) throw new Error(decoded.error.code);
  const pipeline = createFacePipeline(store.models);
  const ours: Costs = new Map();
  const floor: Costs = new Map();
  for (let round = 0; round < rounds + WARM_UP_ROUNDS; round++) {
    // A fresh object is a fresh picture to the pipeline, as it is with a camera.
    await chain(pipeline, { ...decoded.value }, ours);
    await bare(store, floor);
  }
  const cpu = { ours: medians(ours, 'cpuMs'), floor: medians(floor, 'cpuMs') };
  console.log(`\n${width} x ${height}, medians of ${rounds} rounds, ms of CPU time (chain / bare session.run)`);
  for (const [name, value] of cpu.ours) {
    console.log(`  ${name.padEnd(12)}${value.toFixed(2).padStart(7)} / ${cpu.floor.get(name)?.toFixed(2) ?? '-'}`);
  }
  const ratio = sum(cpu.ours) / sum(cpu.floor);
  const wall = [sum(medians(ours, 'wallMs')), sum(medians(floor, 'wallMs'))] as const;
  console.log(`  whole frame ${sum(cpu.ours).toFixed(1)} / ${sum(cpu.floor).toFixed(1)} = ${ratio.toFixed(2)}`);
  console.log(`  wall        ${wall[0].toFixed(1)} / ${wall[1].toFixed(1)} = ${(wall[0] / wall[1]).toFixed(2)}`);
  console.log(`  target      ${TARGET_RATIO}: ${ratio <= TARGET_RATIO ? 'reached' : 'missed'}`);
}

const rounds = Number(process.argv[2] ?? 60);
const store = await loadModels(MODELS_FOLDER, 1, (path) => readFile(path).catch(() => null));
if (!store.ok) throw new Error(`${store.error.code}: ${store.error.detail}`);
console.log(`${cpus()[0]?.model}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`);
for (const [width, height] of SIZES) await measure(store.value, width, height, rounds);
