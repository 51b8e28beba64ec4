import type { CardOutline, Corner } from '../../shared/domain/document-reading.ts';

/** Where a document's outline is drawn now, between one answer and the next. */
export interface OutlineTracker {
  /** Takes an answer: where the document was at `capturedAtMs` (`performance.now()` clock), or that there was none. */
  see(outline: CardOutline | null, capturedAtMs: number): void;
  /** The corners to draw at `nowMs`, for every frame of the display; null when it has been gone for a while. */
  at(nowMs: number): CardOutline | null;
  reset(): void;
}

/** The drawing closes in on the last answer with this time constant: six answers a second become one movement. */
const CLOSES_IN_MS = 90;
/** One or two answers without an outline are a blink of the detector. */
const FORGOTTEN_AFTER_MS = 600;
const CORNERS = 4;

/** Smooths exponentially; corners that come in another order, after a turn, are matched to those drawn. */
export function createOutlineTracker(): OutlineTracker {
  let last: { readonly outline: CardOutline; readonly atMs: number } | null = null;
  let drawn: { readonly outline: CardOutline; readonly atMs: number } | null = null;
  const reset = (): void => {
    last = drawn = null;
  };
  return {
    see: (outline, capturedAtMs) => {
      if (!outline || (last && capturedAtMs <= last.atMs)) return;
      last = { outline: drawn ? nearestOrder(outline, drawn.outline) : outline, atMs: capturedAtMs };
    },
    at: (nowMs) => {
      if (!last || nowMs - last.atMs > FORGOTTEN_AFTER_MS) {
        reset();
        return null;
      }
      const share = drawn ? 1 - Math.exp(-Math.max(0, nowMs - drawn.atMs) / CLOSES_IN_MS) : 1;
      const outline = between(drawn?.outline ?? last.outline, last.outline, share);
      drawn = { outline, atMs: nowMs };
      return outline;
    },
    reset,
  };
}

/** A place on the way from one outline to another: 0–1. */
export function between(from: CardOutline, to: CardOutline, share: number): CardOutline {
  return mapCorners((at) => [
    from[at]![0] + share * (to[at]![0] - from[at]![0]),
    from[at]![1] + share * (to[at]![1] - from[at]![1]),
  ]);
}

/** How far the corners are apart on the average, in sides of the picture. */
export function outlineDistance(a: CardOutline, b: CardOutline): number {
  return a.reduce((sum, [x, y], at) => sum + Math.hypot(x - b[at]![0], y - b[at]![1]), 0) / CORNERS;
}

/** The same corners, begun where they lie nearest to those of another outline. */
export function nearestOrder(outline: CardOutline, to: CardOutline): CardOutline {
  const turned = [0, 1, 2, 3].map((by) => mapCorners((at) => outline[(at + by) % CORNERS]!));
  return turned.reduce((best, next) => (outlineDistance(next, to) < outlineDistance(best, to) ? next : best));
}

function mapCorners(make: (at: number) => Corner): CardOutline {
  return [make(0), make(1), make(2), make(3)];
}
