/**
 * A 90-day report over a million records, warm, beside reading the same kept rows and nothing else; and beside counting
 * the records themselves, which nothing does. Run with `npm run bench -- report [--records=1000000]`.
 *
 * The records go in through the same tally that a commit uses, in large transactions and without receipts, audit entries
 * and signatures, which no report reads; a recount from the records proves afterwards that the sums are the same.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { readReport } from '../../src/main/composition/report-desk.ts';
import { createReportFold } from '../../src/main/store/report-fold.ts';
import { reportCountsDiffer } from '../../src/main/store/report-recount.ts';
import { createReportRows } from '../../src/main/store/report-rows.ts';
import { addDays, LONGEST_REPORT_DAYS } from '../../src/shared/domain/report-window.ts';
import { DEFAULT_SCENE } from '../../src/shared/domain/scene.ts';
import { ok } from '../../src/shared/result.ts';
import { fillWithRecords, FILLED_FROM_DAY } from '../support/report-filling.ts';
import { expectOk, openSampleStore, temporaryFolder } from '../support/sample-store.ts';

const { values } = parseArgs({ options: { records: { type: 'string', default: '1000000' } } });
const ROUNDS = 40;

const folder = temporaryFolder();
const { database } = openSampleStore(folder.path);
const to = addDays(FILLED_FROM_DAY, LONGEST_REPORT_DAYS - 1);

function timeMs(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN;
}

function show(name: string, times: readonly number[]): void {
  const [quick, median, slow] = [0.1, 0.5, 0.95].map((share) => percentile(times, share).toFixed(2));
  console.log(`${name}: 10 % ${quick} ms, median ${median} ms, 95 % ${slow} ms`);
}

try {
  console.log(`${cpus()[0]?.model ?? 'unknown'} × ${cpus().length}, load ${loadavg()[0]?.toFixed(2)}`);
  const records = Number(values.records);
  const fillMs = timeMs(() => fillWithRecords(database, records));
  // The last day is the one that isn't over yet.
  expectOk(createReportFold(database)(to));
  const rows = expectOk(createReportRows(database));
  const reading = database.prepare('SELECT * FROM report_days WHERE day BETWEEN ? AND ?');
  const readingSteps = database.prepare('SELECT * FROM report_steps WHERE day BETWEEN ? AND ?');
  const parts = {
    database,
    rows,
    scenes: { scenes: () => ok([DEFAULT_SCENE] as const), schemes: () => ok([]) },
    clock: { wallMs: () => Date.parse(`${to}T12:00Z`) },
    offsetOf: () => 0,
  };
  const ask = (from: string, until: string) =>
    expectOk(readReport(parts, { from, to: until, keep: 'from', sceneIds: [], schemes: [] }));
  const found = ask(FILLED_FROM_DAY, to);
  if (found.totals.submitted !== records) throw new Error(`${found.totals.submitted} of ${records} are counted`);
  const kept = reading.all(FILLED_FROM_DAY, to).length;
  console.log(`${records} records in ${(fillMs / 1000).toFixed(0)} s, ${kept} rows of days in the window`);
  const [floor, whole, hours]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    floor.push(timeMs(() => void (reading.all(FILLED_FROM_DAY, to), readingSteps.all(FILLED_FROM_DAY, to))));
    whole.push(timeMs(() => void ask(FILLED_FROM_DAY, to)));
    hours.push(timeMs(() => void ask(to, to)));
  }
  show('reading the kept rows alone', floor);
  show('90-day report', whole);
  show('report of one day by hours', hours);
  // On a busy machine whatever takes longer is interrupted more often: the quick ones are compared.
  const ratio = percentile(whole, 0.1) / percentile(floor, 0.1);
  console.log(`90-day report: ${ratio.toFixed(2)} × reading the kept rows`);
  let differs = false;
  const recountMs = timeMs(() => (differs = reportCountsDiffer(database)));
  if (differs) throw new Error('the counts differ from the records');
  console.log(`recount from the records: the same sums, in ${(recountMs / 1000).toFixed(1)} s`);
} finally {
  database.close();
  folder.remove();
}
