import type { CardOutline, DocumentGuidance } from '../../../shared/domain/document-reading.ts';
import { nearestOrder, outlineDistance } from '../../camera/outline-tracker.ts';

/**
 * Whether a steady document may be photographed by itself. After a side was read, the same side still lies there: only
 * once something has moved is it worth another picture. Who had turned it before it was asked for moves nothing any more:
 * after a while it counts all the same. The shutter button never waits for it.
 */
export interface DocumentArming {
  /** From now on something has to move first. */
  disarm(): void;
  arm(): void;
  /** Takes an answer; whether its `take` counts. */
  takes(guidance: DocumentGuidance): boolean;
}

/** Corners that moved this far on the average, in sides of the picture, were moved by a hand. */
const MOVED = 0.06;
/** Long enough to read what is asked and to begin to turn a card. */
const ARMED_AFTER_MS = 5_000;

export function createDocumentArming(nowMs: () => number): DocumentArming {
  let armed = true;
  let disarmedAtMs = 0;
  let rested: CardOutline | null = null;
  return {
    disarm: () => {
      armed = false;
      disarmedAtMs = nowMs();
      rested = null;
    },
    arm: () => {
      armed = true;
    },
    takes: ({ outline, hint, take }) => {
      if (armed || nowMs() - disarmedAtMs > ARMED_AFTER_MS) return take;
      if (!outline || hint === 'no-card') armed = true;
      else if (rested && outlineDistance(nearestOrder(outline, rested), rested) > MOVED) armed = true;
      rested ??= outline;
      // Whatever was judged steady was so before it moved.
      return false;
    },
  };
}
