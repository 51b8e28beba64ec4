import { CSV_MARK, csvCell, csvLine } from '../../shared/csv-text.ts';
import type { RecordFilter } from '../../shared/domain/record-search.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { StoreDatabase } from './database.ts';
import { conditionsOf, type Conditions } from './record-conditions.ts';
import { attempt } from './sqlite-failure.ts';

/** Receipts that one step looks at: some milliseconds of work, and less than a megabyte of text. */
export const RECEIPTS_PER_STEP = 2_000;

/** A piece of an export: whole lines, and how far it has come. */
export interface ExportPiece {
  /** In UTF-8. */
  readonly text: Uint8Array;
  readonly rows: number;
  /** Receipts looked at so far, of `of`. */
  readonly done: number;
  readonly of: number;
}

/** The columns of an export, in their order. Names and numbers are masked, as they are kept. */
const COLUMNS = [
  ['receipt', 'seq'],
  ['certify_id', 'certify_id'],
  [['started_at', 'decided_at'], 'times'],
  ['scene', 'scene_id'],
  ['scheme', 'scheme'],
  ['state', 'state'],
  ['reason', 'reason'],
  ['decided_by', 'decided_by'],
  ['device_state', 'device_state'],
  ['device_reason', 'device_reason'],
  ['basis', 'basis'],
  ['name_masked', 'name_masked'],
  ['number_masked', 'number_masked'],
  ['order_id', 'order_id'],
  ['provisional', 'provisional'],
  ['countersigned', 'countersigned'],
  ['decided_by_person', 'by_person'],
  ['has_evidence', 'has_evidence'],
  ['simulated', 'simulated'],
  ['test', 'test'],
] as const;

/** What people have typed or cards say; everything else is a number, a time, or a word of a closed list. */
const WRITTEN_BY_PEOPLE: readonly string[] = ['scene_id', 'scheme', 'name_masked', 'number_masked', 'order_id'];

export const RECORD_EXPORT_HEAD = csvLine(COLUMNS.flatMap(([name]) => name));

/**
 * The records of a filter as CSV, by receipt number, piece by piece: at any time one piece is in memory, however many
 * records there are. The database puts the lines together, as bytes of the file: texts cost twice the time, objects of
 * rows three times. Records that are committed meanwhile are not in it; those that are erased meanwhile are in it as erased.
 */
export function* exportRecords(
  database: StoreDatabase,
  filter: RecordFilter,
): Generator<Result<ExportPiece, Failure>, void> {
  const prepared = attempt(() => prepare(database, filter));
  if (!prepared.ok) {
    yield prepared;
    return;
  }
  const { lines, of } = prepared.value;
  yield ok({ text: Buffer.from(CSV_MARK + RECORD_EXPORT_HEAD), rows: 0, done: 0, of });
  for (let done = 0; done < of;) {
    const until = Math.min(done + RECEIPTS_PER_STEP, of);
    const from = done;
    const read = attempt(() => lines(from, until));
    if (!read.ok) {
      yield read;
      return;
    }
    done = until;
    yield ok({ text: read.value.text ?? NOTHING, rows: read.value.rows, done, of });
  }
}

/** @returns `store.unavailable` for a database of an older version, opened for reading only */
export function hasRecordFacts(database: StoreDatabase): Result<null, Failure> {
  const table = attempt(() =>
    database.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'record_facts'`).get(),
  );
  if (!table.ok) return table;
  return table.value === undefined
    ? err(failure('store.unavailable', 'start this version of the application once: it brings the database up to date'))
    : ok(null);
}

const NOTHING = new Uint8Array();

interface Lines {
  readonly rows: number;
  /** Null where none of them is meant. */
  readonly text: Uint8Array | null;
}

function prepare(database: StoreDatabase, filter: RecordFilter) {
  // Only cells that may not stand as they are come this way.
  database.function('csv_cell', { deterministic: true }, (text: unknown) => csvCell(text as string | null));
  const { where, values } = conditionsOf(filter);
  const conditions = ['seq > @seqFrom', 'seq <= @seqUntil', ...where].join(' AND ');
  const query = database.prepare<[Conditions['values']], Lines>(
    `SELECT count(*) AS rows, CAST(group_concat(line, '') AS BLOB) AS text
     FROM (SELECT ${LINE} AS line FROM record_facts NOT INDEXED WHERE ${conditions} ORDER BY seq)`,
  );
  const last = database.prepare<[], number | null>('SELECT max(seq) FROM record_facts').pluck().get() ?? 0;
  return {
    of: last,
    lines: (from: number, until: number): Lines => query.get({ ...values, seqFrom: from, seqUntil: until }) as Lines,
  };
}

const LINE = `CASE WHEN plain THEN ${lineOf((column) => column)} ELSE ${lineOf((column) => `csv_cell(${column})`)} END`;

function lineOf(written: (column: string) => string): string {
  const cells = COLUMNS.map(([, column]) => (WRITTEN_BY_PEOPLE.includes(column) ? written(column) : column));
  return `concat(${cells.join(`, ',', `)}, char(13, 10))`;
}
