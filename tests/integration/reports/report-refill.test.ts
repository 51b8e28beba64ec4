import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readReport } from '../../../src/main/composition/report-desk.ts';
import { DATABASE_FILE_NAME, openDatabase, type StoreDatabase } from '../../../src/main/store/database.ts';
import { deriveKeys } from '../../../src/main/store/key-source.ts';
import { MIGRATIONS } from '../../../src/main/store/migrations/index.ts';
import { reportCountsDiffer } from '../../../src/main/store/report-recount.ts';
import { createReportRefill, REFILL_PAGE, refillProgress } from '../../../src/main/store/report-refill.ts';
import { createReportRows } from '../../../src/main/store/report-rows.ts';
import { canonicalJson } from '../../../src/shared/canonical-json.ts';
import type { Report } from '../../../src/shared/domain/report.ts';
import { DEFAULT_SCENE } from '../../../src/shared/domain/scene.ts';
import { ok } from '../../../src/shared/result.ts';
import { sampleCheck, sampleOutcome } from '../../support/sample-checks.ts';
import { NODE_24 } from '../../support/source-verifier.ts';
import { sampleCertifyId, sampleRecord, SAMPLE_START_MS } from '../../support/sample-records.ts';
import {
  expectOk,
  openSampleStore,
  SAMPLE_MASTER_KEY,
  temporaryFolder,
  type SampleStore,
} from '../../support/sample-store.ts';

/** Before there were reports. */
const OLDER = MIGRATIONS.slice(0, 5);
const RECORDS = 4 * REFILL_PAGE + 30;
const DAY = '2026-03-02';
const REASONS = ['ok.matched', 'face.low-similarity', 'user.cancelled', 'ok.matched'] as const;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  fillOlder(join(folder.path, DATABASE_FILE_NAME));
});
afterEach(() => folder.remove());

/** A database as the version before left it; the tenth record was settled by the verifier. */
function fillOlder(path: string): void {
  const database = expectOk(openDatabase(path, deriveKeys(SAMPLE_MASTER_KEY).database, { migrations: OLDER }));
  const insert = database.prepare(
    'INSERT INTO records (seq, certify_id, day, provisional, record) VALUES (?, ?, ?, 0, ?)',
  );
  const count = database.prepare(
    `INSERT INTO daily_counts (day, scene_id, state, count) VALUES (?, ?, ?, 1)
     ON CONFLICT (day, scene_id, state) DO UPDATE SET count = count + 1`,
  );
  database.transaction(() => {
    for (let number = 1; number <= RECORDS; number += 1) {
      const reason = number === 10 ? 'verification.pending' : REASONS[number % REASONS.length]!;
      const record = sampleRecord(number, reason, { ...(number === 10 ? { comparison: null } : {}) });
      insert.run(number, record.certifyId, DAY, canonicalJson(record));
      count.run(DAY, record.sceneId, number === 10 ? 'passed' : record.verdict.state);
    }
    settleTenth(database);
    // The chain of receipts goes on from the last one.
    database.prepare('INSERT INTO receipts (seq, hash, receipt) VALUES (?, ?, ?)').run(RECORDS, '0'.repeat(64), '{}');
  })();
  database.close();
}

function settleTenth(database: StoreDatabase): void {
  const certifyId = sampleCertifyId(10);
  const { sessionId, check, orderId, bytes } = sampleCheck(10);
  database
    .prepare(
      `INSERT INTO checks (certify_id, session_id, kind, order_id, bytes, state, priority, queued_at_ms, attempts)
       VALUES (?, ?, ?, ?, ?, 'erased', 'live', 0, 1)`,
    )
    .run(certifyId, sessionId, check, orderId, bytes);
  database
    .prepare(
      `INSERT INTO decisions (certify_id, revision, effect, outcome, decision, kept_at_ms) VALUES (?, 1, 'settles', ?, NULL, 0)`,
    )
    .run(certifyId, canonicalJson(sampleOutcome('ok.confirmed')));
  database.prepare(`UPDATE records SET settled_state = 'passed' WHERE certify_id = ?`).run(certifyId);
}

function report({ database }: SampleStore): Report {
  return expectOk(
    readReport(
      {
        database,
        rows: expectOk(createReportRows(database)),
        scenes: { scenes: () => ok([DEFAULT_SCENE] as const), schemes: () => ok([]) },
        clock: { wallMs: () => SAMPLE_START_MS + 86_400_000 },
        offsetOf: () => 0,
      },
      { from: DAY, to: DAY, keep: 'to', sceneIds: [], schemes: [] },
    ),
  );
}

function finish({ database }: SampleStore): number {
  const next = createReportRefill(database, () => 0);
  for (let pages = 1; ; pages += 1) if (expectOk(next()) === null) return pages;
}

it('is right about its days at once, and about the rest when the refill is over', () => {
  const store = openSampleStore(folder.path);
  const before = report(store);
  expect(before).toMatchObject({ plain: RECORDS, reasons: [], steps: [], totals: { submitted: RECORDS } });
  expect(reportCountsDiffer(store.database)).toBe(false);
  // What is committed meanwhile is told apart at once.
  expectOk(store.records.commit(sampleRecord(RECORDS + 1, 'face.grey-band')));
  expect(report(store)).toMatchObject({
    plain: RECORDS,
    totals: { submitted: RECORDS + 1, passed: before.totals.passed },
  });
  expect(finish(store)).toBe(5);
  expect(refillProgress(store.database)).toBeNull();
  const after = report(store);
  expect(after).toMatchObject({ plain: 0, totals: { submitted: RECORDS + 1, passed: before.totals.passed } });
  expect(after.slots.reduce((sum, { submitted }) => sum + submitted, 0)).toBe(RECORDS + 1);
  expect(after.reasons.find(({ reason }) => reason === 'ok.confirmed')).toEqual({
    reason: 'ok.confirmed',
    state: 'passed',
    count: 1,
  });
  expect(after.steps.find(({ stage }) => stage === 'card')?.count).toBe(RECORDS + 1);
  expect(after.totals.comparisons).toEqual({ match: RECORDS + 1, grey: 0, noMatch: 0 });
  expect(reportCountsDiffer(store.database)).toBe(false);
  expect(finish(store)).toBe(1);
  store.database.close();
});

it.each([0, 1, 3])('carries on after being killed in the middle of page %i', (pages) => {
  const script = join(import.meta.dirname, '../../support/refill-until-killed.ts');
  const killed = spawnSync(NODE_24, [script, folder.path, String(pages)], { timeout: 60_000 });
  expect({ signal: killed.signal, stderr: killed.stderr.toString() }).toEqual({ signal: 'SIGKILL', stderr: '' });
  const store = openSampleStore(folder.path);
  expect(report(store)).toMatchObject({ plain: RECORDS - pages * REFILL_PAGE, totals: { submitted: RECORDS } });
  expect(reportCountsDiffer(store.database)).toBe(false);
  expect(finish(store)).toBe(5 - pages);
  expect(report(store)).toMatchObject({ plain: 0, totals: { submitted: RECORDS } });
  expect(reportCountsDiffer(store.database)).toBe(false);
  store.database.close();
});
