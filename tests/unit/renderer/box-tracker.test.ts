import { describe, expect, it } from 'vitest';
import { createBoxTracker, type BoxTracker } from '../../../src/renderer/camera/box-tracker.ts';
import type { FaceBox } from '../../../src/shared/ipc/kiosk-guidance.ts';

const still: FaceBox = { x: 0.3, y: 0.2, width: 0.3, height: 0.5 };
const FRAME_MS = 1000 / 30;
const ANSWER_EVERY_MS = 100;
const LATENCY_MS = 120;

/** Draws at 30 a second while answers come at 10 a second and late; gives the drawn boxes by time. */
function play(tracker: BoxTracker, forMs: number, place: (timeMs: number) => FaceBox | null) {
  const drawn: { atMs: number; box: FaceBox | null }[] = [];
  let answered = 0;
  for (let atMs = 0; atMs < forMs; atMs += FRAME_MS) {
    while (answered + LATENCY_MS <= atMs) {
      tracker.see(place(answered), answered);
      answered += ANSWER_EVERY_MS;
    }
    drawn.push({ atMs, box: tracker.at(atMs) });
  }
  return drawn;
}

describe('box tracker', () => {
  it('has no place before the first answer, and the answered one from then on', () => {
    const tracker = createBoxTracker();
    expect(tracker.at(0)).toBeNull();
    tracker.see(still, 0);
    expect([tracker.at(50), tracker.at(83)]).toEqual([still, still]);
  });

  it('follows a walk closer than the answers themselves, in steps of even size', () => {
    const walking = (timeMs: number): FaceBox => ({ ...still, x: 0.1 + timeMs * 0.0003 });
    const drawn = play(createBoxTracker(), 1_500, walking).filter(({ atMs }) => atMs > 600);
    const errors = drawn.map(({ atMs, box }) => Math.abs(box!.x - walking(atMs).x));
    const oldestAnswer = 0.0003 * (LATENCY_MS + ANSWER_EVERY_MS);
    expect(Math.max(...errors)).toBeLessThan(0.6 * oldestAnswer);
    const steps = drawn.slice(1).map(({ box }, i) => box!.x - drawn[i]!.box!.x);
    expect(Math.min(...steps)).toBeGreaterThan(0);
    expect(Math.max(...steps)).toBeLessThan(3 * 0.0003 * FRAME_MS);
  });

  it('draws a detector’s jitter in small steps', () => {
    const jitter = (timeMs: number): FaceBox => ({ ...still, x: still.x + ((timeMs / 100) % 2 === 0 ? 0.01 : -0.01) });
    const drawn = play(createBoxTracker(), 2_000, jitter).filter(({ atMs }) => atMs > 500);
    const steps = drawn.slice(1).map(({ box }, i) => Math.abs(box!.x - drawn[i]!.box!.x));
    expect(Math.max(...steps)).toBeLessThan(0.5 * 0.02);
    for (const { box } of drawn) expect(Math.abs(box!.x - still.x)).toBeLessThan(0.012);
  });

  it('keeps the face over a missed answer, and forgets one that has left', () => {
    const missing = (timeMs: number): FaceBox | null => (timeMs === 500 || timeMs >= 1_000 ? null : still);
    const drawn = play(createBoxTracker(), 2_000, missing);
    const gone = drawn.filter(({ atMs, box }) => atMs > LATENCY_MS + FRAME_MS && box === null);
    expect(gone[0]!.atMs).toBeGreaterThan(1_250);
    expect(gone[0]!.atMs).toBeLessThan(1_400);
    expect(gone.at(-1)).toBe(drawn.at(-1));
  });

  it('does not go back in time, and does not run away when answers stop', () => {
    const tracker = createBoxTracker();
    tracker.see(still, 100);
    tracker.see({ ...still, x: 0.4 }, 200);
    tracker.see({ ...still, x: 0.9 }, 150);
    for (let atMs = 200; atMs < 600; atMs += FRAME_MS) expect(tracker.at(atMs)!.x).toBeLessThan(0.4 + 0.1 * 2);
  });
});
