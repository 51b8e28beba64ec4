import type { KnownScore } from '../main/comparison/calibration.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { csvRows } from './csv.ts';

/** Plain decimals only: Number() alone would also take "", "0x1" and "Infinity". */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Parses a CSV file of a site's own comparisons: the columns `similarity` (cosine, -1..1), `same` (1 same person,
 * 0 different people) and, if there is one, `subject` (any text that names whose pair it is). Other columns are ignored.
 *
 * @returns `request.invalid` that names the first bad line and its column.
 */
export function parseScoreList(text: string): Result<readonly KnownScore[], Failure> {
  const rows = csvRows(text);
  const first = rows.next();
  const header = first.done ? undefined : first.value;
  const columns = {
    similarity: header?.fields.indexOf('similarity') ?? -1,
    same: header?.fields.indexOf('same') ?? -1,
    subject: header?.fields.indexOf('subject') ?? -1,
  };
  const missing = (['similarity', 'same'] as const).filter((name) => columns[name] < 0);
  if (missing.length > 0) return invalid(1, missing.join(' and '), 'is missing in the header');
  const scores: KnownScore[] = [];
  for (const { line, fields } of rows) {
    const similarity = fields[columns.similarity] ?? '';
    const value = Number(similarity);
    if (!decimal.test(similarity)) return invalid(line, 'similarity', 'is no number');
    if (Math.abs(value) > 1) return invalid(line, 'similarity', 'is not between -1 and 1');
    const same = fields[columns.same];
    if (same !== '0' && same !== '1') return invalid(line, 'same', 'is neither 0 nor 1');
    const subject = columns.subject < 0 ? null : (fields[columns.subject] ?? '');
    if (subject === '') return invalid(line, 'subject', 'is empty');
    scores.push({ similarity: value, same: same === '1', subject });
  }
  return ok(scores);
}

/** The bad value itself is not repeated: a wrong column may hold somebody's name. */
function invalid(line: number, column: string, problem: string): Result<never, Failure> {
  return err(failure('request.invalid', `line ${line}, column ${column}: ${problem}`));
}
