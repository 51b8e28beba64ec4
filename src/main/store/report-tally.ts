import type { ComparisonSummary } from '../../shared/domain/certification.ts';
import { mergeSteps, readSteps, writeSteps, type StepTimesByStage } from '../../shared/domain/step-times.ts';
import type { VerdictState } from '../../shared/reasons.ts';
import type { StoreDatabase } from './database.ts';

export type Compared = ComparisonSummary['outcome'];

/** How a record is counted: not at all, by day and state until it is told apart, or in full. */
export type TallyDepth = 'none' | 'day' | 'hour';

/** Where one certification is counted. */
export interface TallyPlace {
  readonly day: string;
  readonly hour: number;
  readonly offsetMin: number;
  readonly sceneId: string;
  readonly scheme: string;
  readonly state: VerdictState;
  readonly reason: string;
  /** Null where no faces were compared. */
  readonly compared: Compared | null;
}

/** A day whose certifications are counted by scene and state alone, as long as they are not told apart. */
export type PlainPlace = Pick<TallyPlace, 'day' | 'sceneId' | 'state'>;

/** The counts that reports are made of; all of it works within a transaction that the caller has open. */
export interface ReportTally {
  add(place: TallyPlace, steps: StepTimesByStage): void;
  /** Counts one certification elsewhere on its day; how long it took stays counted. */
  move(from: TallyPlace, to: TallyPlace): void;
  addPlain(place: PlainPlace): void;
  takePlain(place: PlainPlace): void;
}

/** The row of `meta` that names the last day whose hours were added up. */
export const FOLDED = 'report-folded';
export const NO_STEPS = '{}';

const DAY_KEY = ['day', 'scene_id', 'scheme', 'state', 'reason'] as const;
const HOUR_KEY = ['day', 'hour', 'utc_offset_min', 'scene_id', 'scheme', 'state', 'reason'] as const;

/**
 * Changes the sums of a day that is folded with its hours. Throws what SQLite throws, so that the caller's transaction
 * fails.
 */
export function prepareReportTally(database: StoreDatabase): ReportTally {
  const days = prepareCounts(database, 'report_days', DAY_KEY);
  const hours = prepareHours(database);
  const addFolded = prepareFoldedSteps(database);
  return {
    add: (place, steps) => {
      const key = hourKey(place);
      const { isFolded, kept } = hours.find(key);
      hours.add(key, place.compared, kept, isFolded ? {} : steps);
      if (!isFolded) return;
      days.add(dayKey(place), place.compared);
      addFolded(place, steps);
    },
    move: (from, to) => {
      const [fromKey, toKey] = [hourKey(from), hourKey(to)];
      const { isFolded, kept } = hours.find(fromKey);
      hours.take(fromKey, from.compared);
      // Times whose row is gone go along.
      const left = hours.find(fromKey).kept === null ? (readSteps(kept ?? NO_STEPS) ?? {}) : {};
      hours.add(toKey, to.compared, hours.find(toKey).kept, left);
      if (!isFolded) return;
      days.take(dayKey(from), from.compared);
      days.add(dayKey(to), to.compared);
    },
    addPlain: ({ day, sceneId, state }) => days.add([day, sceneId, '', state, ''], null),
    takePlain: ({ day, sceneId, state }) => days.take([day, sceneId, '', state, ''], null),
  };
}

type Cell = string | number;

function dayKey({ day, sceneId, scheme, state, reason }: TallyPlace): readonly Cell[] {
  return [day, sceneId, scheme, state, reason];
}

function hourKey({ day, hour, offsetMin, sceneId, scheme, state, reason }: TallyPlace): readonly Cell[] {
  return [day, hour, offsetMin, sceneId, scheme, state, reason];
}

function comparedColumns(compared: Compared | null): readonly [matched: number, grey: number, unlike: number] {
  return [compared === 'match' ? 1 : 0, compared === 'grey' ? 1 : 0, compared === 'no-match' ? 1 : 0];
}

const whereKey = (key: readonly string[]): string => key.map((column) => `${column} = ?`).join(' AND ');

function prepareCounts(database: StoreDatabase, table: string, key: readonly string[]) {
  const add = database.prepare<Cell[]>(
    `INSERT INTO ${table} (${key.join(', ')}, count, matched, grey, unlike)
     VALUES (${key.map(() => '?').join(', ')}, 1, ?, ?, ?)
     ON CONFLICT (${key.join(', ')}) DO UPDATE SET count = count + 1, matched = matched + excluded.matched,
       grey = grey + excluded.grey, unlike = unlike + excluded.unlike`,
  );
  const take = prepareTake(database, table, key);
  return {
    add: (values: readonly Cell[], compared: Compared | null) => {
      add.run(...values, ...comparedColumns(compared));
    },
    take,
  };
}

function prepareTake(database: StoreDatabase, table: string, key: readonly string[]) {
  const take = database.prepare<Cell[]>(
    `UPDATE ${table} SET count = count - 1, matched = matched - ?, grey = grey - ?, unlike = unlike - ?
     WHERE ${whereKey(key)}`,
  );
  const clear = database.prepare<Cell[]>(`DELETE FROM ${table} WHERE ${whereKey(key)} AND count = 0`);
  return (values: readonly Cell[], compared: Compared | null): void => {
    take.run(...comparedColumns(compared), ...values);
    clear.run(...values);
  };
}

/** A row of an hour as it is before a change. */
interface FoundHour {
  readonly isFolded: boolean;
  /** The times that the row keeps; null where there is no such row. */
  readonly kept: string | null;
}

/** Hours carry the times of steps as well: the row that changes anyway. */
function prepareHours(database: StoreDatabase) {
  const find = database
    .prepare<Cell[], [string | null, string | null]>(
      `SELECT (SELECT value FROM meta WHERE name = '${FOLDED}'),
              (SELECT steps FROM report_hours WHERE ${whereKey(HOUR_KEY)})`,
    )
    .raw();
  const insert = database.prepare<Cell[]>(
    `INSERT INTO report_hours (${HOUR_KEY.join(', ')}, steps, count, matched, grey, unlike)
     VALUES (${HOUR_KEY.map(() => '?').join(', ')}, ?, 1, ?, ?, ?)`,
  );
  const update = database.prepare<Cell[]>(
    `UPDATE report_hours SET steps = ?, count = count + 1, matched = matched + ?, grey = grey + ?, unlike = unlike + ?
     WHERE ${whereKey(HOUR_KEY)}`,
  );
  return {
    find: (key: readonly Cell[]): FoundHour => {
      const [folded, kept] = find.get(...key) ?? [null, null];
      return { isFolded: key[0]! <= (folded ?? ''), kept };
    },
    add: (key: readonly Cell[], compared: Compared | null, kept: string | null, steps: StepTimesByStage): void => {
      const columns = comparedColumns(compared);
      if (kept === null) insert.run(...key, writeSteps(steps), ...columns);
      else update.run(mergedSteps(kept, steps), ...columns, ...key);
    },
    take: prepareTake(database, 'report_hours', HOUR_KEY),
  };
}

/** A row that can't be read is begun anew: how long steps take must not keep a verdict from its record. */
function mergedSteps(kept: string, added: StepTimesByStage): string {
  const times = readSteps(kept) ?? {};
  mergeSteps(times, added);
  return writeSteps(times);
}

/** Adds times to a day that is folded. */
export function prepareFoldedSteps(
  database: StoreDatabase,
): (place: Pick<TallyPlace, 'day' | 'sceneId' | 'scheme'>, steps: StepTimesByStage) => void {
  const find = database
    .prepare<[string, string, string], string>(
      'SELECT steps FROM report_steps WHERE day = ? AND scene_id = ? AND scheme = ?',
    )
    .pluck();
  const put = database.prepare(
    'INSERT OR REPLACE INTO report_steps (day, scene_id, scheme, steps) VALUES (?, ?, ?, ?)',
  );
  return ({ day, sceneId, scheme }, steps) => {
    if (Object.keys(steps).length === 0) return;
    put.run(day, sceneId, scheme, mergedSteps(find.get(day, sceneId, scheme) ?? NO_STEPS, steps));
  };
}
