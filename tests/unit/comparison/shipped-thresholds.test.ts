import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createThresholdTable } from '../../../src/main/comparison/threshold-table.ts';
import { modelManifestSchema } from '../../../src/main/inference/model-manifest.ts';
import { PAIR_KINDS } from '../../../src/shared/domain/comparison.ts';

const manifest = modelManifestSchema.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../models/manifest.json'), 'utf8')),
);
const curves = manifest.models.find(({ id }) => id === 'feature')?.thresholds ?? [];

describe.each(PAIR_KINDS)('the table that ships for %s', (kind) => {
  const curve = curves.find((one) => one.kind === kind)!;
  const table = createThresholdTable(curves);

  it('rises in cosine and falls in both rates', () => {
    expect(curve.points.length).toBeGreaterThanOrEqual(8);
    for (const [i, point] of curve.points.entries()) {
      const before = curve.points[i - 1];
      if (!before) continue;
      expect(point.cosine).toBeGreaterThan(before.cosine);
      expect(point.far).toBeLessThan(before.far);
      expect(point.trueAcceptRate!).toBeLessThanOrEqual(before.trueAcceptRate!);
    }
  });

  it('was measured down to every rate that a scene may ask for, and scores 60, 80, 90 and 95 there', () => {
    const scores = [1e-2, 1e-3, 1e-4, 1e-5].map((far) => table.compare(table.thresholdFor(kind, far), kind).score);
    expect(scores.map((score) => Math.round(score * 1e6) / 1e6)).toEqual([60, 80, 90, 95]);
  });

  it('says on what and how it was measured, with enough pairs for its lowest rate', () => {
    const impostors = Number(/and (\d+) different-person pairs/.exec(curve.measured)?.[1]);
    expect(impostors).toBeGreaterThanOrEqual(3 / curve.points.at(-1)!.far);
    expect(curve.measured).toMatch(/npm run accuracy -- .*at commit [0-9a-f]{7,}, \d{4}-\d\d-\d\d/);
  });
});
