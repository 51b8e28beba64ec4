import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { MeterWindow, RecordedCall } from '../../shared/domain/metering.ts';
import { VERIFIER_IDS, vendorAnswerSchema, type VendorAnswer } from '../../shared/domain/verification.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { VerifierDatabase } from '../storage/database.ts';

const PAGE_ROWS = 1_000;

/** All calls of this verifier that may be billed, read in pages. */
export interface VerifierCalls {
  /** Gives every call that began in the window, in no particular order, to `take`. */
  each(window: MeterWindow, take: (call: RecordedCall) => void): Promise<Result<null, Failure>>;
}

const decidedSchema = z.object({ vendor: vendorAnswerSchema.nullable() });
const verifierSchema = z.enum(VERIFIER_IDS);

/** What a session asks stands for the scheme, which only its device knows. */
export function createVerifierCalls(database: VerifierDatabase): VerifierCalls {
  return {
    each: async (window, take) => {
      for (let after = ''; ;) {
        const rows = await pageOf(database, window, after);
        const answers = await answersOf(database, [...new Set(rows.map((row) => row.session_id))]);
        if (answers === null) return err(failure('store.corrupt', 'a decision does not parse'));
        for (const row of rows) {
          const call = callOf(row, answers.get(row.session_id) ?? []);
          if (call === null) return err(failure('store.corrupt', 'an attempt does not parse'));
          take(call);
        }
        const last = rows.at(-1);
        if (last === undefined || rows.length < PAGE_ROWS) return ok(null);
        after = last.attempt_id;
        await setImmediate();
      }
    },
  };
}

type AttemptRow = Awaited<ReturnType<typeof pageOf>>[number];

function pageOf(database: VerifierDatabase, { fromMs, toMs }: MeterWindow, after: string) {
  return database.queries
    .selectFrom('attempts')
    .leftJoin('sessions', 'sessions.session_id', 'attempts.session_id')
    .selectAll('attempts')
    .select(['sessions.scene_id', 'sessions.check_name'])
    .where('attempts.attempt_id', '>', after)
    .where('started_at_ms', '>=', fromMs)
    .where('started_at_ms', '<', toMs)
    .orderBy('attempts.attempt_id')
    .limit(PAGE_ROWS)
    .execute();
}

/** What vendors answered, by session; null where a decision can't be read. */
async function answersOf(
  database: VerifierDatabase,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, readonly VendorAnswer[]> | null> {
  const answers = new Map<string, VendorAnswer[]>();
  if (sessionIds.length === 0) return answers;
  const rows = await database.queries
    .selectFrom('decisions')
    .select(['session_id', 'body'])
    .where('session_id', 'in', [...sessionIds])
    .execute();
  for (const { session_id: sessionId, body } of rows) {
    const decided = decidedSchema.safeParse(parseJson(body));
    if (!decided.success) return null;
    if (decided.data.vendor) answers.set(sessionId, [...(answers.get(sessionId) ?? []), decided.data.vendor]);
  }
  return answers;
}

/** An attempt's row doesn't say what it costs: the decision that it led to does, for all others the maker's rule. */
function callOf(row: AttemptRow, answers: readonly VendorAnswer[]): RecordedCall | null {
  const verifier = verifierSchema.safeParse(row.verifier);
  if (!verifier.success) return null;
  const { settled_reason: reason, settled_code: code } = row;
  const answer = answers.find((said) => said.operation === row.operation && said.code.slice(0, 120) === code);
  return {
    orderId: row.order_id,
    certifyId: row.certify_id,
    sceneId: row.scene_id ?? '',
    scheme: row.check_name ?? '',
    verifier: verifier.data,
    operation: row.operation,
    number: row.number,
    startedAtMs: row.started_at_ms,
    reason,
    code,
    requestId: answer?.requestId ?? null,
    billed: reason === null ? null : answer?.billed,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
