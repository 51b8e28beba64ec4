import type { PairKind } from '../../shared/domain/comparison.ts';
import { FAR_CHOICES } from '../../shared/domain/scene.ts';
import { HISTOGRAM_BINS, type EffectAtRate, type ThresholdEffect } from '../../shared/ipc/admin-effect.ts';
import type { ThresholdTable } from './threshold-table.ts';

export interface PastComparison {
  readonly startedAtMs: number;
  readonly similarity: number;
  readonly kind: PairKind;
}

/**
 * What each choice of a false-accept rate would have made of past comparisons, by the models' own measured table. It
 * only looks back: nothing is tuned by it. Pairs of the other kind than the newest are left out, because a similarity
 * means something else for each kind.
 */
export function effectOnPast(past: readonly PastComparison[], table: ThresholdTable): ThresholdEffect {
  const kind = past[0]?.kind ?? null;
  const same = past.filter((each) => each.kind === kind);
  const histogram = Array.from({ length: HISTOGRAM_BINS }, () => 0);
  for (const { similarity, kind: of } of same) {
    const bin = Math.floor((table.compare(similarity, of).score / 100) * HISTOGRAM_BINS);
    const at = Math.max(0, Math.min(HISTOGRAM_BINS - 1, bin));
    histogram[at] = (histogram[at] ?? 0) + 1;
  }
  const times = same.map(({ startedAtMs }) => startedAtMs);
  return {
    comparisons: same.length,
    kind,
    oldestAtMs: times.length === 0 ? null : Math.min(...times),
    newestAtMs: times.length === 0 ? null : Math.max(...times),
    rates: FAR_CHOICES.map((far) => effectAt(same, table, far)),
    histogram,
  };
}

function effectAt(past: readonly PastComparison[], table: ThresholdTable, far: number): EffectAtRate {
  const counted = { match: 0, grey: 0, 'no-match': 0 };
  for (const { similarity, kind } of past) counted[table.decide(similarity, kind, far)] += 1;
  return { far, passed: counted.match, review: counted.grey, refused: counted['no-match'] };
}
