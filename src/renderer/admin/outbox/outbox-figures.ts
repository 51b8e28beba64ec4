import type { OutboxView } from '../../../shared/ipc/admin-outbox.ts';
import type { Tone } from '../parts/tone.ts';

/** Clocks further apart than this are worth a warning. */
const CLOCK_WARNING_MS = 60_000;

export type SendingState = 'stateOff' | 'statePaused' | 'stateOpen' | 'stateHalfOpen' | 'stateSending' | 'stateIdle';

/** What the sender is doing, the most hindering first. */
export function sendingState(view: OutboxView): { readonly state: SendingState; readonly tone: Tone } {
  if (!view.enrolled) return { state: 'stateOff', tone: 'off' };
  if (view.paused) return { state: 'statePaused', tone: 'warning' };
  if (view.breaker.state === 'open') return { state: 'stateOpen', tone: 'bad' };
  if (view.breaker.state === 'half-open') return { state: 'stateHalfOpen', tone: 'waiting' };
  const waiting = view.lanes.some((lane) => lane.waiting > 0) || (view.decisions?.waiting ?? 0) > 0;
  return waiting ? { state: 'stateSending', tone: 'waiting' } : { state: 'stateIdle', tone: 'good' };
}

export function isClockOff({ clockOffsetMs }: OutboxView): boolean {
  return clockOffsetMs !== null && Math.abs(clockOffsetMs) > CLOCK_WARNING_MS;
}

/** How much of each cap is used, over both lanes, 0 and up. */
export function capUse(view: OutboxView, nowMs: number) {
  const { lanes, caps, certifications: unsent } = view;
  const bytes = lanes.reduce((sum, lane) => sum + lane.bytes, 0);
  const oldest = lanes.flatMap(({ oldestAtMs }) => (oldestAtMs === null ? [] : [oldestAtMs]));
  const ageMs = oldest.length === 0 ? 0 : Math.max(0, nowMs - Math.min(...oldest));
  return {
    count: { value: unsent, share: unsent / caps.maxCount },
    age: { value: ageMs, share: ageMs / caps.maxAgeMs },
    bytes: { value: bytes, share: bytes / caps.maxBytes },
  } as const;
}

/** `12 kB`, `3.4 MB`, `2 GB`: decimal, one place below ten. */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'] as const;
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const places = unit > 0 && value < 10 ? 1 : 0;
  return `${value.toFixed(places).replace(/\.0$/, '')} ${units[unit]}`;
}

/** Hours with one place below ten. */
export function hours(ms: number): string {
  const value = ms / 3_600_000;
  return value.toFixed(value < 10 ? 1 : 0).replace(/\.0$/, '');
}
