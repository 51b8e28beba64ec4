import type { Speech } from '../translation.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** A span of time in whole hours or minutes, whichever way it went. */
export function spanText(ms: number, { t }: Speech): string {
  const span = Math.abs(ms);
  return span >= 2 * HOUR_MS
    ? t('system.clock.hours', { n: Math.round(span / HOUR_MS) })
    : t('system.clock.minutes', { n: Math.max(1, Math.round(span / MINUTE_MS)) });
}
