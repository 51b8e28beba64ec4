import type { Baseline } from './action-baseline.ts';
import type { FaceSignals } from './action-signals.ts';
import { reliefBetween } from './head-relief.ts';

/** What a turn or a nod showed of the head's depth. */
export interface DepthEvidence {
  /** See `HeadRelief`. */
  readonly affineResidual: number;
  readonly reliefDegrees: number;
  /** Relief over the angle that the pose says: about 0.75–1.2 for heads. */
  readonly reliefShare: number;
  /**
   * Smallest aspect on the way, over the aspect at rest: at least 0.95 for heads, 0.83–0.93 for flat photos turned far
   * enough for the mesh model to take them for a turned head.
   */
  readonly leastAspect: number;
}

/** Measured on development clips: 9 turns and 4 nods of persons, and photos that were turned in software. */
const LIMITS = { affineResidual: 0.03, reliefShare: 0.5, leastAspect: 0.93 } as const;

/** Frames of the way to the turned position that are looked back on. */
const WAY_MS = 800;
/** Further turned, the aspect itself becomes uncertain. */
const WAY_WITHIN_DEGREES = 14;

/** Whether the way that a face turned is that of a solid head and not of a turned picture. */
export function isSolid({ affineResidual, reliefShare, leastAspect }: DepthEvidence): boolean {
  return (
    affineResidual >= LIMITS.affineResidual && reliefShare >= LIMITS.reliefShare && leastAspect >= LIMITS.leastAspect
  );
}

export interface DepthWatch {
  see(face: FaceSignals, mesh: Float32Array): void;
  /** Compares the furthest mesh since `sinceMs` with the frontal one. */
  measure(axis: 'yaw' | 'pitch', sinceMs: number): DepthEvidence | null;
}

/** Frames have to come in order of time. */
export function watchDepth(baseline: Baseline): DepthWatch {
  let recent: { readonly face: FaceSignals; readonly mesh: Float32Array }[] = [];
  const { rest } = baseline;
  return {
    see: (face, mesh) => {
      recent = recent.filter((frame) => face.atMs - frame.face.atMs <= 3 * WAY_MS);
      recent.push({ face, mesh: Float32Array.from(mesh) });
    },
    measure: (axis, sinceMs) => {
      const angleOf = (face: FaceSignals): number => Math.abs(face[axis] - rest[axis]);
      const way = recent.filter(({ face }) => face.atMs >= sinceMs - WAY_MS);
      const furthest = way.reduce<(typeof way)[number] | null>(
        (best, frame) => (!best || angleOf(frame.face) > angleOf(best.face) ? frame : best),
        null,
      );
      if (!furthest) return null;
      const relief = reliefBetween(baseline.mesh, furthest.mesh, baseline.scale);
      const near = way.filter(({ face }) => angleOf(face) < WAY_WITHIN_DEGREES);
      return {
        affineResidual: relief.affineResidual,
        reliefDegrees: relief.degrees,
        reliefShare: relief.degrees / Math.max(angleOf(furthest.face), 1),
        leastAspect: Math.min(1.5, ...near.map(({ face }) => face.aspect / rest.aspect)),
      };
    },
  };
}
