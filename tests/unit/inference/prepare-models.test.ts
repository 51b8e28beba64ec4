import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import onnxProto from 'onnx-proto';
import { flushDenormals } from '../../../scripts/flush-denormals.ts';
import { sha256Of } from '../../../scripts/package-file.ts';
import { prepareMedia, prepareModels } from '../../../scripts/prepare-models.ts';
import type { MediaManifest, ModelManifest } from '../../../src/main/inference/model-manifest.ts';

const INTEGRITY = `sha512-${'A'.repeat(86)}==`;
const BYTES = Buffer.from('not a model, but bytes with a hash');
const source = {
  package: 'carrier',
  version: '1.0.0',
  integrity: INTEGRITY,
  path: 'model/x.onnx',
  sha256: sha256Of(BYTES),
};
const manifestWith = (sha256: string): ModelManifest =>
  ({
    version: 1,
    models: [{ id: 'detect', file: 'x.onnx', sha256, source: { kind: 'npm', ...source }, transform: { kind: 'none' } }],
  }) as unknown as ModelManifest;

let folder: string;
let lines: string[];
const preparation = () => ({ cacheFolder: join(folder, 'cache'), print: (line: string) => void lines.push(line) });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-models-'));
  lines = [];
  await mkdir(join(folder, 'cache/packages/carrier-1.0.0/model'), { recursive: true });
  await writeFile(join(folder, 'cache/packages/carrier-1.0.0/model/x.onnx'), BYTES);
});
afterEach(() => rm(folder, { recursive: true }));

describe('preparing models', () => {
  it('writes what the cache holds, without the network, and does nothing the second time', async () => {
    const models = join(folder, 'models');
    expect(await prepareModels(manifestWith(source.sha256), models, preparation())).toBe(1);
    expect(await prepareModels(manifestWith(source.sha256), models, preparation())).toBe(0);
    expect(await readFile(join(models, 'x.onnx'))).toEqual(BYTES);
    expect([await readdir(models), lines.length]).toEqual([['x.onnx'], 1]);
  });

  it('replaces a file that has changed since', async () => {
    const models = join(folder, 'models');
    await mkdir(models);
    await writeFile(join(models, 'x.onnx'), 'tampered');
    expect(await prepareModels(manifestWith(source.sha256), models, preparation())).toBe(1);
    expect(await readFile(join(models, 'x.onnx'))).toEqual(BYTES);
  });

  it('refuses a result that the manifest does not promise, and writes nothing', async () => {
    const models = join(folder, 'models');
    await mkdir(models);
    await expect(prepareModels(manifestWith('0'.repeat(64)), models, preparation())).rejects.toThrow(
      `x.onnx came out with SHA-256 ${source.sha256}`,
    );
    expect(await readdir(models)).toEqual([]);
  });

  it('brings the voice activity model beside them, as published', async () => {
    const models = join(folder, 'models');
    const voice = { file: 'voice.onnx', sha256: source.sha256, source: { kind: 'npm', ...source } };
    const manifest = (change: object): ModelManifest =>
      ({ version: 1, models: [], voice: { ...voice, ...change } }) as unknown as ModelManifest;
    expect(await prepareModels(manifest({}), models, preparation())).toBe(1);
    expect(await prepareModels(manifest({}), models, preparation())).toBe(0);
    expect(await readFile(join(models, 'voice.onnx'))).toEqual(BYTES);
    const other = { file: 'other.onnx', sha256: '0'.repeat(64) };
    await expect(prepareModels(manifest(other), models, preparation())).rejects.toThrow('differ');
    const own = { file: 'other.onnx', source: { kind: 'operator', supplier: 'a bank' } };
    await expect(prepareModels(manifest(own), models, preparation())).rejects.toThrow('other.onnx comes from a bank');
    expect(await readdir(models)).toEqual(['voice.onnx']);
  });

  it('brings all that text is read with, the dictionary too', async () => {
    const models = join(folder, 'models');
    const part = (file: string) => ({ file, sha256: source.sha256, source: { kind: 'npm', ...source } });
    const files = {
      detect: part('d.onnx'),
      recognise: part('r.onnx'),
      direction: part('c.onnx'),
      dictionary: part('k.txt'),
    };
    const manifest = { version: 1, models: [], text: { files } } as unknown as ModelManifest;
    expect(await prepareModels(manifest, models, preparation())).toBe(4);
    expect(await prepareModels(manifest, models, preparation())).toBe(0);
    expect((await readdir(models)).sort()).toEqual(['c.onnx', 'd.onnx', 'k.txt', 'r.onnx']);
  });

  it('brings media in the same way', async () => {
    const media: MediaManifest = { version: 1, media: [{ ...source, file: 'x.webm', licence: 'MIT' }] };
    expect(await prepareMedia(media, join(folder, 'media'), preparation())).toBe(1);
    expect(await readFile(join(folder, 'media/x.webm'))).toEqual(BYTES);
  });
});

describe('flushing denormals', () => {
  it('zeroes only weights under the limit', () => {
    const weights = Buffer.from(Float32Array.of(1e-21, -1e-30, 1e-19, -2, 0).buffer);
    const { ModelProto } = onnxProto.onnx;
    const model = ModelProto.encode({ graph: { initializer: [{ dataType: 1, rawData: weights }] } }).finish();
    const result = flushDenormals(model, 1e-20);
    const raw = Buffer.from(ModelProto.decode(result.model).graph!.initializer![0]!.rawData!);
    const values = Array.from({ length: 5 }, (_, i) => raw.readFloatLE(4 * i));
    expect([result.flushed, values]).toEqual([2, [0, 0, Math.fround(1e-19), -2, 0]]);
  });
});
