import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { parseCsv } from './csv.ts';

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
  const columnA = header?.fields.indexOf('a') ?? -1;
  const columnB = header?.fields.indexOf('b') ?? -1;
  if (columnA < 0 || columnB < 0)
    return err(failure('request.invalid', 'the first line has to name the columns a and b'));
  const pairs: Pair[] = [];
  for (const { line, fields } of rows) {
    const a = fields[columnA];
    const b = fields[columnB];
    if (!a || !b) return err(failure('request.invalid', `row ${line} lacks a or b`));
    pairs.push({ a, b });
  }
  return ok(pairs);
}
