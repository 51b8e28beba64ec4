import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sweepRecords } from '../../../src/main/composition/record-sweep.ts';
import { verifyAudit } from '../../../src/main/store/audit-verification.ts';
import { erasedRecord } from '../../../src/main/store/erased-record.ts';
import { createMeterRows } from '../../../src/main/store/meter-rows.ts';
import { readProcessings, type ProcessingRow } from '../../../src/main/store/processing-report.ts';
import { createRecordErasure, ERASURE_PAGE, FIRST_END } from '../../../src/main/store/record-erasure.ts';
import { readStoredSubjects } from '../../../src/main/store/subject-status.ts';
import { canonicalJson } from '../../../src/shared/canonical-json.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import type { CertificationRecord } from '../../../src/shared/domain/certification.ts';
import { mayLeaveDevice } from '../../../src/shared/domain/certification.ts';
import type { RecordedCall } from '../../../src/shared/domain/metering.ts';
import type { ReasonCode } from '../../../src/shared/reasons.ts';
import { sampleCheck, sampleOutcome } from '../../support/sample-checks.ts';
import { SAMPLE_START_MS, sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder, type SampleStore } from '../../support/sample-store.ts';
import { NODE_24 } from '../../support/source-verifier.ts';

const DAY_MS = 86_400_000;
/** The sample store's receipts say 30 days; the records here were decided within half an hour of each other. */
const AFTER_MS = SAMPLE_START_MS + 31 * DAY_MS;
const BEFORE_MS = SAMPLE_START_MS + 29 * DAY_MS;
const LOCAL: Partial<CertificationRecord> = { consent: null };

let folder: ReturnType<typeof temporaryFolder>;
let store: SampleStore;
beforeEach(() => {
  folder = temporaryFolder();
  store = openSampleStore(folder.path);
});
afterEach(() => {
  store.database.close();
  folder.remove();
});

/** A record that stays on the device, so that nothing about it is under way. */
function commit(number: number, changes: Partial<CertificationRecord> = {}, reason: ReasonCode = 'ok.matched'): void {
  expectOk(store.records.commit(sampleRecord(number, reason, { ...LOCAL, ...changes })));
}

const sweep = async (nowMs: number) =>
  expectOk(await sweepRecords(createRecordErasure(store.database, store.audit), nowMs));
const audited = () => expectOk(verifyAudit(store.database, store.keys.audit, store.identity.publicKey));
const textOf = (number: number): string =>
  store.database
    .prepare<[string], string>('SELECT record FROM records WHERE certify_id = ?')
    .pluck()
    .get(sampleCertifyId(number)) ?? '';
const rowsOf = (sql: string): unknown[] => store.database.prepare(sql).raw().all();

async function metered(): Promise<readonly RecordedCall[]> {
  const calls: RecordedCall[] = [];
  const window = { fromMs: SAMPLE_START_MS, toMs: systemClock.wallMs() + DAY_MS };
  expectOk(await createMeterRows(store.database).each(window, (call) => calls.push(call), { local: true }));
  return calls;
}

function processings(): readonly ProcessingRow[] {
  const rows: ProcessingRow[] = [];
  expectOk(readProcessings(store.database, { from: '2026-03-01', to: '2026-03-03' }, (row) => rows.push(row)));
  return rows;
}

/** A record that was sent, asked about, confirmed and decided: nothing of it is under way any more. */
function commitSettled(number: number): void {
  const certifyId = sampleCertifyId(number);
  const vendor = {
    name: 'tencent',
    operation: 'ImageRecognition',
    code: '0',
    message: '成功',
    requestId: 'r-1',
    billed: true,
  };
  expectOk(store.records.commit(sampleRecord(number, 'verification.pending'), { check: sampleCheck(number) }));
  const accepted = { certifyId, acceptedAtMs: 1, server: { keyId: 'k', signature: 'A'.repeat(86) } };
  expectOk(store.outbox.confirm([accepted]));
  expectOk(store.checks.change(certifyId, { event: 'upload' }));
  expectOk(store.checks.change(certifyId, { event: 'submit', reference: 'ref' }));
  const outcome = sampleOutcome('ok.confirmed', {
    vendor: vendor as never,
    scores: [{ kind: 'authority', value: 91, scale: 100, threshold: 70 }],
    fields: { name: '测试员' },
  });
  expectOk(store.checks.change(certifyId, { event: 'decide', outcome, decision: null }));
  expectOk(store.checks.change(certifyId, { event: 'acknowledge' }));
  expectOk(store.checks.change(certifyId, { event: 'erase' }));
}

describe('a record whose time is over', () => {
  it('stands until then, and names nobody afterwards', async () => {
    commit(1, { order: { orderId: 'order-1', requestId: 'request-1' }, risk: [] });
    expect(await sweep(BEFORE_MS)).toEqual({ erased: 0, damaged: 0 });
    expect(expectOk(store.queries.show(sampleCertifyId(1))).record.subject).not.toBeNull();

    expect(await sweep(AFTER_MS)).toEqual({ erased: 1, damaged: 0 });
    const { verdict, appVersion, startedAtMs, decidedAtMs } = sampleRecord(1);
    expect(JSON.parse(textOf(1))).toEqual({
      version: 1,
      certifyId: sampleCertifyId(1),
      sceneId: 'counter',
      scheme: 'CounterCard',
      startedAtMs,
      decidedAtMs,
      verdict,
      consent: null,
      subject: null,
      document: null,
      challenge: null,
      liveness: null,
      comparison: null,
      devices: { camera: null, reader: null },
      simulated: true,
      stagesMs: {},
      appVersion,
      erased: { atMs: AFTER_MS, identified: true, byGuardian: false, returnedFace: false },
    });
    expect(store.queries.show(sampleCertifyId(1))).toMatchObject({ ok: false, error: { code: 'record.erased' } });
    expect(expectOk(store.queries.list(0, 10, 'passed'))).toMatchObject({
      total: 1,
      rows: [{ certifyId: sampleCertifyId(1), state: 'passed', reason: 'record.erased', nameMasked: null }],
    });
    expect(expectOk(store.queries.findByOrder('order-1', null))).toBeNull();
    expect(expectOk(store.queries.report('2026-03-02', 1))).toMatchObject([{ submitted: 1, passed: 1 }]);
    expect(audited()).toMatchObject({ ok: true });
    expect(await sweep(AFTER_MS + DAY_MS)).toEqual({ erased: 0, damaged: 0 });
  });

  it('stays a line in the report of processings, with its consent', async () => {
    const guardian = { nameMasked: '家*', numberMasked: '110***********0011' };
    const consent = { capture: true, transmit: false, version: '2', givenAtMs: SAMPLE_START_MS, guardian };
    commit(1, { consent });
    const [before] = processings();
    await sweep(AFTER_MS);
    expect(processings()).toEqual([{ ...before, consent: 'by-guardian', identified: true, erasedAtMs: AFTER_MS }]);
    expect(textOf(1)).not.toContain('家');
  });

  it('loses what was answered about it, except what a bill is checked by', async () => {
    commitSettled(1);
    const handOff = { page: 'tencent', handOffId: 'h-1', outcome: sampleOutcome('ok.confirmed') } as const;
    commit(2, { handOff }, 'ok.confirmed');
    commit(3);
    const before = expectOk(store.queries.report('2026-03-02', 1));
    const calls = await metered();
    expect(calls.map(({ verifier }) => verifier).sort()).toEqual(['local', 'tencent', 'tencent']);
    expect(await sweep(AFTER_MS)).toEqual({ erased: 3, damaged: 0 });
    expect(await metered()).toEqual(calls);
    const [[outcome]] = rowsOf('SELECT outcome FROM decisions') as [[string]];
    expect(JSON.parse(outcome)).toEqual(
      sampleOutcome('ok.confirmed', {
        vendor: {
          name: 'tencent',
          operation: 'ImageRecognition',
          code: '0',
          message: '',
          requestId: 'r-1',
          billed: true,
        },
      }),
    );
    expect(rowsOf('SELECT state, reference, outcome FROM checks')).toEqual([['erased', null, null]]);
    expect(expectOk(store.queries.list(0, 1, 'passed'))).toMatchObject({
      total: 3,
      rows: [{ reason: 'record.erased' }],
    });
    expect(expectOk(store.queries.report('2026-03-02', 1))).toEqual(before);
    expect(audited()).toMatchObject({ ok: true });
  });

  it('stays while something about it is under way, and is told as overdue', async () => {
    const unsent = sampleRecord(1);
    expect(mayLeaveDevice(unsent)).toBe(true);
    expectOk(store.records.commit(unsent));
    expectOk(store.records.commit(sampleRecord(2, 'verification.pending'), { check: sampleCheck(2) }));
    expectOk(
      store.outbox.confirm([
        { certifyId: sampleCertifyId(2), acceptedAtMs: 1, server: { keyId: 'k', signature: 'A'.repeat(86) } },
      ]),
    );
    commit(3);
    store.database.exec(
      `INSERT INTO evidence_keys (certify_id, wrapped_key, destroy_at_ms) VALUES ('${sampleCertifyId(3)}', x'00', 4000000000000)`,
    );
    const texts = [1, 2, 3].map(textOf);
    expect(await sweep(AFTER_MS)).toEqual({ erased: 0, damaged: 0 });
    expect([1, 2, 3].map(textOf)).toEqual(texts);
    expect(expectOk(readStoredSubjects(store.database, AFTER_MS, () => null))).toMatchObject({ overdue: 3 });

    store.database.exec('DELETE FROM evidence_keys');
    expectOk(store.outbox.stop(sampleCertifyId(1), { code: 'request.invalid' }));
    expectOk(store.outbox.giveUp(sampleCertifyId(1), 'clerk'));
    expect(await sweep(AFTER_MS)).toEqual({ erased: 2, damaged: 0 });
    expect(expectOk(readStoredSubjects(store.database, AFTER_MS, () => null))).toMatchObject({ overdue: 1 });
    expect(rowsOf('SELECT seq FROM outbox')).toEqual([]);
  });

  it('goes with its request and with what let the person try again', async () => {
    commit(1);
    commit(2, {
      startedAtMs: AFTER_MS,
      decidedAtMs: AFTER_MS,
      subject: { ...sampleRecord(2).subject!, subjectKey: 'cd'.repeat(32) },
    });
    store.database.exec(
      `INSERT INTO requests (request_id, token_hash, scene_id, scheme, scheme_hash, order_id, state, inputs, subject_key,
                             created_at_ms, expires_at_ms, certify_id)
       VALUES ('r', 'hash', 'counter', 'RPMin', 'hash', 'order-1', 'submitted', '[]', '${'ab'.repeat(32)}', 0, 1, '${sampleCertifyId(1)}');
       INSERT INTO attempt_lifts VALUES ('${'ab'.repeat(32)}', '2026-03-02', 1), ('${'cd'.repeat(32)}', '2026-04-02', 1)`,
    );
    expect(await sweep(AFTER_MS)).toEqual({ erased: 1, damaged: 0 });
    expect(rowsOf('SELECT request_id FROM requests')).toEqual([]);
    expect(rowsOf('SELECT subject_key FROM attempt_lifts')).toEqual([['cd'.repeat(32)]]);
    expect(rowsOf('SELECT subject_key FROM records ORDER BY seq')).toEqual([[null], ['cd'.repeat(32)]]);
  });

  it('is left neither in free pages nor in the write-ahead log', async () => {
    for (let number = 1; number <= 50; number += 1) commit(number, { detail: 'x'.repeat(number) });
    // Serialised, the pages are decrypted, free ones included.
    const holds = () => ['测*员', 'ab'.repeat(32)].map((text) => store.database.serialize().includes(text));
    expect(holds()).toEqual([true, true]);
    await sweep(AFTER_MS);
    expect(holds()).toEqual([false, false]);
    expect(statSync(`${store.path}-wal`).size).toBe(0);
  });

  it('is erased in pages, and found by an index', async () => {
    const all = ERASURE_PAGE + 5;
    for (let number = 1; number <= all; number += 1) commit(number);
    const erasure = createRecordErasure(store.database, store.audit);
    const first = expectOk(erasure.erasePage(FIRST_END, AFTER_MS));
    expect(first).toMatchObject({ erased: ERASURE_PAGE, next: { seq: ERASURE_PAGE } });
    expect(expectOk(erasure.erasePage(first.next ?? FIRST_END, AFTER_MS))).toEqual({
      erased: 5,
      damaged: 0,
      next: null,
    });
    const plan = rowsOf(
      `EXPLAIN QUERY PLAN SELECT seq FROM receipts WHERE json_extract(receipts.receipt, '$.body.eraseAfterMs') <= 1`,
    );
    expect(JSON.stringify(plan)).toContain('receipts_by_end');
    expect(audited()).toMatchObject({ ok: true });
  });
});

describe('the audit log', () => {
  const forge = (number: number): void => {
    const text = canonicalJson(
      erasedRecord(sampleRecord(number, 'ok.matched', LOCAL), { atMs: AFTER_MS, returnedFace: false }),
    );
    store.database.prepare('UPDATE records SET record = ? WHERE certify_id = ?').run(text, sampleCertifyId(number));
  };

  it('finds a record that was made to look erased', () => {
    commit(1);
    commit(2);
    forge(2);
    expect(audited()).toMatchObject({ ok: false, firstBadEntry: 2, reason: 'record-changed' });
  });

  it('finds an erased record that was changed, put back or removed', async () => {
    commit(1);
    const whole = textOf(1);
    await sweep(AFTER_MS);
    const erased = textOf(1);
    const put = (text: string) => store.database.prepare('UPDATE records SET record = ?').run(text);
    put(erased.replace('"byGuardian":false', '"byGuardian":true'));
    expect(audited()).toMatchObject({ ok: false, firstBadEntry: 2, reason: 'record-changed' });
    put(whole);
    expect(audited()).toMatchObject({ ok: false, firstBadEntry: 2, reason: 'record-changed' });
    put(erased);
    expect(audited()).toMatchObject({ ok: true });
    store.database.pragma('foreign_keys=OFF');
    store.database.exec('DELETE FROM records');
    expect(audited()).toMatchObject({ ok: false, firstBadEntry: 1, reason: 'record-missing' });
  });

  it('keeps a record that is not what was committed, for whoever looks into it', async () => {
    commit(1);
    commit(2);
    const changed = textOf(1).replace('测*员', '别*人');
    store.database.prepare('UPDATE records SET record = ? WHERE seq = 1').run(changed);
    expect(await sweep(AFTER_MS)).toEqual({ erased: 1, damaged: 1 });
    expect(textOf(1)).toBe(changed);
    expect(audited()).toMatchObject({ ok: false, firstBadEntry: 1, reason: 'record-changed' });
  });
});

it.each([
  [0, 230],
  [150, 230],
  [ERASURE_PAGE + 10, 30],
  [230, 0],
])('a sweep that is killed after %i records leaves %i to the next one', async (step, left) => {
  for (let number = 1; number <= 230; number += 1) commit(number);
  store.database.close();
  const script = join(import.meta.dirname, '../../support/erase-records-until-killed.ts');
  const killed = spawnSync(NODE_24, [script, folder.path, String(AFTER_MS), String(step)], { timeout: 60_000 });
  expect({ signal: killed.signal, stderr: killed.stderr.toString() }).toEqual({ signal: 'SIGKILL', stderr: '' });
  store = openSampleStore(folder.path);
  expect(audited()).toMatchObject({ ok: true });
  expect(await sweep(AFTER_MS)).toEqual({ erased: left, damaged: 0 });
  expect(rowsOf('SELECT count(*) FROM records WHERE subject_key IS NOT NULL')).toEqual([[0]]);
  expect(audited()).toMatchObject({ ok: true });
});
