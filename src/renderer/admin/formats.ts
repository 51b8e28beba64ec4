import type { Language } from './translation.ts';

/** `2026-11-21 14:03:22` in the machine's time zone. */
export function dateTime(ms: number): string {
  const at = new Date(ms);
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** `2026-11-21`, the day of a moment in the machine's time zone. */
export function calendarDay(ms: number): string {
  return dateTime(ms).slice(0, 10);
}

/** `11-21 14:03` in the machine's time zone: for what is days old at most. */
export function dayAndTime(ms: number): string {
  return dateTime(ms).slice(5, 16);
}

/** `14:03:22` in the machine's time zone. */
export function timeOfDay(ms: number): string {
  return dateTime(ms).slice(11);
}

/** Whole number with the language's group separators. */
export function count(value: number, language: Language): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(value);
}

/** A share of 0..1 as a percentage with one decimal; a dash when nothing was counted. */
export function percent(share: number | null, language: Language): string {
  if (share === null) return '—';
  return new Intl.NumberFormat(language, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(share);
}

/** A measured number with fixed decimals; a dash for one that was not measured. */
export function measured(value: number | null, decimals: number): string {
  return value === null ? '—' : value.toFixed(decimals);
}

/** `11-21 周六` / `11-21 Sat` of a calendar day `YYYY-MM-DD`. */
export function shortDay(day: string, language: Language): string {
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00Z`),
  );
  return `${day.slice(5)} ${weekday}`;
}

/** `1:05` for 65 seconds. */
export function minutesAndSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

/** A hexadecimal fingerprint in groups of four, for comparing by eye. */
export function grouped(hex: string): string {
  return hex.match(/.{1,4}/g)?.join(' ') ?? hex;
}
