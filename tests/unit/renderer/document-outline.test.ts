import { describe, expect, it } from 'vitest';
import { createOutlineTracker, nearestOrder, outlineDistance } from '../../../src/renderer/camera/outline-tracker.ts';
import { documentFrame, outlinePath } from '../../../src/renderer/kiosk/art/document-frame.ts';
import { createDocumentArming } from '../../../src/renderer/kiosk/capture/document-arming.ts';
import type { CardOutline, DocumentGuidance } from '../../../src/shared/domain/document-reading.ts';

const square = (x: number, y: number, side = 0.4): CardOutline => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
];

describe('the outline between two answers', () => {
  it('begins where the document is and closes in on where it goes', () => {
    const tracker = createOutlineTracker();
    tracker.see(square(0.1, 0.1), 0);
    expect(tracker.at(0)).toEqual(square(0.1, 0.1));
    tracker.see(square(0.3, 0.1), 100);
    const xs = [110, 200, 400].map((atMs) => tracker.at(atMs)![0][0]);
    expect(xs[0]).toBeGreaterThan(0.1);
    expect(xs[0]).toBeLessThan(xs[1]!);
    expect(xs[1]).toBeLessThan(xs[2]!);
    expect(xs[2]).toBeGreaterThan(0.28);
    expect(xs[2]).toBeLessThanOrEqual(0.3);
  });

  it('outlasts an answer without an outline, and forgets a document that has gone', () => {
    const tracker = createOutlineTracker();
    tracker.see(square(0.1, 0.1), 0);
    tracker.see(null, 160);
    expect(tracker.at(320)).not.toBeNull();
    expect(tracker.at(700)).toBeNull();
  });

  it('ignores an answer that comes after a newer one', () => {
    const tracker = createOutlineTracker();
    tracker.see(square(0.3, 0.1), 200);
    tracker.see(square(0.1, 0.1), 100);
    expect(tracker.at(210)).toEqual(square(0.3, 0.1));
  });

  it('does not turn over when the corners come in another order', () => {
    const [a, b, c, d] = square(0.1, 0.1);
    expect(nearestOrder([b, c, d, a], square(0.1, 0.1))).toEqual(square(0.1, 0.1));
    expect(outlineDistance(square(0.1, 0.1), square(0.1, 0.2))).toBeCloseTo(0.1);
  });
});

describe('the frame before a document is seen', () => {
  it.each([
    ['id-card-front', 85.6 / 53.98],
    ['travel-document', 125 / 88],
  ] as const)('has the proportion of %s in pictures of any shape and lies in their middle', (page, aspect) => {
    for (const size of [
      { width: 1440, height: 1080 },
      { width: 1920, height: 1080 },
      { width: 480, height: 640 },
    ]) {
      const [topLeft, , bottomRight] = documentFrame(page, size);
      const width = (bottomRight[0] - topLeft[0]) * size.width;
      const height = (bottomRight[1] - topLeft[1]) * size.height;
      expect(width / height).toBeCloseTo(aspect, 5);
      expect([topLeft[0] + bottomRight[0], topLeft[1] + bottomRight[1]]).toEqual([
        expect.closeTo(1),
        expect.closeTo(1),
      ]);
      expect(Math.min(topLeft[0], topLeft[1])).toBeGreaterThan(0.05);
    }
  });

  it('is drawn as a closed path', () => {
    expect(outlinePath(square(0, 0, 1), { width: 10, height: 5 })).toBe('M0.0 0.0L10.0 0.0L10.0 5.0L0.0 5.0Z');
  });
});

describe('the picture that is taken by itself', () => {
  let nowMs = 0;
  const seen = (outline: CardOutline | null, take: boolean): DocumentGuidance => ({
    outline,
    hint: null,
    progress: 1,
    take,
  });

  it('is taken when it is said to be', () => {
    const arming = createDocumentArming(() => nowMs);
    expect([arming.takes(seen(square(0.2, 0.2), false)), arming.takes(seen(square(0.2, 0.2), true))]).toEqual([
      false,
      true,
    ]);
  });

  it('waits for a hand after a side was read', () => {
    const arming = createDocumentArming(() => nowMs);
    arming.disarm();
    expect(arming.takes(seen(square(0.2, 0.2), true))).toBe(false);
    expect(arming.takes(seen(square(0.21, 0.2), true))).toBe(false);
    expect(arming.takes(seen(square(0.35, 0.2), false))).toBe(false);
    expect(arming.takes(seen(square(0.35, 0.2), true))).toBe(true);
  });

  it('waits no longer than a hand that had turned the card before', () => {
    const arming = createDocumentArming(() => nowMs);
    arming.disarm();
    nowMs += 4_900;
    expect(arming.takes(seen(square(0.2, 0.2), true))).toBe(false);
    nowMs += 200;
    expect(arming.takes(seen(square(0.2, 0.2), true))).toBe(true);
  });

  it('is free again as soon as nothing lies there', () => {
    const arming = createDocumentArming(() => nowMs);
    arming.disarm();
    arming.takes(seen(square(0.2, 0.2), true));
    arming.takes(seen(null, false));
    expect(arming.takes(seen(square(0.2, 0.2), true))).toBe(true);
  });
});
