import { readFileSync, statSync } from 'node:fs';
import { exportCalls, meterReport, reconcile } from '../main/composition/admin-metering-handlers.ts';
import { meterCsvHead, meterCsvLine } from '../main/metering/meter-csv.ts';
import { MAX_STATEMENT_BYTES, parseStatement, statementText, type Statement } from '../main/metering/statement.ts';
import type { MeterRows } from '../main/store/meter-rows.ts';
import type { MeterRow, MeterWindow, Reconciliation } from '../shared/domain/metering.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, type Result } from '../shared/result.ts';
import { emitJson, emitText, setExitCode } from './output.ts';

/** What can be done with calls, wherever they are kept. */
export type MeterWork = (calls: MeterRows, window: MeterWindow, json: boolean) => Promise<Failure | null>;

/** Prints sums by scene, scheme, verifier and operation. */
export const reportCalls: MeterWork = async (calls, window, json) => {
  const rows = await meterReport(calls, window);
  if (!rows.ok) return rows.error;
  if (json) emitJson(rows.value);
  else for (const row of rows.value) process.stdout.write(`${lineOf(row)}\n`);
  return null;
};

function lineOf({ sceneId, scheme, verifier, operation, ...sums }: MeterRow): string {
  const counts = `calls ${sums.calls}  decided ${sums.successful}  passed ${sums.passes}  billed ${sums.billed}`;
  const where = [sceneId === '' ? '-' : sceneId, scheme === '' ? '-' : scheme, verifier, operation].join('  ');
  return sums.unknown === 0 ? `${where}  ${counts}` : `${where}  ${counts}  unknown ${sums.unknown}`;
}

/** Prints every call. */
export const printCalls: MeterWork = async (calls, window, json) => {
  if (!json) process.stdout.write(meterCsvHead());
  const exported = await exportCalls(calls, window, (line) => {
    if (json) emitJson(line);
    else process.stdout.write(meterCsvLine(line));
  });
  if (!exported.ok) return exported.error;
  emitText(`${exported.value} calls`);
  return null;
};

/** Prints how a statement matches; exit code 1 where it doesn't. */
export const compareWith =
  (file: string): MeterWork =>
  async (calls, window, json) => {
    const statement = readStatement(file);
    if (!statement.ok) return statement.error;
    const reconciled = await reconcile(calls, window, statement.value);
    if (!reconciled.ok) return reconciled.error;
    if (json) emitJson(reconciled.value);
    else process.stdout.write(`${textOf(reconciled.value).join('\n')}\n`);
    const { onlyThere, onlyHere, differing, unread } = reconciled.value;
    if (onlyThere.length + onlyHere.length + differing.length + unread.length > 0) setExitCode(1);
    return null;
  };

/** Reads a statement of a vendor; the size is looked at before it is read. */
function readStatement(file: string): Result<Statement, Failure> {
  try {
    if (statSync(file).size > MAX_STATEMENT_BYTES) return err(failure('request.invalid', 'statement: at most 20 MB'));
    return parseStatement(statementText(readFileSync(file)));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null) throw error;
    return err(failure('request.invalid', `statement: ${code}`));
  }
}

/** A reconciliation in words, one finding a line. */
function textOf({ matched, onlyThere, onlyHere, differing, resolved, unread }: Reconciliation): readonly string[] {
  return [
    `${matched} matched`,
    ...onlyThere.map(
      ({ line, orderId, requestId, count }) =>
        `only on the statement: line ${line}, ${orderId === '' ? `request ${requestId ?? ''}` : `order ${orderId}`}, ${count}`,
    ),
    ...onlyHere.map(
      ({ orderId, verifier, operation, startedAtMs }) =>
        `only here: order ${orderId}, ${verifier} ${operation}, ${new Date(startedAtMs).toISOString()}`,
    ),
    ...differing.map(
      ({ orderId, expected, billed }) => `differs: order ${orderId}, expected ${expected}, on the statement ${billed}`,
    ),
    ...resolved.map(
      ({ orderId, billed }) =>
        `answer was lost: order ${orderId}, ${billed ? 'billed' : 'not billed'} by the statement`,
    ),
    ...unread.map(({ line, why }) => `not read: line ${line}, ${why}`),
  ];
}
