/**
 * A durable commit of a certification (record, signed receipt, audit entry, outbox row, counts of reports) beside a bare
 * insert of the same record, with the same encryption and pragmas on the same disk, interleaved in one run; what
 * the counts of reports take of a commit's processor time; and what a check of 100,000 audit entries costs. Run with `node tests/bench/commit.bench.ts`.
 */
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/main/store/database.ts';
import { verifyAudit } from '../../src/main/store/audit-verification.ts';
import { prepareReportTally } from '../../src/main/store/report-tally.ts';
import { canonicalJson } from '../../src/shared/canonical-json.ts';
import { addSteps, type StepTimesByStage } from '../../src/shared/domain/step-times.ts';
import { sampleRecord } from '../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder } from '../support/sample-store.ts';

const ROUNDS = 20;
const COMMITS_PER_ROUND = 50;

const folder = temporaryFolder();
const store = openSampleStore(folder.path);
const bare = expectOk(
  openDatabase(join(folder.path, 'bare.db'), store.keys.database, {
    migrations: ['CREATE TABLE records (certify_id TEXT NOT NULL PRIMARY KEY, record TEXT NOT NULL) STRICT'],
  }),
);
const insert = bare.prepare('INSERT INTO records (certify_id, record) VALUES (?, ?)');

function timeMs(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function reportCommits(): void {
  const ours: number[] = [];
  const floor: number[] = [];
  let next = 1;
  for (let round = 0; round < ROUNDS; round += 1) {
    const records = Array.from({ length: COMMITS_PER_ROUND }, () => sampleRecord(next++));
    for (const record of records) {
      floor.push(timeMs(() => void insert.run(record.certifyId, canonicalJson(record))));
      ours.push(timeMs(() => void expectOk(store.records.commit(record))));
    }
  }
  const [oursMs, floorMs] = [median(ours), median(floor)];
  const share = ((100 * floorMs) / oursMs).toFixed(0);
  console.log(`durable commit: ours p50 ${oursMs.toFixed(2)} ms, bare insert p50 ${floorMs.toFixed(2)} ms: ${share} %`);
}

/** By the difference of two small transactions, one of which counts a certification as well: a page more, mostly. */
function reportCounts(): void {
  const { audit, database, records } = store;
  const tally = prepareReportTally(database);
  const steps: StepTimesByStage = {};
  addSteps(steps, sampleRecord(1).stagesMs);
  const where = { day: '2026-03-02', hour: 1, offsetMin: 0, sceneId: 'counter', scheme: 'CounterCard' } as const;
  const place = { ...where, state: 'passed', reason: 'ok.matched', compared: 'match' } as const;
  const bareEntry = database.transaction(() => void audit.appendWithin('bench.happened', {}));
  const counted = database.transaction(() => {
    audit.appendWithin('bench.happened', {});
    tally.add(place, steps);
  });
  let next = 1_000_000;
  const took = { commit: [] as number[], bare: [] as number[], counted: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    took.commit.push(cpuMs(() => void expectOk(records.commit(sampleRecord(next++)))));
    took.bare.push(cpuMs(bareEntry));
    took.counted.push(cpuMs(counted));
  }
  const [commitMs, addedMs] = [median(took.commit), median(took.counted) - median(took.bare)];
  console.log(
    `counts of reports: ${(1_000 * addedMs).toFixed(0)} µs of a commit's ${(1_000 * commitMs).toFixed(0)} µs on a processor: ` +
      `${((100 * addedMs) / commitMs).toFixed(1)} % (goal 5 %)`,
  );
}

/** Processor time of one run, ms, over as many as a round has. */
function cpuMs(run: () => void): number {
  const before = process.cpuUsage();
  for (let at = 0; at < COMMITS_PER_ROUND; at += 1) run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / COMMITS_PER_ROUND;
}

function reportAudit(): void {
  const entries = 100_000;
  store.database.transaction(() => {
    for (let entry = 0; entry < entries; entry += 1) store.audit.appendWithin('bench.happened', { entry });
  })();
  const { database, keys, identity } = store;
  const checkMs = timeMs(() => {
    const report = expectOk(verifyAudit(database, keys.audit, identity.publicKey));
    if (!report.ok || report.entries < entries) throw new Error('the chain does not hold');
  });
  console.log(`audit: ${entries} entries checked in ${checkMs.toFixed(0)} ms`);
}

console.log(`${cpus()[0]?.model ?? 'unknown'} × ${cpus().length}, load ${loadavg()[0]?.toFixed(2)}`);
reportCommits();
reportAudit();
// Last: what it counts has no records, which a check of the chain would find.
reportCounts();
bare.close();
store.database.close();
folder.remove();
