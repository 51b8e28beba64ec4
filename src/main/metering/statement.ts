import type { StatementLine } from '../../shared/domain/metering.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { readCsv, type CsvRow } from './csv-rows.ts';
import { findColumns, hasIds, type StatementColumns } from './statement-columns.ts';
import { statementTimeMs } from './statement-time.ts';

/** Longest statement, in bytes of UTF-8. */
export const MAX_STATEMENT_BYTES = 20_000_000;
/** Consoles put a title and a time span before the head. */
const MOST_TITLE_ROWS = 20;
const LONGEST_ID = 120;
const MOST_COUNT = 1_000_000;

export interface Statement {
  readonly lines: readonly StatementLine[];
  readonly unread: readonly { readonly line: number; readonly why: string }[];
}

/**
 * Reads a statement as a vendor's console exports it: CSV with commas, tabs or semicolons, and a head.
 *
 * @returns `request.invalid` for one that is too long, or has no column of ids: the columns that it has are named then
 */
export function parseStatement(text: string): Result<Statement, Failure> {
  if (Buffer.byteLength(text, 'utf8') > MAX_STATEMENT_BYTES) {
    return err(failure('request.invalid', 'statement: at most 20 MB'));
  }
  for (const separator of [',', '\t', ';'] as const) {
    const rows = readCsv(text, separator);
    const columns = findHead(rows);
    if (columns !== null) return ok(readLines(rows, columns));
  }
  return err(failure('request.invalid', `statement: ${whatIsThere(text)}`));
}

/** Bytes of a statement as text: UTF-8, or what spreadsheets in China write. */
export function statementText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Leaves the rows after the head; null where none of the first rows is one. */
function findHead(rows: Generator<CsvRow, void>): StatementColumns | null {
  for (let tried = 0; tried < MOST_TITLE_ROWS; tried += 1) {
    const row = rows.next();
    if (row.done === true) return null;
    const columns = findColumns(row.value.fields);
    if (hasIds(columns)) return columns;
  }
  return null;
}

function readLines(rows: Iterable<CsvRow>, columns: StatementColumns): Statement {
  const lines: StatementLine[] = [];
  const unread: { line: number; why: string }[] = [];
  for (const row of rows) {
    const read = readLine(row, columns);
    if (typeof read === 'string') unread.push({ line: row.line, why: read });
    else lines.push(read);
  }
  return { lines, unread };
}

/** A line, or why it can't be read; the reason never repeats what stands in it. */
function readLine({ line, fields, broken }: CsvRow, columns: StatementColumns): StatementLine | string {
  if (broken) return 'a quote is not closed';
  const valueOf = (places: readonly number[]): string =>
    places.map((place) => fields[place] ?? '').find((value) => value !== '') ?? '';
  const [orderId, requestId] = [valueOf(columns.order), valueOf(columns.request)];
  if (orderId === '' && requestId === '') return 'neither an order id nor a request id';
  if (orderId.length > LONGEST_ID || requestId.length > LONGEST_ID)
    return `an id of more than ${LONGEST_ID} characters`;
  const count = columns.count.length === 0 ? 1 : countOf(valueOf(columns.count));
  if (count === null) return 'the count is not a whole number';
  const time = valueOf(columns.time);
  const atMs = time === '' ? null : statementTimeMs(time);
  if (atMs === undefined) return 'the time is not one like 2026-03-02 09:00:00';
  const operation = valueOf(columns.operation).slice(0, 60);
  return {
    orderId,
    requestId: requestId === '' ? null : requestId,
    atMs,
    operation: operation === '' ? null : operation,
    count,
    line,
  };
}

const YES: ReadonlySet<string> = new Set(['yes', 'true', '是', '计费', '收费']);
const NO: ReadonlySet<string> = new Set(['no', 'false', '否', '不计费', '不收费']);

function countOf(text: string): number | null {
  const plain = text.toLowerCase().replaceAll(',', '');
  if (YES.has(plain)) return 1;
  if (NO.has(plain)) return 0;
  if (!/^\d{1,7}(\.0+)?$/.test(plain)) return null;
  const count = Number(plain);
  return count <= MOST_COUNT ? count : null;
}

/** Names the columns of the first row, unless it looks like a line without a head, which may name somebody. */
function whatIsThere(text: string): string {
  const first = readCsv(text.slice(0, 10_000), ',').next();
  if (first.done === true) return 'it is empty';
  const { fields } = first.value;
  if (fields.some((field) => /\d{6}/.test(field))) return 'it has no head: the first line is one of figures';
  const named = fields.slice(0, 20).map((field) => field.slice(0, 20));
  return `no column of order or request ids among: ${named.join(', ')}`.slice(0, 280);
}
