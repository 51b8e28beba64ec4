import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFacePipeline } from '../../../src/main/inference/face-pipeline.ts';
import type { Frame } from '../../../src/main/inference/frame.ts';
import { loadModels } from '../../../src/main/inference/model-store.ts';
import { MODELS_FOLDER } from '../../support/inference/media.ts';
import { channelMeans, fixedBoxes } from '../../support/inference/tiny-models.ts';

type Entry = Record<string, unknown> & { id: string; selfTest?: Record<string, unknown> };

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-own-'));
  await cp(MODELS_FOLDER, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Puts a model beside the others and its entry in the place of the one with the same id. */
async function bring(model: Uint8Array, entry: Entry): Promise<void> {
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as { models: Entry[] };
  const replaced = manifest.models.find(({ id }) => id === entry.id)!;
  const own = {
    architecture: 'tiny',
    licence: 'own',
    caveat: 'none',
    notes: '',
    source: { kind: 'operator', supplier: 'Example Bank' },
    transform: { kind: 'none' },
    file: 'own.onnx',
    sha256: sha256(model),
    ...(replaced['thresholds'] ? { thresholds: replaced['thresholds'] } : {}),
    ...entry,
  };
  manifest.models = manifest.models.map((one) => (one.id === entry.id ? own : one));
  await writeFile(join(folder, 'own.onnx'), model);
  await writeFile(path, JSON.stringify(manifest));
}

async function pipeline() {
  const store = await loadModels(folder, 1, (path) => readFile(path).catch(() => null));
  if (!store.ok) throw new Error(store.error.detail);
  return createFacePipeline(store.value.models);
}

async function refusal(): Promise<string> {
  const store = await loadModels(folder, 1, (path) => readFile(path).catch(() => null));
  if (store.ok) throw new Error('the models were accepted');
  expect(store.error.code).toBe('inference.model-refused');
  return store.error.detail ?? '';
}

const flat = (colour: readonly [number, number, number]): Frame => ({
  width: 200,
  height: 160,
  rgb: Uint8Array.from({ length: 200 * 160 * 3 }, (_, i) => colour[i % 3]!),
});
const face = { box: { x: 60, y: 40, width: 60, height: 80 }, score: 1 };
const input = (side: number, colour: string) => ({
  name: 'picture',
  shape: [1, 3, side, side],
  colour,
  mean: [0, 0, 0],
  deviation: [255, 255, 255],
});
const VALUES = [{ name: 'values', shape: [1, 3] }];
/** From the pattern's definition; points of a square of side 1 are 0.3826 from its middle on average. */
const PATTERN_MEANS = [(4 * 31.5) / 255, (2 * 31.5) / 255, 1 - (6 * 64 * 0.3826) / 255];
const spoofEntry = (change: Record<string, unknown> = {}): Entry => ({
  id: 'spoof',
  input: input(32, 'rgb'),
  outputs: VALUES,
  meaning: { kind: 'liveness', liveClass: 2, scores: 'probability', surroundings: 1 },
  selfTest: { picture: 'pattern', output: 'values', expected: PATTERN_MEANS, tolerance: 0.01 },
  ...change,
});

describe('a model of the operator', () => {
  it('judges liveness by its own size, colour order, classes and form of scores', async () => {
    await bring(channelMeans(32), spoofEntry());
    const chain = await pipeline();
    expect(await chain.liveScore(flat([0, 0, 255]), face)).toBeCloseTo(1, 3);
    expect(await chain.liveScore(flat([255, 255, 0]), face)).toBeCloseTo(0, 3);
  });

  it('turns logits into probabilities', async () => {
    const meaning = { kind: 'liveness', liveClass: 0, scores: 'logit', surroundings: 1 };
    await bring(channelMeans(32), spoofEntry({ meaning }));
    const expected = Math.exp(1) / (Math.exp(1) + 2);
    expect(await (await pipeline()).liveScore(flat([255, 0, 0]), face)).toBeCloseTo(expected, 3);
  });

  it('embeds faces in a size and length of its own', async () => {
    await bring(channelMeans(160), {
      id: 'feature',
      input: input(160, 'bgr'),
      outputs: VALUES,
      selfTest: { picture: 'pattern', output: 'values', expected: PATTERN_MEANS.toReversed(), tolerance: 0.01 },
    });
    const aligned = Float32Array.from({ length: 112 * 112 * 3 }, (_, i) => [30, 40, 0][i % 3]!);
    const embedding = await (await pipeline()).embed(aligned);
    expect(embedding.length).toBe(3);
    expect(embedding[0]).toBeCloseTo(0, 3);
    expect(embedding[1]).toBeCloseTo(0.8, 2);
    expect(embedding[2]).toBeCloseTo(0.6, 2);
  });

  it('detects faces with logits and boxes in pixels of its input', async () => {
    const corners = [10, 20, 30, 60, 11, 21, 31, 61, 50, 50, 60, 60];
    await bring(fixedBoxes(100, [2, 3, -1], corners), {
      id: 'detect',
      input: input(100, 'rgb'),
      outputs: [
        { name: 'scores', shape: [1, 3, 1] },
        { name: 'boxes', shape: [1, 3, 4] },
      ],
      meaning: { kind: 'detection', classes: 1, faceClass: 0, scores: 'logit', boxes: 'pixels', minScore: 0.5 },
      selfTest: { picture: 'pattern', output: 'boxes', expected: corners, tolerance: 1e-6 },
    });
    const found = await (await pipeline()).detect({ width: 300, height: 200, rgb: new Uint8Array(180_000) });
    expect(found.length).toBe(1);
    const { box, score } = found[0]!;
    expect([box.x, box.y, box.width, box.height].map(Math.round)).toEqual([33, 42, 60, 80]);
    expect(score).toBeCloseTo(1 / (1 + Math.exp(-3)), 5);
  });

  it('is tested with a picture of its own', async () => {
    const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#ff8000' } })
      .png()
      .toBuffer();
    await writeFile(join(folder, 'own-test.png'), png);
    const picture = { file: 'own-test.png', sha256: sha256(png) };
    const selfTest = { picture, output: 'values', expected: [1, 128 / 255, 0], tolerance: 0.001 };
    await bring(channelMeans(32), spoofEntry({ selfTest }));
    expect(await (await pipeline()).liveScore(flat([0, 0, 255]), face)).toBeCloseTo(1, 3);
    await writeFile(join(folder, 'own-test.png'), Buffer.concat([png, Buffer.of(0)]));
    expect(await refusal()).toBe(
      'own.onnx fails its self-test: selfTest.picture: own-test.png does not match the manifest',
    );
  });
});

describe('a model of the operator is refused', () => {
  it('when it gives other values than its self-test expects', async () => {
    await bring(channelMeans(32), spoofEntry({ input: input(32, 'bgr') }));
    expect(await refusal()).toMatch(
      /^own\.onnx fails its self-test: selfTest\.expected\[0\] is 0\.49\d+, the model gives 0\.42/,
    );
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['without a self-test', { selfTest: undefined }, /own\.onnx: a model of an operator needs a self-test/],
    ['without a meaning', { meaning: undefined }, /meaning own\.onnx: a spoof model needs the meaning liveness/],
    [
      'with a class that it does not have',
      { meaning: { kind: 'liveness', liveClass: 3, scores: 'logit', surroundings: 1 } },
      /meaning\.liveClass own\.onnx: there is no such class/,
    ],
    ['with another input', { input: { ...input(32, 'rgb'), name: 'image' } }, /^own\.onnx has other inputs/],
    ['with another size', { input: input(48, 'rgb') }, /^own\.onnx has other shapes/],
    ['with another output', { outputs: [{ name: 'values', shape: [1, 4] }] }, /^own\.onnx has other shapes/],
    ['with another hash', { sha256: '0'.repeat(64) }, /^own\.onnx does not match the manifest/],
    [
      'with two means for three channels',
      { input: { ...input(32, 'rgb'), mean: [0, 0] } },
      /input mean and deviation need one value per channel/,
    ],
  ])('%s', async (_, change, message) => {
    await bring(channelMeans(32), spoofEntry(change));
    expect(await refusal()).toMatch(message);
  });
});
