import type { FaceQuality, QualityFinding, QualityReason } from '../../shared/domain/face-quality.ts';
import { QUALITY_REASONS } from '../../shared/domain/face-quality.ts';
import type { FaceAppearance } from './face-appearance.ts';
import type { HeadPose } from './head-pose.ts';

/** How the face lies in its frame; see `placementOf`. */
export interface FacePlacement {
  /** Height of the face as a share of the frame's. */
  readonly heightShare: number;
  /** Distance of the face's centre from the frame's, as a share of the frame; the larger of both axes. */
  readonly offCentre: number;
  readonly rollDegrees: number;
  readonly interOcularPixels: number;
}

/** Everything that quality is judged by. What wasn't measured is null and makes no finding. */
export interface FaceMeasurements {
  /** Faces that are about as large as the main one, itself included. */
  readonly faces: number;
  readonly placement: FacePlacement;
  readonly appearance: FaceAppearance;
  readonly pose: HeadPose | null;
  /** The larger of both eyes' probabilities of being open. */
  readonly widestEyeOpen: number | null;
}

/** `ideal` scores 100, `limit` 50; beyond `limit` the measure becomes a finding. */
interface Limit {
  readonly ideal: number;
  readonly limit: number;
}

/**
 * First values, read off still pictures and webcam videos of a handful of people and off blurred, darkened and
 * reduced copies of them. Units are those of the measure.
 */
export const QUALITY_LIMITS: Readonly<Record<Exclude<QualityReason, 'no-face'>, Limit>> = {
  'several-faces': { ideal: 1, limit: 1 },
  'too-far': { ideal: 0.35, limit: 0.22 },
  'too-near': { ideal: 0.6, limit: 0.82 },
  'off-centre': { ideal: 0, limit: 0.2 },
  yaw: { ideal: 0, limit: 25 },
  pitch: { ideal: 0, limit: 26 },
  roll: { ideal: 0, limit: 20 },
  dark: { ideal: 110, limit: 45 },
  bright: { ideal: 150, limit: 215 },
  'uneven-light': { ideal: 1, limit: 2.2 },
  blurred: { ideal: 60, limit: 14 },
  'eyes-closed': { ideal: 1, limit: 0.35 },
  'low-resolution': { ideal: 80, limit: 40 },
};

/** The median of 3,074 LFW pictures; the middle 90 % of them lie within 14 degrees of it. */
const FRONTAL_PITCH_DEGREES = -4;

/** The finding for a frame without any face. */
export const NO_FACE: FaceQuality = { score: 0, reasons: [{ reason: 'no-face', value: 0, limit: 1 }] };

/**
 * Judges a face. The score is the mean of the worst measure and of all measures, so that one bad measure can't hide
 * behind many good ones.
 *
 * @param skip measures that make no sense for this picture.
 */
export function assessQuality(measured: FaceMeasurements, skip: readonly QualityReason[] = []): FaceQuality {
  const values = valuesOf(measured);
  const reasons: QualityFinding[] = [];
  const scores: number[] = [];
  for (const reason of QUALITY_REASONS) {
    const value = reason === 'no-face' || skip.includes(reason) ? undefined : values[reason];
    if (reason === 'no-face' || value === undefined) continue;
    const { limit } = QUALITY_LIMITS[reason];
    if (isBeyond(reason, value)) reasons.push({ reason, value, limit });
    scores.push(scoreOf(reason, value));
  }
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const score = Math.round((Math.min(...scores) + mean) / 2);
  return { score: reasons.length > 0 ? Math.min(score, 49) : Math.max(score, 50), reasons };
}

/**
 * The most important thing that is wrong, with each measure's limit moved by `slackFor`; see `isBeyond`. Null when
 * nothing is.
 */
export function mostImportantReason(
  measured: FaceMeasurements,
  slackFor: (reason: QualityReason) => number,
  skip: readonly QualityReason[],
): QualityReason | null {
  const values = valuesOf(measured);
  for (const reason of QUALITY_REASONS) {
    if (reason === 'no-face' || skip.includes(reason)) continue;
    const value = values[reason];
    if (value !== undefined && isBeyond(reason, value, slackFor(reason))) return reason;
  }
  return null;
}

type Values = Partial<Record<Exclude<QualityReason, 'no-face'>, number>>;

function valuesOf({ faces, placement, appearance, pose, widestEyeOpen }: FaceMeasurements): Values {
  return {
    'several-faces': faces,
    'too-far': placement.heightShare,
    'too-near': placement.heightShare,
    'off-centre': placement.offCentre,
    roll: Math.abs(placement.rollDegrees),
    dark: appearance.meanLuma,
    bright: appearance.meanLuma,
    'uneven-light': appearance.sideRatio,
    blurred: appearance.sharpness,
    'low-resolution': placement.interOcularPixels,
    ...(pose ? { yaw: Math.abs(pose.yaw), pitch: Math.abs(pose.pitch - FRONTAL_PITCH_DEGREES) } : {}),
    ...(widestEyeOpen === null ? {} : { 'eyes-closed': widestEyeOpen }),
  };
}

/**
 * Whether a value is past its limit; `slack` moves the limit outwards (above 1) or inwards (below 1) by that factor
 * of the distance between ideal and limit.
 */
export function isBeyond(reason: Exclude<QualityReason, 'no-face'>, value: number, slack = 1): boolean {
  const { ideal, limit } = QUALITY_LIMITS[reason];
  const edge = ideal + (limit - ideal) * slack;
  return limit >= ideal ? value > edge : value < edge;
}

/** 100 at the ideal or better, 50 at the limit, 0 at twice that distance and beyond. */
function scoreOf(reason: Exclude<QualityReason, 'no-face'>, value: number): number {
  const { ideal, limit } = QUALITY_LIMITS[reason];
  if (limit === ideal) return value > limit ? 0 : 100;
  const distance = (value - ideal) / (limit - ideal);
  return 100 * Math.max(0, Math.min(1, 1 - distance / 2));
}
