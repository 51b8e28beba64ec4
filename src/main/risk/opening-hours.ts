/** The local time of day of a moment, in minutes since midnight. */
export function localMinuteOf(atMs: number): number {
  const time = new Date(atMs);
  return time.getHours() * 60 + time.getMinutes();
}

/**
 * Whether a time of day lies outside of `from`–`to` (`HH:MM`; the end itself is outside). A span may reach over
 * midnight; one that ends where it begins is the whole day.
 */
export function isOutside(minute: number, from: string, to: string): boolean {
  const begin = minutesOf(from);
  const end = minutesOf(to);
  if (begin === end) return false;
  return begin < end ? minute < begin || minute >= end : minute < begin && minute >= end;
}

function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Midnight, local time, at which the day of a moment began. */
export function startOfLocalDay(atMs: number): number {
  const time = new Date(atMs);
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}
