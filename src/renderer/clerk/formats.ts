import type { Translate } from './translation.ts';

/** `2026-11-21 14:03:22` in the machine's time zone. */
export function dateTime(ms: number): string {
  const at = new Date(ms);
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** `11-21 14:03` in the machine's time zone. */
export function dayAndTime(ms: number): string {
  return dateTime(ms).slice(5, 16);
}

/** `14:03` in the machine's time zone. */
export function timeOfDay(ms: number): string {
  return dateTime(ms).slice(11, 16);
}

/** `1:05` for 65 seconds; never less than nothing, whatever the clocks say. */
export function minutesAndSeconds(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** How long something waits, in the largest unit that fits. */
export function waitingTime(ms: number, t: Translate): string {
  const minutes = Math.floor(Math.max(0, ms) / 60_000);
  if (minutes < 1) return t('queue.now');
  if (minutes < 60) return t('queue.minutes', { n: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? t('queue.hours', { n: hours }) : t('queue.days', { n: Math.floor(hours / 24) });
}
