import { z } from 'zod';
import {
  DECIDED_BY,
  EVERY_RECORD,
  type FoundRecord,
  type RecordCount,
  type RecordFilter,
  type RecordOrder,
  type RecordPlace,
} from '../../shared/domain/record-search.ts';
import { reasonCodeSchema } from '../../shared/domain/verdict.ts';
import { failure, VERDICT_STATES, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { StoreDatabase } from './database.ts';
import { conditionsOf, indexFor, type Conditions } from './record-conditions.ts';
import { attempt, attemptResult } from './sqlite-failure.ts';

/** Rows that one step of a search looks at; between steps other work gets its turn. */
const ROWS_PER_STEP = 20_000;
/** Records that are counted one by one, at most: beyond it a count says "more than". */
export const COUNTED_AT_MOST = 10_000;
/** So many records with the same beginning of an id are sorted; more than that are looked for along the time. */
const SORTED_AT_MOST = 1_000;

export interface FoundPage {
  readonly rows: readonly FoundRecord[];
  /** Where the next page begins; null: there are no more. */
  readonly next: RecordPlace | null;
}

export interface PageRequest {
  readonly filter: RecordFilter;
  readonly order: RecordOrder;
  readonly after: RecordPlace | null;
  readonly limit: number;
}

/** Finds records by their facts, without reading whole records; long searches go in steps. */
export interface RecordSearch {
  page(request: PageRequest): Promise<Result<FoundPage, Failure>>;
  /** @param signal a newer question makes this one needless: the answer is then what was counted so far, with `more` */
  count(filter: RecordFilter, signal?: AbortSignal): Promise<Result<RecordCount, Failure>>;
}

const COLUMNS = `seq, certify_id, started_at_ms, scene_id, scheme, state, reason, decided_by, device_state, device_reason,
  name_masked, number_masked, provisional, countersigned, by_person, has_evidence, simulated, test`;

const bit = z.literal([0, 1]).transform((value) => value === 1);
const storedRowSchema = z.object({
  seq: z.int().positive(),
  certify_id: z.string(),
  started_at_ms: z.int(),
  scene_id: z.string(),
  scheme: z.string(),
  state: z.enum(VERDICT_STATES),
  reason: reasonCodeSchema,
  decided_by: z.enum(DECIDED_BY),
  device_state: z.enum(VERDICT_STATES),
  device_reason: reasonCodeSchema,
  name_masked: z.string().nullable(),
  number_masked: z.string().nullable(),
  provisional: bit,
  countersigned: bit,
  by_person: bit,
  has_evidence: bit,
  simulated: bit,
  test: bit,
});

/** A walk along one index, in one direction, behind a place. */
interface Walk {
  readonly source: string;
  readonly conditions: Conditions;
  readonly direction: { readonly before: '<' | '>'; readonly upTo: '>=' | '<='; readonly sort: 'DESC' | 'ASC' };
}

const DIRECTIONS = {
  newest: { before: '<', upTo: '>=', sort: 'DESC' },
  oldest: { before: '>', upTo: '<=', sort: 'ASC' },
} as const satisfies Record<RecordOrder, Walk['direction']>;

/**
 * Looks at 20,000 rows in one go at most, then other work gets its turn: an answer isn't of one moment. Counting ends
 * at `COUNTED_AT_MOST`.
 */
export function createRecordSearch(database: StoreDatabase): RecordSearch {
  const walkOf = (filter: RecordFilter, order: RecordOrder): Walk => ({
    source: sourceOf(database, filter),
    conditions: conditionsOf(filter),
    direction: DIRECTIONS[order],
  });
  return {
    page: async ({ filter, order, after, limit }) => {
      const walk = attempt(() => walkOf(filter, order));
      if (!walk.ok) return walk;
      const rows: FoundRecord[] = [];
      let place = after;
      for (;;) {
        const step = attemptResult(() => walkStep(database, walk.value, place, limit + 1 - rows.length));
        if (!step.ok) return step;
        rows.push(...step.value.rows);
        place = step.value.end;
        if (place === null || rows.length > limit) break;
        await otherWork();
      }
      return ok({ rows: rows.slice(0, limit), next: rows.length > limit ? placeOf(rows[limit - 1]) : null });
    },
    count: async (filter, signal) => {
      if (isEvery(filter)) return attempt(() => ({ count: countAll(database), more: false }));
      const walk = attempt(() => walkOf(filter, 'newest'));
      if (!walk.ok) return walk;
      let count = 0;
      let place: RecordPlace | null = null;
      for (;;) {
        const step = attempt(() => countStep(database, walk.value, place));
        if (!step.ok) return step;
        count += step.value.count;
        place = step.value.end;
        if (count > COUNTED_AT_MOST) return ok({ count: COUNTED_AT_MOST, more: true });
        if (place === null) return ok({ count, more: false });
        await otherWork();
        if (signal?.aborted === true) return ok({ count, more: true });
      }
    },
  };
}

function placeOf(row: FoundRecord | undefined): RecordPlace | null {
  return row === undefined ? null : { atMs: row.startedAtMs, seq: row.receipt };
}

function isEvery(filter: RecordFilter): boolean {
  return (Object.keys(EVERY_RECORD) as (keyof RecordFilter)[]).every((name) => filter[name] === null);
}

/** Receipts are numbered without a gap and stay for ever, so that nobody has to count a million rows. */
function countAll(database: StoreDatabase): number {
  return database.prepare<[], number | null>('SELECT max(seq) FROM record_facts').pluck().get() ?? 0;
}

/** The table with the index to walk along. */
function sourceOf(database: StoreDatabase, filter: RecordFilter): string {
  const { search } = filter;
  // Places in the chain are the table's own order.
  if (search?.by === 'receipt') return 'record_facts NOT INDEXED';
  if (search?.by !== 'id') return `record_facts INDEXED BY ${indexFor(filter)}`;
  const { where, values } = conditionsOf({ ...EVERY_RECORD, search });
  const some = database.prepare<[Conditions['values']], number>(
    `SELECT count(*) FROM (SELECT 1 FROM record_facts WHERE ${where.join(' AND ')} LIMIT ${SORTED_AT_MOST + 1})`,
  );
  const isMany = (some.pluck().get(values) ?? 0) > SORTED_AT_MOST;
  return isMany
    ? `record_facts INDEXED BY ${indexFor(filter)}`
    : 'record_facts INDEXED BY sqlite_autoindex_record_facts_1';
}

interface Range {
  readonly where: string;
  readonly values: Conditions['values'];
  /** The last row that this step looks at; null: it goes to the end. */
  readonly end: RecordPlace | null;
}

/** The rows of one step: those behind `place`, `ROWS_PER_STEP` at most, before anything but the index decides. */
function rangeOf(database: StoreDatabase, { source, conditions, direction }: Walk, place: RecordPlace | null): Range {
  const behind = place === null ? [] : [`(started_at_ms, seq) ${direction.before} (@placeAtMs, @placeSeq)`];
  const where = [...conditions.where, ...behind];
  const values = { ...conditions.values, ...(place && { placeAtMs: place.atMs, placeSeq: place.seq }) };
  const last = database.prepare<[Conditions['values']], RecordPlace>(
    `SELECT started_at_ms AS atMs, seq FROM ${source} WHERE ${walked(source, where)}
     ORDER BY started_at_ms ${direction.sort}, seq ${direction.sort} LIMIT 1 OFFSET ${ROWS_PER_STEP - 1}`,
  );
  const end = last.get(values) ?? null;
  if (end === null) return { where: where.join(' AND ') || 'true', values, end };
  return {
    where: [...where, `(started_at_ms, seq) ${direction.upTo} (@endAtMs, @endSeq)`].join(' AND '),
    values: { ...values, endAtMs: end.atMs, endSeq: end.seq },
    end,
  };
}

/** Of the conditions those that the index has: the others would have every row read. */
function walked(source: string, where: readonly string[]): string {
  const columns = INDEXED_COLUMNS.find(([index]) => source.endsWith(index))?.[1] ?? [];
  return where.filter((one) => columns.some((column) => one.includes(column))).join(' AND ') || 'true';
}

const INDEXED_COLUMNS: readonly (readonly [index: string, columns: readonly string[]])[] = [
  ['NOT INDEXED', ['seq']],
  ['autoindex_record_facts_1', ['certify_id']],
  ['_by_order', ['order_id', 'started_at_ms']],
  ['_by_number', ['number_masked IS NOT NULL', 'substr(number_masked', 'started_at_ms']],
  ['_by_name', ['name_masked', 'started_at_ms']],
  ['_by_reason', ['reason', 'started_at_ms']],
  ['_by_scheme', ['scheme', 'started_at_ms']],
  ['_by_scene', ['scene_id', 'started_at_ms']],
  ['_by_person', ['by_person', 'started_at_ms']],
  ['_test', ['test =', 'started_at_ms']],
  ['_evidence', ['has_evidence', 'started_at_ms']],
  ['_simulated', ['simulated', 'started_at_ms']],
  ['_provisional', ['provisional', 'started_at_ms']],
  ['_by_start', ['started_at_ms']],
];

function walkStep(
  database: StoreDatabase,
  walk: Walk,
  place: RecordPlace | null,
  limit: number,
): Result<{ readonly rows: readonly FoundRecord[]; readonly end: RecordPlace | null }, Failure> {
  const { where, values, end } = rangeOf(database, walk, place);
  const { sort } = walk.direction;
  const found = database
    .prepare<[Conditions['values']], unknown>(
      `SELECT ${COLUMNS} FROM ${walk.source} WHERE ${where}
       ORDER BY started_at_ms ${sort}, seq ${sort} LIMIT ${limit}`,
    )
    .all(values);
  const rows: FoundRecord[] = [];
  for (const stored of found) {
    const row = toFound(stored);
    if (!row.ok) return row;
    rows.push(row.value);
  }
  return ok({ rows, end });
}

function countStep(database: StoreDatabase, walk: Walk, place: RecordPlace | null) {
  const { where, values, end } = rangeOf(database, walk, place);
  const sum = database.prepare<[Conditions['values']], number>(`SELECT count(*) FROM ${walk.source} WHERE ${where}`);
  return { count: sum.pluck().get(values) ?? 0, end };
}

function toFound(stored: unknown): Result<FoundRecord, Failure> {
  const parsed = storedRowSchema.safeParse(stored);
  if (!parsed.success) return err(failure('store.corrupt', 'what a record is found by does not parse'));
  const row = parsed.data;
  return ok({
    certifyId: row.certify_id,
    receipt: row.seq,
    startedAtMs: row.started_at_ms,
    sceneId: row.scene_id,
    scheme: row.scheme,
    state: row.state,
    reason: row.reason,
    decidedBy: row.decided_by,
    deviceState: row.device_state,
    deviceReason: row.device_reason,
    nameMasked: row.name_masked,
    numberMasked: row.number_masked,
    provisional: row.provisional,
    countersigned: row.countersigned,
    byPerson: row.by_person,
    hasEvidence: row.has_evidence,
    simulated: row.simulated,
    test: row.test,
  });
}

function otherWork(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
