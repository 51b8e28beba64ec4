import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { MeterWindow, RecordedCall } from '../../shared/domain/metering.ts';
import { VERIFIER_IDS } from '../../shared/domain/verification.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { settledAttemptSchema } from './attempt-rows.ts';
import { parseStoredJson } from './audit-fault.ts';
import type { StoreDatabase } from './database.ts';
import { METER_SOURCES, type MeterPage, type MeterSource } from './meter-sources.ts';
import { attempt } from './sqlite-failure.ts';

/** Rows that are read at once; between two pages others have their turn. */
const PAGE_ROWS = 1_000;

/** Calls that may be billed, read in pages: a million of them are never in memory together. */
export interface MeterRows {
  /**
   * Gives every call that began in the window, in no particular order, to `take`.
   *
   * @param local decisions that this device took without asking anybody, too
   * @returns `store.corrupt` for a row that does not parse: what was taken before that must not count
   */
  each(
    window: MeterWindow,
    take: (call: RecordedCall) => void,
    options?: { readonly local?: boolean },
  ): Promise<Result<null, Failure>>;
}

const rowSchema = z.object({
  orderId: z.string(),
  certifyId: z.string(),
  sceneId: z.string(),
  scheme: z.string(),
  verifier: z.enum(VERIFIER_IDS),
  operation: z.string(),
  number: z.int().positive(),
  startedAtMs: z.int(),
  /** Of an attempt: how it ended, JSON; null while it hasn't. */
  settled: z.string().nullable(),
  reason: z.string().nullable(),
  code: z.string().nullable(),
  requestId: z.string().nullable(),
  /** 1, 0, or null for unknown. */
  billed: z.union([z.literal(0), z.literal(1)]).nullable(),
  /** Whether reason, code, request id and bill are an answer to this call. */
  answered: z.union([z.literal(0), z.literal(1)]),
});
type MeterRow = z.infer<typeof rowSchema>;

/** For a database that is open for reading only, too. After each page of 1,000 rows other work gets its turn. */
export function createMeterRows(database: StoreDatabase): MeterRows {
  return {
    each: async (window, take, { local = false } = {}) => {
      const sources = METER_SOURCES.filter((source) => (local || !source.isLocal) && isThere(database, source));
      for (const source of sources) {
        const read = await readSource(database, source, window, take);
        if (!read.ok) return read;
      }
      return ok(null);
    },
  };
}

/** Opened for reading only, a database of an older version has asked nobody. */
function isThere(database: StoreDatabase, { table }: MeterSource): boolean {
  return database.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?`).get(table) !== undefined;
}

async function readSource(
  database: StoreDatabase,
  source: MeterSource,
  { fromMs, toMs }: MeterWindow,
  take: (call: RecordedCall) => void,
): Promise<Result<null, Failure>> {
  const query = database.prepare<[MeterPage], Record<string, unknown>>(source.sql);
  let page: MeterPage = { fromMs, toMs, limit: PAGE_ROWS, ...source.start };
  for (;;) {
    const rows = attempt(() => query.all(page));
    if (!rows.ok) return rows;
    for (const row of rows.value) {
      const call = parseCall(row);
      if (call === null) return err(failure('store.corrupt', `a row of ${source.table} does not parse`));
      if (call.startedAtMs >= fromMs && call.startedAtMs < toMs) take(call);
    }
    const last = rows.value.at(-1);
    if (last === undefined || rows.value.length < PAGE_ROWS) return ok(null);
    page = { ...page, afterKey: last['key'] as string | number, afterNumber: last['keyNumber'] as number };
    await setImmediate();
  }
}

function parseCall(row: Record<string, unknown>): RecordedCall | null {
  const parsed = rowSchema.safeParse(row);
  if (!parsed.success) return null;
  const { orderId, certifyId, sceneId, scheme, verifier, operation, number, startedAtMs } = parsed.data;
  const call = { orderId, certifyId, sceneId, scheme, verifier, operation, number, startedAtMs };
  const ended = endOf(parsed.data);
  return ended === null ? null : { ...call, ...ended };
}

type CallEnd = Pick<RecordedCall, 'reason' | 'code' | 'requestId' | 'billed'>;

/** What the call's own row says; what was decided by it, where that row was written before it said so. */
function endOf({ settled, answered, ...said }: MeterRow): CallEnd | null {
  const answer = { reason: said.reason, code: said.code, requestId: said.requestId, billed: flagOf(said.billed) };
  if (settled === null) return answered === 1 ? answer : { reason: null, code: null, requestId: null, billed: null };
  const parsed = settledAttemptSchema.safeParse(parseStoredJson(settled));
  if (!parsed.success) return null;
  const { reason, code, billed, requestId = null } = parsed.data;
  if (billed !== undefined) return { reason, code, requestId, billed };
  const isSame = answered === 1 && said.code === code;
  return isSame ? { ...answer, reason, code } : { reason, code, requestId, billed: undefined };
}

function flagOf(flag: 0 | 1 | null): boolean | null {
  return flag === null ? null : flag === 1;
}
