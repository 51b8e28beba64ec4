import type { QualityLimits, QualityReason } from '../../shared/domain/face-quality.ts';
import { mostImportantReason, type FaceMeasurements } from './quality.ts';

/** A hint that changes must stay true for this long before people see it. */
export const HINT_HOLD_MS = 250;

/** A shown hint clears well inside its limit; a good face stays good until well outside. */
const CLEARS_AT = 0.88;
const LEAVES_AT = 1.12;

/** Guidance frames are reduced for speed, so their pixels say nothing about the camera's resolution. */
export const NOT_GUIDED: readonly QualityReason[] = ['low-resolution'];

export interface HintState {
  readonly hint: QualityReason | null;
  readonly ready: boolean;
}

/** Turns one measurement after another into a hint that doesn't flicker. */
export interface HintWatch {
  /** @param measured null when there is no face. */
  see(measured: FaceMeasurements | null, capturedAtMs: number): HintState;
}

/** @param limits what the scene asks for, where that differs. */
export function createHintWatch(limits: QualityLimits = {}): HintWatch {
  let shown: QualityReason | null = null;
  let candidate: QualityReason | null = null;
  let candidateSinceMs: number | null = null;
  const slackFor = (reason: QualityReason): number => (reason === shown ? CLEARS_AT : shown === null ? LEAVES_AT : 1);
  return {
    see: (measured, capturedAtMs) => {
      const current = measured ? mostImportantReason(measured, slackFor, NOT_GUIDED, limits) : 'no-face';
      if (candidateSinceMs === null) shown = current;
      if (candidateSinceMs === null || current !== candidate) {
        candidate = current;
        candidateSinceMs = capturedAtMs;
      }
      if (capturedAtMs - candidateSinceMs >= HINT_HOLD_MS) shown = candidate;
      const nobodyAlone = current === 'no-face' || current === 'several-faces';
      return { hint: shown, ready: shown === null && !nobodyAlone };
    },
  };
}
