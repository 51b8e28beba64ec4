/** The calendar day of a time in the machine's time zone, `YYYY-MM-DD`. */
export function localDayOf(atMs: number): string {
  const time = new Date(atMs);
  return isoDay(time.getFullYear(), time.getMonth(), time.getDate());
}

/** The last `count` calendar days up to and including `lastDay`, oldest first; days are `YYYY-MM-DD`. */
export function daysUpTo(lastDay: string, count: number): readonly string[] {
  const [year = 0, month = 1, day = 1] = lastDay.split('-').map(Number);
  return Array.from({ length: count }, (_, index) => {
    const time = new Date(Date.UTC(year, month - 1, day - (count - 1 - index)));
    return isoDay(time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate());
  });
}

function isoDay(year: number, monthIndex: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(monthIndex + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
