import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFacePipeline } from '../../../src/main/inference/face-pipeline.ts';
import { loadModels, type ModelStore } from '../../../src/main/inference/model-store.ts';
import { chainOutputs, stillFrame, type ChainOutputs } from '../../support/inference/chain-outputs.ts';
import { MODELS_FOLDER } from '../../support/inference/media.ts';

/**
 * What the chain said about real stills when its accuracy was measured over LFW. A faster resize or warp may move
 * these figures by rounding only; a change that is meant to move them measures the accuracy anew and writes this file
 * with COUNTERSIGN_WRITE_GOLDEN=1.
 */
const GOLDEN_FILE = join(process.cwd(), 'tests', 'fixtures', 'face-chain-golden.json');
const WRITE = process.env['COUNTERSIGN_WRITE_GOLDEN'] === '1';

const STILLS = ['franck_01829.jpg', 'franck_02683.jpg', 'franck_04000.jpg', 'cage.jpg', 'audrey.jpg'] as const;
const SIZES = [
  [640, 480],
  [1280, 720],
  [641, 479],
] as const;

const names = STILLS.flatMap((file) => SIZES.map(([width, height]) => `${file} ${width}x${height}`));
const measured = new Map<string, ChainOutputs>();
let golden: Record<string, ChainOutputs> = {};
let store: ModelStore;

beforeAll(async () => {
  const loaded = await loadModels(MODELS_FOLDER, 1, (path) => readFile(path).catch(() => null));
  if (!loaded.ok) throw new Error(loaded.error.detail);
  store = loaded.value;
  const pipeline = createFacePipeline(store.models);
  for (const file of STILLS) {
    for (const [width, height] of SIZES) {
      measured.set(`${file} ${width}x${height}`, await chainOutputs(pipeline, await stillFrame(file, width, height)));
    }
  }
  if (WRITE) await writeFile(GOLDEN_FILE, `${JSON.stringify(Object.fromEntries(measured), rounded)}\n`);
  if (!existsSync(GOLDEN_FILE)) throw new Error(`${GOLDEN_FILE} is missing`);
  golden = JSON.parse(await readFile(GOLDEN_FILE, 'utf8')) as Record<string, ChainOutputs>;
});
afterAll(() => store.release());

function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(4)) : value;
}

function largestDifference(a: readonly number[], b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}

function cosine(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0) / (Math.hypot(...a) * Math.hypot(...b));
}

describe('the chain on real stills', () => {
  it('has a golden record of every still and size', () => {
    expect(Object.keys(golden)).toEqual(names);
  });

  it.each(names)('says the same as it did: %s', (name) => {
    const [now, then] = [measured.get(name)!, golden[name]!];
    const faceHeight = then.box[3]!;
    expect(largestDifference(now.box, then.box) / faceHeight).toBeLessThan(0.01);
    expect(largestDifference(now.landmarks, then.landmarks) / faceHeight).toBeLessThan(0.01);
    expect(largestDifference(now.pose, then.pose)).toBeLessThan(1);
    expect(largestDifference(now.eyes, then.eyes)).toBeLessThan(0.03);
    expect(Math.abs(now.liveScore - then.liveScore)).toBeLessThan(0.02);
    expect(largestDifference(now.appearance.slice(0, 2), then.appearance.slice(0, 2))).toBeLessThan(0.5);
    expect(Math.abs(now.appearance[2]! / then.appearance[2]! - 1)).toBeLessThan(0.05);
    expect(cosine(now.embedding, then.embedding)).toBeGreaterThan(0.999);
  });
});
