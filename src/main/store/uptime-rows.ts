import { z } from 'zod';
import { UPTIME_PARTS, type PartUptime, type UptimePart } from '../../shared/domain/report.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { StoreDatabase } from './database.ts';
import { attempt, attemptResult } from './sqlite-failure.ts';

/** What a part is known to be at a moment. */
export type PartState = 'up' | 'down' | 'unknown';
export type PartStates = Readonly<Record<UptimePart, PartState>>;

/** Reports reach 90 days back; what is older than this is forgotten. */
const KEPT_MS = 100 * 86_400_000;
const RUN = 'uptime-run';

/** When each part of the terminal worked. All times are wall time in milliseconds. */
export interface UptimeRows {
  /**
   * A run begins. Where the one before was not ended (the plug was pulled, the program crashed), whatever was watched was
   * down from its last sign until now; after an orderly end nobody knows and nothing is said.
   */
  begin(atMs: number): Result<null, Failure>;
  /** The states hold from now on, in spans of their own. */
  open(states: PartStates, atMs: number): Result<null, Failure>;
  /** What was open held until now: a sign of life. */
  extend(atMs: number): Result<null, Failure>;
  /** What was open held until now, and the run ends as it should. */
  end(atMs: number): Result<null, Failure>;
}

/**
 * One program writes: which spans grow is in memory, so `open` comes before `extend`. What ended 100 days ago goes when
 * a run begins.
 */
export function createUptimeRows(database: StoreDatabase): UptimeRows {
  // A clock that was set back: what was said about this time before is said anew.
  const forgetLater = database.prepare('DELETE FROM uptime WHERE part = @part AND from_ms >= @atMs');
  const cutLater = database.prepare('UPDATE uptime SET until_ms = @atMs WHERE part = @part AND until_ms > @atMs');
  const insert = database.prepare('INSERT INTO uptime (part, from_ms, until_ms, state) VALUES (?, ?, ?, ?)');
  const forgetOld = database.prepare('DELETE FROM uptime WHERE until_ms < ?');
  const grow = database.prepare('UPDATE uptime SET until_ms = ? WHERE part = ? AND from_ms = ? AND until_ms <= ?');
  const last = database.prepare<[], number | null>('SELECT max(until_ms) FROM uptime').pluck();
  const untilThen = database.prepare<[number], UptimePart>('SELECT part FROM uptime WHERE until_ms = ?').pluck();
  const readRun = database.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck();
  const writeRun = database.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)');
  /** Where the spans begin that are growing. */
  const growing = new Map<UptimePart, number>();

  function put(part: UptimePart, fromMs: number, untilMs: number, state: 'up' | 'down'): void {
    forgetLater.run({ part, atMs: fromMs });
    cutLater.run({ part, atMs: fromMs });
    insert.run(part, fromMs, untilMs, state);
  }
  function extend(atMs: number): void {
    for (const [part, fromMs] of growing) grow.run(atMs, part, fromMs, atMs);
  }
  const begin = database.transaction((atMs: number) => {
    const lastSignMs = last.get() ?? null;
    if (readRun.get(RUN) === 'running' && lastSignMs !== null && lastSignMs < atMs) {
      for (const part of untilThen.all(lastSignMs)) put(part, lastSignMs, atMs, 'down');
    }
    writeRun.run(RUN, 'running');
    forgetOld.run(atMs - KEPT_MS);
  });
  const open = database.transaction((states: PartStates, atMs: number) => {
    growing.clear();
    for (const part of UPTIME_PARTS) {
      const state = states[part];
      if (state === 'unknown') {
        forgetLater.run({ part, atMs });
        cutLater.run({ part, atMs });
        continue;
      }
      put(part, atMs, atMs, state);
      growing.set(part, atMs);
    }
  });
  const beat = database.transaction(extend);
  const end = database.transaction((atMs: number) => {
    extend(atMs);
    growing.clear();
    writeRun.run(RUN, 'ended');
  });
  const done = (work: () => void): Result<null, Failure> => attempt(() => (work(), null));
  return {
    begin: (atMs) => done(() => begin.immediate(atMs)),
    open: (states, atMs) => done(() => open.immediate(states, atMs)),
    extend: (atMs) => done(() => beat.immediate(atMs)),
    end: (atMs) => done(() => end.immediate(atMs)),
  };
}

const spanSchema = z.strictObject({
  part: z.enum(UPTIME_PARTS),
  fromMs: z.int(),
  untilMs: z.int(),
  state: z.enum(['up', 'down']),
});
type Span = z.infer<typeof spanSchema>;

/**
 * How long each part was up, down and unknown between two moments; the three add up to the time between them.
 *
 * @returns `store.corrupt` for a row that doesn't parse
 */
export function readUptime(
  database: StoreDatabase,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Result<readonly PartUptime[], Failure> {
  const spans = database.prepare(
    `SELECT part, from_ms AS fromMs, until_ms AS untilMs, state FROM uptime
     WHERE until_ms >= ? AND from_ms < ? ORDER BY part, from_ms`,
  );
  return attemptResult(() => {
    const parsed = z.array(spanSchema).safeParse(spans.all(fromMs, toMs));
    if (!parsed.success) return err(failure('store.corrupt', 'a span of uptime does not parse'));
    return ok(
      UPTIME_PARTS.map((part) =>
        uptimeOf(
          part,
          parsed.data.filter((span) => span.part === part),
          { fromMs, toMs },
        ),
      ),
    );
  });
}

function uptimeOf(
  part: UptimePart,
  spans: readonly Span[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): PartUptime {
  const sums = { up: 0, down: 0 };
  let failures = 0;
  let before: Span | null = null;
  for (const span of spans) {
    sums[span.state] += Math.max(0, Math.min(span.untilMs, toMs) - Math.max(span.fromMs, fromMs));
    if (span.state === 'down' && before?.state === 'up' && span.fromMs >= fromMs) failures += 1;
    before = span;
  }
  const wholeMs = Math.max(0, toMs - fromMs);
  return { part, upMs: sums.up, downMs: sums.down, unknownMs: wholeMs - sums.up - sums.down, failures };
}
