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
  'dark',
  'bright',
  'uneven-light',
  'blurred',
  'eyes-closed',
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
