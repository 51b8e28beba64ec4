import { z } from 'zod';

/**
 * What can be wrong with a face in a frame, most important first (after ISO/IEC 29794-5). The order is the order in
 * which a person is told: where to stand comes before the light, and the light before the picture's sharpness.
 */
export const QUALITY_REASONS = [
  'no-face',
  'several-faces',
  'too-far',
  'too-near',
  'off-centre',
  'yaw',
  'pitch',
  'roll',
  'occluded',
  'dark',
  'bright',
  'uneven-light',
  'glasses-glare',
  'blurred',
  'eyes-closed',
  'mouth-open',
  'low-resolution',
] as const;
export type QualityReason = (typeof QUALITY_REASONS)[number];

/** One finding: what was measured, and the limit that it is beyond, in the unit of the reason. */
export interface QualityFinding {
  readonly reason: QualityReason;
  readonly value: number;
  readonly limit: number;
}

export interface FaceQuality {
  /** 0–100; below 50 at least one measure is beyond its limit. */
  readonly score: number;
  /** Most important first; empty when the face is good. */
  readonly reasons: readonly QualityFinding[];
}

/** The reasons that have a limit which can be moved; how many faces are there is no matter of degree. */
export type MeasuredReason = Exclude<QualityReason, 'no-face' | 'several-faces'>;

/** `ideal` scores 100, `limit` 50; a value beyond `limit` (seen from `ideal`) is a finding. */
export interface QualityLimit {
  readonly ideal: number;
  readonly limit: number;
}

/** A limit as it comes, and the range in which a scene may put it. */
interface AdjustableLimit extends QualityLimit {
  readonly min: number;
  readonly max: number;
  readonly unit: 'share' | 'degrees' | 'luma' | 'ratio' | 'sharpness' | 'pixels';
}

/**
 * First values, read off still pictures and webcam videos of a handful of people and off blurred, darkened, reduced and
 * painted copies of them. `share` is 0..1 of the frame's height or width (`too-far`, `too-near`, `off-centre`), of how
 * surely the face is covered, of the eyes' surroundings, of how surely an eye is open; `ratio` is lighter over darker
 * half, or height over width of the mouth's opening; `luma` is 0..255; `sharpness` is the variance of the Laplacian of
 * the aligned face; `pixels` are those between the eyes.
 */
export const QUALITY_LIMITS: Readonly<Record<MeasuredReason, AdjustableLimit>> = {
  'too-far': { ideal: 0.35, limit: 0.22, min: 0.05, max: 0.34, unit: 'share' },
  'too-near': { ideal: 0.6, limit: 0.82, min: 0.5, max: 1, unit: 'share' },
  'off-centre': { ideal: 0, limit: 0.2, min: 0.05, max: 0.5, unit: 'share' },
  yaw: { ideal: 0, limit: 25, min: 5, max: 60, unit: 'degrees' },
  pitch: { ideal: 0, limit: 26, min: 5, max: 60, unit: 'degrees' },
  roll: { ideal: 0, limit: 20, min: 5, max: 60, unit: 'degrees' },
  occluded: { ideal: 0.3, limit: 0.5, min: 0.35, max: 1, unit: 'share' },
  dark: { ideal: 110, limit: 45, min: 10, max: 100, unit: 'luma' },
  bright: { ideal: 150, limit: 215, min: 160, max: 250, unit: 'luma' },
  'uneven-light': { ideal: 1, limit: 2.2, min: 1.2, max: 5, unit: 'ratio' },
  'glasses-glare': { ideal: 0.005, limit: 0.03, min: 0.01, max: 0.3, unit: 'share' },
  blurred: { ideal: 60, limit: 14, min: 1, max: 55, unit: 'sharpness' },
  'eyes-closed': { ideal: 1, limit: 0.35, min: 0.05, max: 0.9, unit: 'share' },
  'mouth-open': { ideal: 0.1, limit: 0.4, min: 0.15, max: 1, unit: 'ratio' },
  'low-resolution': { ideal: 80, limit: 40, min: 20, max: 75, unit: 'pixels' },
};
export const MEASURED_REASONS: readonly MeasuredReason[] = QUALITY_REASONS.filter(
  (reason): reason is MeasuredReason => reason !== 'no-face' && reason !== 'several-faces',
);

/** Limits that a scene puts elsewhere; what is absent stays as it comes. */
export type QualityLimits = Readonly<Partial<Record<MeasuredReason, number | undefined>>>;

/** Limits of a scene, each in its range. */
export const qualityLimitsSchema = z.strictObject(
  Object.fromEntries(
    MEASURED_REASONS.map((reason) => {
      const { min, max } = QUALITY_LIMITS[reason];
      return [reason, z.number().min(min).max(max).optional()];
    }),
  ) as Record<MeasuredReason, z.ZodOptional<z.ZodNumber>>,
);

/**
 * The limit of a reason in a scene. The ideal moves with a limit that would pass it, so that a value stays either good
 * or bad in the same direction.
 */
export function limitFor(reason: MeasuredReason, limits: QualityLimits = {}): QualityLimit {
  const { ideal, limit } = QUALITY_LIMITS[reason];
  const chosen = limits[reason] ?? limit;
  const passesIdeal = limit > ideal ? chosen <= ideal : chosen >= ideal;
  return { ideal: passesIdeal ? (ideal * chosen) / limit : ideal, limit: chosen };
}
