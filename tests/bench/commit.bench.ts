/**
 * A durable commit of a certification (record, signed receipt, audit entry, outbox row, daily count) beside a bare
 * insert of the same record, with the same encryption and pragmas on the same disk, interleaved in one run; and what
 * a check of 100,000 audit entries and a 90-day report cost. Run with `node tests/bench/commit.bench.ts`.
 */
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/main/store/database.ts';
import { verifyAudit } from '../../src/main/store/audit-verification.ts';
import { canonicalJson } from '../../src/shared/canonical-json.ts';
import { SAMPLE_START_MS, sampleRecord } from '../support/sample-records.ts';
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

/** The counts of a million records over 90 days in three scenes; a report reads nothing else. */
function reportReport(): void {
  const put = store.database.prepare(
    'INSERT OR REPLACE INTO daily_counts (day, scene_id, state, count) VALUES (?, ?, ?, ?)',
  );
  for (let day = 0; day < 90; day += 1) {
    const date = new Date(SAMPLE_START_MS + day * 86_400_000).toISOString().slice(0, 10);
    for (const scene of ['a', 'b', 'c'])
      for (const state of ['passed', 'failed', 'review', 'error']) put.run(date, scene, state, 926);
  }
  const lastDay = new Date(SAMPLE_START_MS + 89 * 86_400_000).toISOString().slice(0, 10);
  const times = Array.from({ length: 50 }, () => timeMs(() => void expectOk(store.queries.report(lastDay, 90))));
  console.log(`90-day report over a million records: p50 ${median(times).toFixed(2)} ms`);
}

console.log(`${cpus()[0]?.model ?? 'unknown'} × ${cpus().length}, load ${loadavg()[0]?.toFixed(2)}`);
reportCommits();
reportAudit();
reportReport();
bare.close();
store.database.close();
folder.remove();
