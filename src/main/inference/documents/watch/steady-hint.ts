import type { DocumentHint } from '../../../../shared/domain/document-reading.ts';

/** A hint that changes must stay true for this long before people see it. */
export const HINT_HOLD_MS = 250;

/** Turns what is wrong with each picture into a hint that doesn't flicker. */
export interface SteadyHint {
  see(problem: DocumentHint | null, capturedAtMs: number): DocumentHint | null;
  shown(): DocumentHint | null;
}

/** Shows the first picture's problem, or none, at once; what comes after it when it has lasted for `HINT_HOLD_MS`. */
export function createSteadyHint(): SteadyHint {
  let shown: DocumentHint | null = null;
  let candidate: DocumentHint | null = null;
  let sinceMs: number | null = null;
  return {
    shown: () => shown,
    see: (problem, capturedAtMs) => {
      if (sinceMs === null) shown = problem;
      if (sinceMs === null || problem !== candidate) {
        candidate = problem;
        sinceMs = capturedAtMs;
      }
      if (capturedAtMs - sinceMs >= HINT_HOLD_MS) shown = candidate;
      return shown;
    },
  };
}
