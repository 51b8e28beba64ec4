/** UTF-8's mark at the beginning of a file: spreadsheet programs take a file without it for the system's code page. */
export const CSV_MARK = '\uFEFF';

/** A cell of a CSV file; null is an empty one. Numbers stay numbers, every other value is a text. */
export type CsvCell = string | number | boolean | null;

/**
 * One line of a CSV file (RFC 4180) with CR LF. Texts that a spreadsheet would run as a formula are made inert, see
 * `inertText`; numbers are written as they are.
 *
 * @throws RangeError for a number that is not finite: what couldn't be measured is null
 */
export function csvLine(cells: readonly CsvCell[]): string {
  let line = '';
  for (let at = 0; at < cells.length; at += 1) line += (at === 0 ? '' : ',') + csvCell(cells[at] ?? null);
  return `${line}\r\n`;
}

/** One cell as it stands in a file, quoted where it has to be. */
export function csvCell(cell: CsvCell): string {
  if (typeof cell === 'string') return PLAIN.test(cell) ? cell : quoted(inertText(cell));
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'true' : 'false';
  if (!Number.isFinite(cell)) throw new RangeError('a cell has a number that is not finite');
  return String(cell);
}

/** Nothing in it needs a quote, and it begins with nothing that a formula begins with: nearly every cell. */
const PLAIN = /^(?:[\p{L}\p{N}*_][\p{L}\p{N}*_ .:/+@-]*)?$/u;

/** A decimal number: harmless, and worth being added up. */
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/**
 * What a spreadsheet may take for the beginning of a formula: `=`, `+`, `-`, `@` (in full width as well), tab and CR, also
 * after blanks and characters that nobody sees. A cell has several beginnings: its own, each of its lines, and what follows
 * a semicolon or a tab, which are separators to programs of other regions. (OWASP, "CSV Injection".)
 */
const FORMULA =
  /(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\u2212\uFE62\uFE63\uFE66\uFE6B])(?<=(?:^|[\r\n\t;\u0085\u2028\u2029])[\s\p{Cc}\p{Cf}]*)/gu;
/** Tab and CR begin a formula by themselves, at the beginning of a cell. */
const BLANK_START = /^(?=[\t\r])/;

/** A text with an apostrophe before everything in it that a spreadsheet would run; a plain decimal number as it is. */
export function inertText(text: string): string {
  if (NUMBER.test(text)) return text;
  return text.replace(FORMULA, "'").replace(BLANK_START, "'");
}

function quoted(text: string): string {
  return /[",;\r\n\t]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
