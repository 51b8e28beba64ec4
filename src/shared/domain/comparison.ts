import { z } from 'zod';

/** What is on the two sides of a comparison; chip portraits are small and squeezed, so they score lower. */
export const PAIR_KINDS = ['live-live', 'live-chip'] as const;
export const pairKindSchema = z.enum(PAIR_KINDS);
export type PairKind = (typeof PAIR_KINDS)[number];

/**
 * One measured curve: at which cosine similarity which share of pairs of different people would be accepted.
 * Points are ordered by rising similarity, so by falling rate; between two, log10 of the rate is linear.
 */
export const thresholdCurveSchema = z.object({
  kind: pairKindSchema,
  measured: z.string().min(1),
  points: z
    .array(
      z.object({
        /** False accept rate, 0..1. */
        far: z.number().gt(0).lte(1),
        /** Cosine similarity of the two embeddings, -1..1. */
        cosine: z.number().min(-1).max(1),
        /** Share of pairs of the same person accepted there, where it was measured. */
        trueAcceptRate: z.number().min(0).max(1).optional(),
      }),
    )
    .min(2)
    .refine(
      (points) => points.every((p, i) => i === 0 || (p.cosine > points[i - 1]!.cosine && p.far < points[i - 1]!.far)),
      'points have to rise in cosine and fall in far',
    ),
});
export type ThresholdCurve = z.infer<typeof thresholdCurveSchema>;

/** `grey` is for a clerk to decide: too similar to refuse, not similar enough for the scene's rate. */
export type ComparisonOutcome = 'match' | 'grey' | 'no-match';

/** The outcome of one 1:1 comparison. */
export interface FaceComparison {
  /** Cosine of the two embeddings, -1..1. */
  readonly similarity: number;
  /** 0–100, where 60, 80, 90 and 95 are false accept rates of 1e-2, 1e-3, 1e-4 and 1e-5. */
  readonly score: number;
  /** The false accept rate of accepting everything at least this similar; never below the lowest measured one. */
  readonly far: number;
  readonly kind: PairKind;
}
