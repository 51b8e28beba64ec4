import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';

export interface Pair {
  readonly a: string;
  readonly b: string;
}

/**
 * Parses a CSV file (RFC 4180) whose header has the columns `a` and `b`; other columns are ignored. A row without
 * both is refused with its line's number.
 */
export function parsePairList(text: string): Result<readonly Pair[], Failure> {
  const [header, ...rows] = parseCsv(text);
  const columnA = header?.indexOf('a') ?? -1;
  const columnB = header?.indexOf('b') ?? -1;
  if (columnA < 0 || columnB < 0)
    return err(failure('request.invalid', 'the first line has to name the columns a and b'));
  const pairs: Pair[] = [];
  for (const [index, row] of rows.entries()) {
    const a = row[columnA];
    const b = row[columnB];
    if (!a || !b) return err(failure('request.invalid', `row ${index + 2} lacks a or b`));
    pairs.push({ a, b });
  }
  return ok(pairs);
}

/** Rows of fields; empty lines are left out. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n(?=(?:[^"]*"[^"]*")*[^"]*$)/)) {
    if (line.trim() === '') continue;
    const fields = line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? [];
    // The expression also matches the empty end of a line that doesn't end with a comma.
    if (!line.endsWith(',')) fields.pop();
    rows.push(fields.map((field) => unquoted(field.replace(/,$/, '').trim())));
  }
  return rows;
}

function unquoted(field: string): string {
  return field.startsWith('"') && field.endsWith('"') && field.length > 1
    ? field.slice(1, -1).replaceAll('""', '"')
    : field;
}
