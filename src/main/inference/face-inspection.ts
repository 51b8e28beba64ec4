import type { FaceQuality } from '../../shared/domain/face-quality.ts';
import type { PixelBox } from '../../shared/domain/liveness.ts';
import type { EyeState } from './eye-state.ts';
import type { HeadPose } from './head-pose.ts';

/** One face of an inspected picture, in the picture's pixels. */
export interface InspectedFace {
  readonly box: PixelBox;
  /** Probability of a face, 0..1. */
  readonly score: number;
  /** 68 points in iBUG order. */
  readonly landmarks: readonly (readonly [x: number, y: number])[];
  readonly pose: HeadPose;
  readonly eyes: EyeState;
  readonly quality: FaceQuality;
  readonly spoof: { readonly liveScore: number };
}

export const INSPECTION_STAGES = [
  'decode',
  'detect',
  'landmark',
  'mesh',
  'pose',
  'eyes',
  'spoof',
  'quality',
  'total',
] as const;

/** Milliseconds a stage; of all faces together. */
export type InspectionTimings = Readonly<Record<(typeof INSPECTION_STAGES)[number], number>>;

/** All faces of a picture, the main face (largest, then most central) first. */
export interface FaceInspection {
  readonly faces: readonly InspectedFace[];
  readonly timingsMs: InspectionTimings;
}
