import type { FaceQuality, QualityFinding, QualityLimit, QualityLimits } from '../../shared/domain/face-quality.ts';
import { limitFor, QUALITY_REASONS, type QualityReason } from '../../shared/domain/face-quality.ts';
import type { FaceAppearance } from './face-appearance.ts';
import type { FaceCovering } from './face-covering.ts';
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
  readonly covering: FaceCovering | null;
  /** Height over width of the mouth's opening. */
  readonly mouthOpening: number | null;
}

/** The median of 3,074 LFW pictures; the middle 90 % of them lie within 14 degrees of it. */
const FRONTAL_PITCH_DEGREES = -4;

/** More faces than one are never fine, however lenient a scene is. */
const ONE_FACE: QualityLimit = { ideal: 1, limit: 1 };

type JudgedReason = Exclude<QualityReason, 'no-face'>;

function limitOf(reason: JudgedReason, limits: QualityLimits): QualityLimit {
  return reason === 'several-faces' ? ONE_FACE : limitFor(reason, limits);
}

/**
 * Judges a face. The score is the mean of the worst measure and of all measures, so that one bad measure can't hide
 * behind many good ones.
 *
 * @param skip measures that make no sense for this picture.
 * @param limits what the scene asks for, where that differs.
 */
export function assessQuality(
  measured: FaceMeasurements,
  skip: readonly QualityReason[] = [],
  limits: QualityLimits = {},
): FaceQuality {
  const values = valuesOf(measured);
  const reasons: QualityFinding[] = [];
  const scores: number[] = [];
  for (const reason of QUALITY_REASONS) {
    const value = reason === 'no-face' || skip.includes(reason) ? undefined : values[reason];
    if (reason === 'no-face' || value === undefined) continue;
    const range = limitOf(reason, limits);
    if (isBeyond(range, value)) reasons.push({ reason, value, limit: range.limit });
    scores.push(scoreOf(range, value));
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
  limits: QualityLimits = {},
): QualityReason | null {
  const values = valuesOf(measured);
  for (const reason of QUALITY_REASONS) {
    if (reason === 'no-face' || skip.includes(reason)) continue;
    const value = values[reason];
    if (value !== undefined && isBeyond(limitOf(reason, limits), value, slackFor(reason))) return reason;
  }
  return null;
}

type Values = Partial<Record<JudgedReason, number>>;

function valuesOf(measured: FaceMeasurements): Values {
  const { faces, placement, appearance, pose, widestEyeOpen, covering, mouthOpening } = measured;
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
    ...(covering ? { occluded: covering.covered, 'glasses-glare': covering.glareShare } : {}),
    ...(mouthOpening === null ? {} : { 'mouth-open': mouthOpening }),
  };
}

/**
 * Whether a value is past its limit; `slack` moves the limit outwards (above 1) or inwards (below 1) by that factor
 * of the distance between ideal and limit.
 */
function isBeyond({ ideal, limit }: QualityLimit, value: number, slack = 1): boolean {
  const edge = ideal + (limit - ideal) * slack;
  return limit >= ideal ? value > edge : value < edge;
}

/** 100 at the ideal or better, 50 at the limit, 0 at twice that distance and beyond. */
function scoreOf({ ideal, limit }: QualityLimit, value: number): number {
  if (limit === ideal) return value > limit ? 0 : 100;
  const distance = (value - ideal) / (limit - ideal);
  return 100 * Math.max(0, Math.min(1, 1 - distance / 2));
}
