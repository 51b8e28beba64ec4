import { isCalendarDate } from '../../../shared/domain/calendar-date.ts';
import { dayAfter } from '../../ui/month-days.ts';

const DAY = /^(\d{4})(?:\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{2})(\d{2}))$/;
const MOMENT = /^(.*?)[\sT]+(\d{1,2}):(\d{2})$/;

/** Digits and signs of an input method that writes them full width, as plain ones. */
function plain(text: string): string {
  return text.normalize('NFKC').trim();
}

/** Reads a typed day in any usual way with the year first: `2026-11-5`, `2026/11/05`, `20261105`, `2026年11月5日`. */
export function readDay(text: string): string | null {
  const match = DAY.exec(plain(text));
  if (match === null) return null;
  const two = (part: string | undefined): string => (part ?? '').padStart(2, '0');
  const day = `${match[1]}-${two(match[2] ?? match[4])}-${two(match[3] ?? match[5])}`;
  return isCalendarDate(day) ? day : null;
}

/** Which end of a span a moment is: a day by itself begins it, or is the last one within it. */
export type SpanEnd = 'from' | 'to';

/** Reads a typed day, or a day and a time (`2026-11-05 14:30`), in the machine's time zone; null when it is neither. */
export function readMoment(text: string, end: SpanEnd): number | null {
  const match = MOMENT.exec(plain(text));
  const day = readDay(match?.[1] ?? text);
  if (day === null) return null;
  const [hour, minute] = [Number(match?.[2] ?? 0), Number(match?.[3] ?? 0)];
  if (hour > 23 || minute > 59) return null;
  const from = match === null && end === 'to' ? dayAfter(day, 1) : day;
  if (from === null) return null;
  const two = (part: number): string => String(part).padStart(2, '0');
  const ms = new Date(`${from}T${two(hour)}:${two(minute)}`).getTime();
  return Number.isNaN(ms) || ms < 0 ? null : ms;
}

/** How a moment is written so that `readMoment` finds it again; whole days without a time. */
export function momentText(ms: number | null, end: SpanEnd): string {
  if (ms === null) return '';
  const at = new Date(ms);
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  if (time !== '00:00') return `${day} ${time}`;
  return end === 'from' ? day : (dayAfter(day, -1) ?? day);
}
