import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mediaManifestSchema, MODEL_IDS, modelManifestSchema } from '../../../src/main/inference/model-manifest.ts';

const manifest = JSON.parse(readFileSync('models/manifest.json', 'utf8')) as {
  models: { id: string; source: Record<string, unknown>; thresholds?: { points: unknown[] }[] }[];
};
const changed = (change: (copy: typeof manifest) => void): unknown => {
  const copy = structuredClone(manifest);
  change(copy);
  return copy;
};

describe('model manifest', () => {
  it('is valid and has every model once', () => {
    const parsed = modelManifestSchema.parse(manifest);
    expect(parsed.models.map(({ id }) => id).sort()).toEqual([...MODEL_IDS].sort());
  });

  it.each<[string, (copy: typeof manifest) => void]>([
    ['a model is missing', (copy) => void copy.models.pop()],
    ['a model is there twice', (copy) => void copy.models.push(copy.models[0]!)],
    ['a hash is cut', (copy) => void (copy.models[0]!.source['sha256'] = 'abc')],
    ['a path leaves its package', (copy) => void (copy.models[0]!.source['path'] = '../../x.onnx')],
    [
      'the embedding has no thresholds',
      (copy) => void delete copy.models.find(({ id }) => id === 'feature')!.thresholds,
    ],
    [
      'a curve is upside down',
      (copy) => void copy.models.find(({ id }) => id === 'feature')!.thresholds![0]!.points.reverse(),
    ],
    ['a kind of pair has no curve', (copy) => void copy.models.find(({ id }) => id === 'feature')!.thresholds!.pop()],
  ])('is refused when %s', (_, change) => {
    expect(modelManifestSchema.safeParse(changed(change)).success).toBe(false);
  });
});

describe('media manifest', () => {
  it('is valid', () => {
    const media: unknown = JSON.parse(readFileSync('tests/fixtures/media.json', 'utf8'));
    expect(mediaManifestSchema.parse(media).media.length).toBeGreaterThanOrEqual(3);
  });
});
