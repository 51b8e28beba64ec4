import type { MeshFrame } from '../../shared/domain/framed-judge.ts';
import { CLOSED_SHARE, NOD_DEGREES, TURN_DEGREES, type DoneAction } from './action-watch.ts';
import type { DepthEvidence } from './head-depth.ts';

/** Gathers the numbers behind an action challenge's evidence, by name. */
export interface ActionMeasures {
  frame(frame: MeshFrame): void;
  action(index: number, done: DoneAction, shownAtMs: number, depth: DepthEvidence | null): void;
  framesPerSecond(): number;
  values(): Readonly<Record<string, number>>;
}

/**
 * Names count actions from 1 (`reactionMs1`); those of a peak are of the last action of the kind. Times are whole
 * milliseconds, everything else is rounded to thousandths.
 */
export function createActionMeasures(): ActionMeasures {
  const values: Record<string, number> = {};
  let frames = 0;
  let repeated = 0;
  let firstAtMs: number | null = null;
  let lastAtMs = 0;
  const framesPerSecond = (): number => {
    const spanMs = lastAtMs - (firstAtMs ?? lastAtMs);
    return spanMs > 0 ? (1_000 * (frames - 1)) / spanMs : 0;
  };
  return {
    frame: ({ capturedAtMs, repeated: again }) => {
      frames++;
      if (again) repeated++;
      firstAtMs ??= capturedAtMs;
      lastAtMs = capturedAtMs;
    },
    action: (index, { action, startedAtMs, endedAtMs, peak }, shownAtMs, depth) => {
      values[`reactionMs${index + 1}`] = Math.round(startedAtMs - shownAtMs);
      values[`durationMs${index + 1}`] = Math.round(endedAtMs - startedAtMs);
      if (action === 'blink') values['blinkDepth'] = rounded(peak * (1 - CLOSED_SHARE));
      else if (action === 'open-mouth') values['mouthOpenLevel'] = rounded(peak);
      else if (action === 'nod') values['pitchPeakDegrees'] = rounded(peak * NOD_DEGREES);
      else values['yawPeakDegrees'] = rounded(peak * TURN_DEGREES);
      if (!depth) return;
      const suffix = action === 'nod' ? 'Nod' : 'Turn';
      values[`parallaxResidual${suffix}`] = rounded(depth.affineResidual);
      values[`reliefDegrees${suffix}`] = rounded(depth.reliefDegrees);
      values[`leastAspect${suffix}`] = rounded(depth.leastAspect);
    },
    framesPerSecond,
    values: () => ({
      ...values,
      frames,
      repeatedFrames: repeated,
      framesPerSecond: rounded(framesPerSecond()),
      totalMs: Math.round(lastAtMs - (firstAtMs ?? lastAtMs)),
    }),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
