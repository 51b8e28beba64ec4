import type { MeterWindow } from '../../shared/domain/metering.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

export const LONGEST_WINDOW_DAYS = 90;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * Whole days by the machine's clock, the last one included.
 *
 * @param from first day, `YYYY-MM-DD` @param to last day
 * @returns `request.invalid` naming the field for a day that there isn't, the wrong order, or more than 90 days
 */
export function meterWindow(from: string, to: string): Result<MeterWindow, Failure> {
  const first = dayStart(from, 0);
  if (first === null) return err(failure('request.invalid', 'from: not a day like 2026-03-01'));
  const last = dayStart(to, 0);
  if (last === null) return err(failure('request.invalid', 'to: not a day like 2026-03-31'));
  if (last < first) return err(failure('request.invalid', 'to: before from'));
  const longest = dayStart(from, LONGEST_WINDOW_DAYS) ?? first;
  if (last >= longest) return err(failure('request.invalid', `to: at most ${LONGEST_WINDOW_DAYS} days`));
  return ok({ fromMs: first, toMs: dayStart(to, 1) ?? last });
}

/** Local midnight that begins the day `later` days after this one; days with a clock change are as long as they are. */
function dayStart(text: string, later: number): number | null {
  const [, year, month, day] = DAY.exec(text) ?? [];
  if (year === undefined) return null;
  const plain = new Date(Number(year), Number(month) - 1, Number(day));
  if (plain.getMonth() !== Number(month) - 1 || plain.getDate() !== Number(day)) return null;
  return new Date(Number(year), Number(month) - 1, Number(day) + later).getTime();
}
