import { restingFace, type FaceSignals, type RestingFace } from './action-signals.ts';
import { meanMesh } from './head-relief.ts';

/** How long a face has to look ahead before anything is asked of it. */
export const BASELINE_MS = 500;
/** Frontal: a camera above or below the face shifts the pitch. */
const FRONTAL = { yaw: 15, pitch: 22, roll: 18 } as const;
/** Within the window the head stays this still, and the lips too. */
const STILL_DEGREES = 7;
const STILL_LIPS = 0.08;

/** A person's own face at rest: what their actions are measured from. */
export interface Baseline {
  readonly rest: RestingFace;
  /** Mean mesh, and its scale. */
  readonly mesh: Float32Array;
  readonly scale: number;
}

export interface BaselineWatch {
  /** The baseline once the face has looked ahead for long enough, else how far that has come (0–1). */
  see(face: FaceSignals, mesh: Float32Array): Baseline | { readonly done: number; readonly frontal: boolean };
  reset(): void;
}

/** Begins without a baseline; the face has to look ahead and hold still for one. */
export function watchBaseline(): BaselineWatch {
  let window: { readonly face: FaceSignals; readonly mesh: Float32Array }[] = [];
  const fits = (face: FaceSignals): boolean => {
    const first = window[0]?.face ?? face;
    const still = Math.hypot(face.yaw - first.yaw, face.pitch - first.pitch) < STILL_DEGREES;
    return still && Math.abs(face.mouth - first.mouth) < STILL_LIPS;
  };
  return {
    see: (face, mesh) => {
      const frontal =
        Math.abs(face.yaw) < FRONTAL.yaw && Math.abs(face.pitch) < FRONTAL.pitch && Math.abs(face.roll) < FRONTAL.roll;
      if (!frontal || !fits(face)) window = [];
      if (frontal) window.push({ face, mesh: Float32Array.from(mesh) });
      const spanMs = window.length === 0 ? 0 : face.atMs - window[0]!.face.atMs;
      const rest = restingFace(window.map((frame) => frame.face));
      const mean = meanMesh(window.map((frame) => frame.mesh));
      if (!rest || !mean || spanMs < BASELINE_MS || window.length < 5) {
        return { done: Math.min(1, spanMs / BASELINE_MS), frontal };
      }
      const scale = window.reduce((sum, frame) => sum + frame.face.scale / window.length, 0);
      return { rest, mesh: mean, scale };
    },
    reset: () => void (window = []),
  };
}
