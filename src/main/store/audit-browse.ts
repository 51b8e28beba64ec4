import type { AuditFilter, AuditLine, AuditPage } from '../../shared/ipc/admin-audit.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseStoredJson } from './audit-fault.ts';
import { auditEntrySchema } from './audit-log.ts';
import type { StoreDatabase } from './database.ts';
import { attempt, attemptResult } from './sqlite-failure.ts';

/** Entries that one step looks at; between steps other work gets its turn. */
const ENTRIES_PER_STEP = 5_000;

/** Looks through the audit log, the newest entries first. */
export interface AuditBrowse {
  /** @param before number of the entry that the page begins behind; null: at the newest */
  page(filter: AuditFilter, before: number | null, limit: number): Promise<Result<AuditPage, Failure>>;
  /** Every kind of entry that there is. */
  kinds(): Result<readonly string[], Failure>;
}

const KIND = `json_extract(entry, '$.kind')`;
const PERSON = `json_extract(entry, '$.detail.by')`;
const AT = `json_extract(entry, '$.atMs')`;

type Values = Readonly<Record<string, string | number>>;

interface StoredLine {
  readonly seq: number;
  readonly entry: string;
}

/**
 * Looks at 5,000 entries in one go at most, then other work gets its turn. Fails with `store.corrupt` naming an entry
 * that does not parse.
 */
export function createAuditBrowse(database: StoreDatabase): AuditBrowse {
  return {
    page: async (filter, before, limit) => {
      const { walked, others, values } = conditionsOf(filter);
      const entries: AuditLine[] = [];
      let behind = before ?? Number.MAX_SAFE_INTEGER;
      for (;;) {
        const step = attemptResult(() =>
          walkStep(database, { walked, others, values: { ...values, behind } }, limit + 1 - entries.length),
        );
        if (!step.ok) return step;
        entries.push(...step.value.entries);
        if (step.value.end === null || entries.length > limit) break;
        behind = step.value.end;
        await new Promise((resolve) => setImmediate(resolve));
      }
      const shown = entries.slice(0, limit);
      return ok({ entries: shown, next: entries.length > limit ? (shown.at(-1)?.seq ?? null) : null });
    },
    kinds: () => attempt(() => kindsOf(database)),
  };
}

interface Walk {
  /** What an index has. */
  readonly walked: readonly string[];
  readonly others: readonly string[];
  readonly values: Values;
}

function conditionsOf({ kind, staffId, fromMs, toMs }: AuditFilter): Walk {
  const indexed = [
    ...(kind === null ? [] : [`${KIND} = @kind`]),
    ...(staffId === null ? [] : [`${PERSON} = @staffId`]),
  ];
  return {
    walked: indexed,
    // A clock that was set back leaves times out of order, so that they bound nothing.
    others: [...(fromMs === null ? [] : [`${AT} >= @fromMs`]), ...(toMs === null ? [] : [`${AT} < @toMs`])],
    values: {
      ...(kind !== null && { kind }),
      ...(staffId !== null && { staffId }),
      ...(fromMs !== null && { fromMs }),
      ...(toMs !== null && { toMs }),
    },
  };
}

function walkStep(
  database: StoreDatabase,
  { walked, others, values }: Walk,
  limit: number,
): Result<{ readonly entries: readonly AuditLine[]; readonly end: number | null }, Failure> {
  const range = ['seq < @behind', ...walked].join(' AND ');
  const end =
    database
      .prepare<[Values], number>(
        `SELECT seq FROM audit WHERE ${range} ORDER BY seq DESC LIMIT 1 OFFSET ${ENTRIES_PER_STEP - 1}`,
      )
      .pluck()
      .get(values) ?? null;
  const where = [range, ...others, ...(end === null ? [] : ['seq >= @end'])].join(' AND ');
  const stored = database
    .prepare<[Values], StoredLine>(`SELECT seq, entry FROM audit WHERE ${where} ORDER BY seq DESC LIMIT ${limit}`)
    .all({ ...values, ...(end !== null && { end }) });
  const entries: AuditLine[] = [];
  for (const { seq, entry } of stored) {
    const parsed = auditEntrySchema.safeParse(parseStoredJson(entry));
    if (!parsed.success) return err(failure('store.corrupt', `audit entry ${seq} does not parse`));
    entries.push({ seq, ...parsed.data, raw: entry });
  }
  return ok({ entries, end });
}

/** From one kind to the next along the index, instead of through all entries. */
function kindsOf(database: StoreDatabase): readonly string[] {
  return database
    .prepare<[], string>(
      `WITH RECURSIVE known (kind) AS (
         SELECT min(${KIND}) FROM audit
         UNION ALL SELECT (SELECT min(${KIND}) FROM audit WHERE ${KIND} > known.kind) FROM known WHERE kind IS NOT NULL)
       SELECT kind FROM known WHERE kind IS NOT NULL`,
    )
    .pluck()
    .all();
}
