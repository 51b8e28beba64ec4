/** Vendors' consoles give Beijing time, whatever the machine's zone; China has one zone and no summer time. */
const BEIJING_MS = 8 * 3_600_000;
const PLAIN = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d{1,9})?)?$/;
const ZONED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * A time of a statement: milliseconds since the Unix epoch. Without a zone it is Beijing time; a plain number counts
 * seconds or milliseconds.
 *
 * @returns undefined for a text that is no time
 */
export function statementTimeMs(text: string): number | undefined {
  if (/^\d{10}$/.test(text)) return Number(text) * 1_000;
  if (/^\d{13}$/.test(text)) return Number(text);
  if (ZONED.test(text)) {
    const zoned = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
    return Number.isNaN(zoned) ? undefined : zoned;
  }
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = PLAIN.exec(text) ?? [];
  if (year === undefined) return undefined;
  const parts = [year, month, day, hour, minute, second].map(Number);
  const [y = 0, m = 0, d = 0, h = 0, min = 0, s = 0] = parts;
  const utc = Date.UTC(y, m - 1, d, h, min, s);
  const back = new Date(utc);
  const isDay = back.getUTCMonth() === m - 1 && back.getUTCDate() === d && h < 24 && min < 60 && s < 60;
  return isDay ? utc - BEIJING_MS : undefined;
}
