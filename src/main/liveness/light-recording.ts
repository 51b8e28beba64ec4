import type { DisplayLog } from '../../shared/domain/challenge.ts';
import type { LightEvidence, LightFrame } from '../../shared/domain/liveness.ts';
import { measureLight, type LightOptions } from './light-measurement.ts';
import { measureFrame, type FrameSignal } from './region-signals.ts';
import type { ShownColours } from './stimulus.ts';

/** Two lengths of the longest challenge at 60 frames a second. */
const MAX_FRAMES = 600;

/** The frames of one light challenge, reduced to region means as they come. */
export interface LightRecording {
  /** Takes a frame; its pixels are not kept. Frames must come in order of capture. */
  add(frame: LightFrame): void;
  /** What the frames say about a challenge and the times at which the screen showed it. */
  judge(challenge: ShownColours, display: DisplayLog, options?: LightOptions): LightEvidence;
  readonly frames: number;
}

/**
 * Starts an empty recording. A malformed frame, or more than 600 frames, makes the whole recording unmeasurable
 * rather than being skipped: leaving out chosen frames must never help.
 */
export function createLightRecording(): LightRecording {
  const signals: FrameSignal[] = [];
  let refused: string | null = null;
  return {
    add(frame) {
      const signal = measureFrame(frame);
      if (!signal) refused ??= `frame ${signals.length} is malformed`;
      else if (signals.length >= MAX_FRAMES) refused ??= `more than ${MAX_FRAMES} frames`;
      else if (signal.capturedAtMs < (signals.at(-1)?.capturedAtMs ?? -Infinity)) refused ??= 'frames out of order';
      else if (signal.capturedAtMs !== signals.at(-1)?.capturedAtMs) signals.push(signal);
    },
    judge(challenge, display, options = {}) {
      if (refused !== null) return { state: 'unmeasured', reason: 'request.invalid', detail: refused };
      return measureLight(signals, challenge, display, options);
    },
    get frames() {
      return signals.length;
    },
  };
}
