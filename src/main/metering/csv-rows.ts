/** One row of a CSV file, and where it begins: its line, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
  /** A quote was opened and never closed, or text follows a closed one. */
  readonly broken: boolean;
}

/** Rows of CSV text, one at a time; empty lines are left out. */
export function* readCsv(text: string, separator: ',' | '\t' | ';'): Generator<CsvRow, void> {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const row = readRow(text, at, separator);
    if (row.fields.some((field) => field !== '')) yield { line, fields: row.fields, broken: row.broken };
    line += row.lines;
    at = row.next;
  }
}

interface ReadRow {
  readonly fields: readonly string[];
  readonly broken: boolean;
  readonly next: number;
  readonly lines: number;
}

function readRow(text: string, start: number, separator: string): ReadRow {
  const fields: string[] = [];
  let at = start;
  let lines = 1;
  let broken = false;
  for (;;) {
    const field = text[at] === '"' ? readQuoted(text, at + 1) : null;
    const from = field?.next ?? at;
    const to = endOfField(text, from, separator);
    const rest = text.slice(from, to);
    if (field) {
      lines += field.text.split('\n').length - 1;
      broken ||= field.isOpen || rest.trim() !== '';
    }
    fields.push(cleaned(field ? field.text + rest : rest));
    if (text[to] !== separator) return { fields, broken, lines, next: afterLine(text, to) };
    at = to + 1;
  }
}

function readQuoted(text: string, start: number): { text: string; next: number; isOpen: boolean } {
  let from = start;
  let read = '';
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return { text: read + text.slice(from), next: text.length, isOpen: true };
    read += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { text: read, next: quote + 1, isOpen: false };
    read += '"';
    from = quote + 2;
  }
}

function endOfField(text: string, start: number, separator: string): number {
  let at = start;
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}

function afterLine(text: string, end: number): number {
  return text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
}

/** Consoles keep spreadsheets from taking long ids for numbers: by a tab, an apostrophe, or `="…"`. */
function cleaned(field: string): string {
  const plain = field.trim();
  const text = /^="(.*)"$/s.exec(plain)?.[1] ?? plain;
  return text.replace(/^['`]/, '').trim();
}
