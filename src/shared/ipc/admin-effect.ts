import { z } from 'zod';
import type { PairKind } from '../domain/comparison.ts';

/** Below this many comparisons their shares say nothing about the next ones. */
export const FEW_COMPARISONS = 30;
/** As many of the newest comparisons are looked at. */
export const LOOKED_AT_COMPARISONS = 2_000;
export const HISTOGRAM_BINS = 20;

/** What would have become of the stored comparisons at one false-accept rate. */
export interface EffectAtRate {
  readonly far: number;
  readonly passed: number;
  readonly review: number;
  readonly refused: number;
}

/** What the choice of a false-accept rate would have meant to this terminal's own comparisons. */
export interface ThresholdEffect {
  readonly comparisons: number;
  /** What was compared; null without any comparison. */
  readonly kind: PairKind | null;
  readonly oldestAtMs: number | null;
  readonly newestAtMs: number | null;
  readonly rates: readonly EffectAtRate[];
  /** Counts by score, `HISTOGRAM_BINS` bins of equal width over 0–100. */
  readonly histogram: readonly number[];
}

/** Channels of the scene page that look at past comparisons: request schema by channel. */
export const ADMIN_EFFECT_CHANNELS = {
  'admin:threshold-effect': z.strictObject({ sceneId: z.string().max(20).nullable() }),
} as const;

export interface AdminEffectAnswers {
  'admin:threshold-effect': ThresholdEffect;
}
