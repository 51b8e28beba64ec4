import type { MeterLine, MeterRow, MeterWindow, Reconciliation } from '../../shared/domain/metering.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { meterCsvHead, meterCsvLine } from '../metering/meter-csv.ts';
import { createMeterReport } from '../metering/meter-report.ts';
import { meterWindow } from '../metering/meter-window.ts';
import { meterCall } from '../metering/metered-call.ts';
import { createReconciler, STATEMENT_MARGIN_MS } from '../metering/reconciliation.ts';
import { parseStatement, type Statement } from '../metering/statement.ts';
import type { MeterRows } from '../store/meter-rows.ts';
import type { AdminHandlers } from './admin-handlers.ts';

/** More lines than a window can take in one piece; the command line writes any number. */
const MOST_EXPORTED_LINES = 100_000;
/** More lines than anybody looks through: it is another account's statement, or another month's. */
const MOST_DIFFERENCES = 10_000;

export interface MeteringHandlerParts {
  readonly calls: MeterRows;
}

type MeteringChannel = 'admin:metering' | 'admin:export-metering' | 'admin:reconcile';

/** What was asked of whom, what it costs, and whether a vendor's statement says the same. */
export function meteringHandlers({ calls }: MeteringHandlerParts): Pick<AdminHandlers, MeteringChannel> {
  return {
    'admin:metering': async ({ from, to }) => {
      const window = meterWindow(from, to);
      return window.ok ? meterReport(calls, window.value) : window;
    },
    'admin:export-metering': async ({ from, to }) => {
      const window = meterWindow(from, to);
      return window.ok ? exportInOnePiece(calls, window.value) : window;
    },
    'admin:reconcile': async ({ from, to, statement }) => {
      const window = meterWindow(from, to);
      if (!window.ok) return window;
      const parsed = parseStatement(statement);
      if (!parsed.ok) return parsed;
      const reconciled = await reconcile(calls, window.value, parsed.value);
      return reconciled.ok && differencesOf(reconciled.value) > MOST_DIFFERENCES
        ? err(failure('request.invalid', `statement: more than ${MOST_DIFFERENCES} lines don’t match in this window`))
        : reconciled;
    },
  };
}

/**
 * Counts what this device decided without asking anybody, too. Fails with `store.corrupt` for a row that does not
 * parse.
 */
export async function meterReport(
  calls: MeterRows,
  window: MeterWindow,
): Promise<Result<readonly MeterRow[], Failure>> {
  const report = createMeterReport();
  const read = await calls.each(window, (call) => report.add(meterCall(call)), { local: true });
  return read.ok ? ok(report.rows()) : read;
}

/** Gives each line of the window to `write`, without what was decided without asking anybody. */
export async function exportCalls(
  calls: MeterRows,
  window: MeterWindow,
  write: (line: MeterLine) => void,
): Promise<Result<number, Failure>> {
  let lines = 0;
  const read = await calls.each(window, (call) => {
    lines += 1;
    write(meterCall(call));
  });
  return read.ok ? ok(lines) : read;
}

/**
 * Reads `STATEMENT_MARGIN_MS` beyond both ends of the window. Fails with `store.corrupt` for a row that does not parse.
 */
export async function reconcile(
  calls: MeterRows,
  window: MeterWindow,
  statement: Statement,
): Promise<Result<Reconciliation, Failure>> {
  const reconciler = createReconciler(statement, window);
  const { fromMs, toMs } = window;
  const wider = { fromMs: fromMs - STATEMENT_MARGIN_MS, toMs: toMs + STATEMENT_MARGIN_MS };
  const read = await calls.each(wider, (call) => reconciler.add(meterCall(call)));
  return read.ok ? ok(reconciler.result()) : read;
}

async function exportInOnePiece(calls: MeterRows, window: MeterWindow) {
  const pieces = [meterCsvHead()];
  const exported = await exportCalls(calls, window, (line) => {
    if (pieces.length <= MOST_EXPORTED_LINES) pieces.push(meterCsvLine(line));
  });
  if (!exported.ok) return exported;
  return exported.value > MOST_EXPORTED_LINES
    ? err(failure('request.invalid', `to: more than ${MOST_EXPORTED_LINES} lines: ask for fewer days`))
    : ok({ csv: pieces.join(''), lines: exported.value });
}

function differencesOf({ onlyThere, onlyHere, differing, resolved, unread }: Reconciliation): number {
  return onlyThere.length + onlyHere.length + differing.length + resolved.length + unread.length;
}
