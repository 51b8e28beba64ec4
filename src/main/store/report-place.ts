import { localDayOf } from './local-day.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Time zones lie between 12 hours behind and 14 hours ahead of UTC, in steps of a quarter of an hour. */
const QUARTER_MIN = 15;
const WIDEST_SHIFT_MIN = 26 * 60;

/** Minutes that local time is ahead of UTC at a moment. */
export type UtcOffset = (atMs: number) => number;

/** The machine's own time zone. */
export const machineOffset: UtcOffset = (atMs) => -Math.round(new Date(atMs).getTimezoneOffset());

/** An hour of a local day; the offset tells an hour that comes twice from its repetition. */
export interface LocalHour {
  readonly hour: number;
  readonly offsetMin: number;
}

/**
 * The hour in which a certification is counted on its day. The day counts: where the machine's zone was changed after it
 * was written down, the offset is the nearest one by which the moment lies on that day.
 */
export function hourOnDay(atMs: number, day: string, offsetOf: UtcOffset): LocalHour {
  const offsetMin = offsetOnDay(atMs, day, offsetOf(atMs));
  return { hour: hourAt(atMs, offsetMin), offsetMin };
}

/** The local hours of a day in their order: 23 to 25 where clocks change, 24 on all others. */
export function hoursOfDay(day: string, offsetOf: UtcOffset): readonly LocalHour[] {
  const hours = new Map<string, LocalHour>();
  for (const atMs of quartersOfDay(day, offsetOf)) {
    const offsetMin = offsetOf(atMs);
    const hour = hourAt(atMs, offsetMin);
    hours.set(`${hour} ${offsetMin}`, { hour, offsetMin });
  }
  return [...hours.values()];
}

/** When a local day begins, and when it is over. */
export function spanOfDay(day: string, offsetOf: UtcOffset): { readonly fromMs: number; readonly toMs: number } {
  const quarters = [...quartersOfDay(day, offsetOf)];
  const noonMs = Date.parse(`${day}T12:00:00Z`);
  return { fromMs: quarters.at(0) ?? noonMs, toMs: (quarters.at(-1) ?? noonMs) + QUARTER_MIN * MINUTE_MS };
}

/** Every quarter of an hour of a local day: clocks change at no other times. */
function* quartersOfDay(day: string, offsetOf: UtcOffset): Generator<number, void> {
  const noonMs = Date.parse(`${day}T12:00:00Z`);
  for (let atMs = noonMs - 1.5 * DAY_MS; atMs < noonMs + 1.5 * DAY_MS; atMs += QUARTER_MIN * MINUTE_MS) {
    if (dayAt(atMs, offsetOf(atMs)) === day) yield atMs;
  }
}

/** The calendar day of a moment by an offset, `YYYY-MM-DD`. */
export function dayAt(atMs: number, offsetMin: number): string {
  return new Date(atMs + offsetMin * MINUTE_MS).toISOString().slice(0, 10);
}

/** The day by the machine's zone, or by another one. */
export function dayBy(offsetOf: UtcOffset): (atMs: number) => string {
  return offsetOf === machineOffset ? localDayOf : (atMs) => dayAt(atMs, offsetOf(atMs));
}

function hourAt(atMs: number, offsetMin: number): number {
  const inDay = (((atMs + offsetMin * MINUTE_MS) % DAY_MS) + DAY_MS) % DAY_MS;
  return Math.floor(inDay / HOUR_MS);
}

function offsetOnDay(atMs: number, day: string, offsetMin: number): number {
  for (let shift = 0; shift <= WIDEST_SHIFT_MIN; shift += QUARTER_MIN) {
    if (dayAt(atMs, offsetMin + shift) === day) return offsetMin + shift;
    if (dayAt(atMs, offsetMin - shift) === day) return offsetMin - shift;
  }
  return offsetMin;
}
