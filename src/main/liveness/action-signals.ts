import type { MeshFrame } from '../../shared/domain/framed-judge.ts';
import { orientationOf, type HeadOrientation } from './head-orientation.ts';

/** What one frame's mesh says about a face; angles in degrees, see `HeadOrientation`. */
export interface FaceSignals extends HeadOrientation {
  readonly atMs: number;
  /** Height over width of the eyes' openings (Soukupová & Čech 2016); left and right are the person's own. */
  readonly leftEye: number;
  readonly rightEye: number;
  /** Mean height of the gap between the lips over the distance of the eyes' outer corners. */
  readonly mouth: number;
  /** Middle between the eyes' outer corners in pixels, and their distance. */
  readonly x: number;
  readonly y: number;
  readonly eyeDistance: number;
}

type Eye = readonly [outer: number, top1: number, top2: number, inner: number, bottom2: number, bottom1: number];

const RIGHT_EYE: Eye = [33, 160, 158, 133, 153, 144];
const LEFT_EYE: Eye = [263, 387, 385, 362, 380, 373];
/** Points of the upper and the lower lip's inner edge. */
const LIP_PAIRS = [
  [13, 14],
  [81, 178],
  [311, 402],
] as const;

/** @param mesh points as x, y, z one after the other, pixels of the frame. @param atMs when it was captured. */
export function signalsOf(mesh: Float32Array, atMs: MeshFrame['capturedAtMs']): FaceSignals {
  const distance = (a: number, b: number): number =>
    Math.hypot(mesh[3 * a]! - mesh[3 * b]!, mesh[3 * a + 1]! - mesh[3 * b + 1]!);
  const opening = ([outer, top1, top2, inner, bottom2, bottom1]: Eye): number =>
    (distance(top1, bottom1) + distance(top2, bottom2)) / (2 * Math.max(distance(outer, inner), 1e-6));
  const [right, left] = [RIGHT_EYE[0], LEFT_EYE[0]];
  const eyeDistance = Math.max(distance(right, left), 1e-6);
  const gap = LIP_PAIRS.reduce((sum, [upper, lower]) => sum + distance(upper, lower) / LIP_PAIRS.length, 0);
  return {
    ...orientationOf(mesh),
    atMs,
    leftEye: opening(LEFT_EYE),
    rightEye: opening(RIGHT_EYE),
    mouth: gap / eyeDistance,
    x: (mesh[3 * right]! + mesh[3 * left]!) / 2,
    y: (mesh[3 * right + 1]! + mesh[3 * left + 1]!) / 2,
    eyeDistance,
  };
}

/** Numbers of a face at rest that the same person's actions are measured from. */
export type RestingFace = Pick<FaceSignals, 'yaw' | 'pitch' | 'aspect' | 'leftEye' | 'rightEye' | 'mouth'>;

/** Medians of each signal; null of nothing. */
export function restingFace(frames: readonly FaceSignals[]): RestingFace | null {
  if (frames.length === 0) return null;
  const middle = (key: keyof RestingFace): number =>
    frames.map((frame) => frame[key]).sort((a, b) => a - b)[frames.length >> 1]!;
  return {
    yaw: middle('yaw'),
    pitch: middle('pitch'),
    aspect: middle('aspect'),
    leftEye: middle('leftEye'),
    rightEye: middle('rightEye'),
    mouth: middle('mouth'),
  };
}
