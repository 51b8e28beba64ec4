import type { ClipMoment } from '../../shared/domain/clip.ts';

/**
 * Which part of a clip is kept, counted from its first frame: all of it where it isn't longer than `longestMs`; else so
 * much around the middle of `moment`; without one, the end, where a light challenge shows the face in neutral light.
 */
export function clipWindow(lengthMs: number, longestMs: number, moment: ClipMoment | null): ClipMoment {
  const latestMs = lengthMs - longestMs;
  if (latestMs <= 0) return { fromMs: 0, toMs: lengthMs };
  const wantedMs = moment ? (moment.fromMs + moment.toMs - longestMs) / 2 : latestMs;
  const fromMs = Math.min(Math.max(0, wantedMs), latestMs);
  return { fromMs, toMs: fromMs + longestMs };
}

/** Whether a moment is all within the first one, ends included; both are counted from the same instant. */
export function holds({ fromMs, toMs }: ClipMoment, moment: ClipMoment): boolean {
  return fromMs <= moment.fromMs && moment.toMs <= toMs;
}
