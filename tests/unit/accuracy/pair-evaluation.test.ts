import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/main/comparison/seeded-random.ts';
import { modelManifestSchema } from '../../../src/main/inference/model-manifest.ts';
import type { Failure } from '../../../src/shared/reasons.ts';
import type { Result } from '../../../src/shared/result.ts';
import type { LabelledPair } from '../../accuracy/dataset.ts';
import type { EmbeddingCache } from '../../accuracy/embedding-cache.ts';
import { evaluatePairs } from '../../accuracy/pair-evaluation.ts';
import { withThresholds } from '../../accuracy/threshold-writer.ts';

/** Embeddings by file name: person p's are all along axis p, the chip's a little off; `z` has no face. */
const CACHE: EmbeddingCache = {
  computed: () => 0,
  embed: async (file, side) => {
    if (file.startsWith('z')) return 'no-face';
    const axis = file.charCodeAt(0) - 'a'.charCodeAt(0);
    const embedding = new Float32Array(4);
    embedding[axis] = side === 'chip' ? 0.8 : 1;
    embedding[3] = side === 'chip' ? 0.6 : 0;
    return embedding;
  },
};
const pair = (a: string, b: string, same: boolean): LabelledPair => ({ a, b, same, fold: a === 'a1' ? 1 : 2 });
const PAIRS = [pair('a1', 'a2', true), pair('a1', 'b1', false), pair('b1', 'b2', true), pair('b2', 'c1', false)];
const evaluate = (pairs: readonly LabelledPair[], kind: 'live-live' | 'live-chip', cross: boolean) =>
  evaluatePairs(pairs, kind, cross, CACHE, seededRandom(1), () => undefined);

function valueOf<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

describe('pair evaluation', () => {
  it('scores listed pairs, and with cross pairs every image with every other but itself', async () => {
    const listed = await evaluate(PAIRS, 'live-live', false);
    expect(listed).toMatchObject({ images: 5, subjects: 3, genuinePairs: 2, impostorPairs: 2, rates: [] });
    expect(listed.listed).toMatchObject({
      pairs: 4,
      refusedWithoutFace: 0,
      best: { accuracy: 1 },
      folded: { mean: 1 },
    });
    expect(await evaluate(PAIRS, 'live-live', true)).toMatchObject({ genuinePairs: 2, impostorPairs: 8 });
  });

  it('takes each image once as live and once as chip for live-chip', async () => {
    const crossed = await evaluate(PAIRS, 'live-chip', true);
    expect(crossed).toMatchObject({ genuinePairs: 4, impostorPairs: 16, equalErrorRate: 0 });
  });

  it('counts a pair without a face as refused, and claims no rate without the pairs for it', async () => {
    const withMissing = await evaluate([...PAIRS, pair('z1', 'z2', true), pair('z1', 'a1', false)], 'live-live', false);
    expect(withMissing).toMatchObject({ withoutFace: 2, genuinePairs: 2, impostorPairs: 2 });
    expect(withMissing.listed).toMatchObject({ pairs: 6, refusedWithoutFace: 2, best: { accuracy: 5 / 6 } });
    expect(withMissing.unsupported).toEqual([1e-2, 1e-3, 1e-4, 1e-5]);
  });
});

describe('writing thresholds', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../models/manifest.json'), 'utf8');
  const facts = {
    command: 'npm run accuracy -- --lfw lfw',
    commit: 'abc1234',
    changed: false,
    chain: 'x',
    date: '2026-01-01',
    machine: { processor: 'p', cores: 2, node: 'v24' },
    cpuSeconds: 1,
    loadAverage: 1,
  };

  it('replaces the tables of the kinds that were measured and nothing else', async () => {
    const small = await evaluate(PAIRS, 'live-live', true);
    const rate = {
      trueAcceptRate: 0.98,
      trueAcceptInterval: { low: 0.97, high: 0.99 },
      measuredFar: 0,
      falseAcceptInterval: { low: 0, high: 1 },
    };
    const rates = [
      { ...rate, far: 1e-2, threshold: 0.25 },
      { ...rate, far: 1e-5, threshold: 0.475 },
    ];
    const measured = { ...small, impostorPairs: 400_000, subjects: 300, rates };
    const written = modelManifestSchema.parse(valueOf(withThresholds(text, [measured], 'LFW', facts)));
    const before = modelManifestSchema.parse(JSON.parse(text));
    const feature = written.models.find(({ id }) => id === 'feature')!;
    const [live, chip] = feature.thresholds!;
    expect(live?.points).toEqual([
      { far: 1e-2, cosine: 0.25, trueAcceptRate: 0.98 },
      { far: 1e-5, cosine: 0.475, trueAcceptRate: 0.98 },
    ]);
    expect(live?.measured).toContain('400000 different-person pairs');
    expect(live?.measured).toContain('"npm run accuracy -- --lfw lfw" at commit abc1234, 2026-01-01');
    expect(chip).toEqual(before.models.find(({ id }) => id === 'feature')!.thresholds![1]);
    const others = (manifest: typeof before) => manifest.models.filter(({ id }) => id !== 'feature');
    expect(others(written)).toEqual(others(before));
  });

  it('refuses data that is too small to ship a table from', async () => {
    const small = await evaluate(PAIRS, 'live-live', true);
    const refused = withThresholds(text, [small], 'nine stills', facts);
    expect(refused.ok ? '' : refused.error.detail).toContain('make no table');
  });
});
