import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { certificationResult } from '../../../src/main/requests/certification-result.ts';
import { verifyAudit } from '../../../src/main/store/audit-verification.ts';
import { createRecordErasure, FIRST_END } from '../../../src/main/store/record-erasure.ts';
import { createReviewQueue } from '../../../src/main/store/review-queue.ts';
import { createReviewStore, type NewReview, type ReviewStore } from '../../../src/main/store/review-store.ts';
import type { AskedReview } from '../../../src/shared/domain/review.ts';
import type { LivenessSummary } from '../../../src/shared/domain/certification.ts';
import type { ReasonCode } from '../../../src/shared/reasons.ts';
import { sampleCertifyId, sampleRecord, SAMPLE_START_MS } from '../../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder, type SampleStore } from '../../support/sample-store.ts';
import { NODE_24 } from '../../support/source-verifier.ts';

const LIVE: LivenessSummary = {
  verdict: 'live',
  reasons: [],
  codeCorrelation: 0.9,
  lagMs: 40,
  spoofMedian: null,
  spoofFrames: 0,
  continuity: null,
  lightFrames: 0,
};
const FIRST = '0190a000-0000-4000-8000-000000000001';
const SECOND = '0190a000-0000-4000-8000-000000000002';
const clock = { wallMs: () => SAMPLE_START_MS + 60_000, monotonicMs: () => 0 };

let folder = temporaryFolder();
let store: SampleStore;
let reviews: ReviewStore;

beforeEach(() => {
  folder = temporaryFolder();
  store = openSampleStore(folder.path, { clock });
  reviews = createReviewStore({ ...store, clock });
});
afterEach(() => {
  store.database.close();
  folder.remove();
});

function commit(number: number, reason: ReasonCode = 'face.grey-band', sceneId = 'counter'): string {
  const record = sampleRecord(number, reason, { sceneId });
  // Nothing waits for a verifier, so that its time can end.
  expectOk(store.records.commit({ ...record, consent: { ...record.consent!, transmit: false } }));
  return record.certifyId;
}

function decision(certifyId: string, changes: Partial<AskedReview> = {}, by: Partial<NewReview> = {}): NewReview {
  const { revision, state, receiptHash } = expectOk(reviews.standing(certifyId));
  const seen = { revision, state, receiptHash };
  return {
    asked: { certifyId, decision: 'approved', reason: 'seen-in-person', note: '', seen, ...changes },
    action: 'decide',
    staffId: FIRST,
    secondStaffId: null,
    ...by,
  };
}

const queue = () => expectOk(createReviewQueue(store.database).page({ sceneId: null, reason: null }, 0, 20));
const audited = () => expectOk(verifyAudit(store.database, store.keys.audit, store.identity.publicKey));
const day = () => expectOk(store.queries.report('2026-03-02', 1))[0]!;
const entriesOf = (kind: string): number =>
  store.database
    .prepare<[string], number>(`SELECT count(*) FROM audit WHERE json_extract(entry, '$.kind') = ?`)
    .pluck()
    .get(kind) ?? 0;

describe('a decision of the staff', () => {
  it('approves nobody of a visit in which nobody was identified, nor found alive where nobody has to be', () => {
    const bare = { subject: null, document: null, comparison: null, consent: null, liveness: null } as const;
    const open = sampleRecord(1, 'user.other-method', bare);
    const alive = sampleRecord(2, 'risk.review', { ...bare, liveness: LIVE });
    for (const record of [open, alive]) expectOk(store.records.commit(record));
    expect(reviews.decide(decision(open.certifyId))).toMatchObject({ error: { code: 'review.nobody-identified' } });
    const returned = { decision: 'returned', reason: 'person-left' } as const;
    expect(reviews.decide(decision(open.certifyId, returned))).toMatchObject({ ok: true });
    expect(reviews.decide(decision(alive.certifyId))).toMatchObject({ ok: true });
  });

  it('is kept beside the record, which stays, with lists, counts and results following it', () => {
    const certifyId = commit(1);
    expect(expectOk(reviews.decide(decision(certifyId, { note: '当面核对' })))).toMatchObject({
      revision: 1,
      state: 'passed',
      outcomeReason: 'ok.approved-by-staff',
      staffId: FIRST,
    });
    const shown = expectOk(store.queries.show(certifyId));
    expect(shown.record.verdict).toMatchObject({ state: 'review', reason: 'face.grey-band' });
    expect(shown.settled).toEqual({ by: 'staff', state: 'passed', reason: 'ok.approved-by-staff' });
    expect(shown.reviews?.map(({ note, override }) => ({ note, override }))).toEqual([
      { note: '当面核对', override: false },
    ]);
    expect(expectOk(store.queries.list(0, 10, 'passed')).rows).toMatchObject([
      { certifyId, state: 'passed', reason: 'ok.approved-by-staff', settledBy: 'staff' },
    ]);
    expect(day()).toMatchObject({ submitted: 1, passed: 1, review: 0 });
    expect(certificationResult(shown, [])).toMatchObject({
      state: 'passed',
      reason: 'ok.approved-by-staff',
      underReview: false,
      provisional: false,
      settledBy: 'staff',
      machine: { state: 'review', reason: 'face.grey-band' },
    });
    expect(audited()).toMatchObject({ ok: true });
  });

  it('over a refusal keeps both people, and can be corrected by a later one', () => {
    const certifyId = commit(1, 'face.low-similarity');
    const two = { action: 'override', secondStaffId: SECOND } as const;
    expectOk(reviews.decide(decision(certifyId, { note: '证件照片较早' }, two)));
    const corrected = decision(
      certifyId,
      { decision: 'refused', reason: 'document-doubtful', note: '复核后撤回' },
      { ...two, staffId: SECOND, secondStaffId: FIRST },
    );
    expectOk(reviews.decide(corrected));
    expect(expectOk(reviews.of(certifyId)).map(({ revision, state, staffId }) => [revision, state, staffId])).toEqual([
      [1, 'passed', FIRST],
      [2, 'failed', SECOND],
    ]);
    expect(day()).toMatchObject({ submitted: 1, passed: 0, failed: 1 });
    expect(audited()).toMatchObject({ ok: true });
  });

  it('of two at once only the first is kept, whichever connection they come through', () => {
    const certifyId = commit(1);
    const other = openSampleStore(folder.path, { clock });
    const elsewhere = createReviewStore({ ...other, clock });
    const approve = decision(certifyId);
    const refuse = decision(certifyId, { decision: 'refused', reason: 'not-the-person' }, { staffId: SECOND });
    expect(reviews.decide(approve).ok).toBe(true);
    const second = elsewhere.decide(refuse);
    other.database.close();
    expect(second).toMatchObject({ ok: false, error: { code: 'review.decided-meanwhile', detail: 'by the staff' } });
    expect(expectOk(reviews.of(certifyId))).toHaveLength(1);
    expect(entriesOf('review.decided')).toBe(1);
    expect(audited()).toMatchObject({ ok: true });
  });

  it('leaves nothing behind when its audit entry can not be written', () => {
    const certifyId = commit(1);
    const failing = createReviewStore({
      database: store.database,
      identity: store.identity,
      clock,
      audit: {
        appendWithin: (kind, detail) => {
          if (kind === 'check.settled') throw new Error('the disk is gone');
          store.audit.appendWithin(kind, detail);
        },
      },
    });
    expect(() => failing.decide(decision(certifyId))).toThrow('the disk is gone');
    expect(expectOk(reviews.of(certifyId))).toEqual([]);
    expect(expectOk(reviews.standing(certifyId)).state).toBe('review');
    expect(queue().total).toBe(1);
    expect(audited()).toMatchObject({ ok: true });
  });

  it('can not be made about a record that is gone, and loses its note when the record goes', () => {
    const decided = commit(1);
    const open = commit(2);
    const late = decision(open);
    expectOk(reviews.decide(decision(decided, { note: '当面核对' })));
    const erasure = createRecordErasure(store.database, store.audit);
    expect(expectOk(erasure.erasePage(FIRST_END, SAMPLE_START_MS + 400 * 86_400_000)).erased).toBe(2);
    expect(reviews.decide(late)).toMatchObject({ ok: false, error: { code: 'record.erased' } });
    expect(expectOk(reviews.of(decided))).toMatchObject([{ note: null, state: 'passed' }]);
    expect(queue().total).toBe(0);
    expect(audited()).toMatchObject({ ok: true });
  });

  it('is found out by the audit log when somebody changes it in the database', () => {
    const certifyId = commit(1);
    expectOk(reviews.decide(decision(certifyId, { note: 'a' })));
    expect(() => store.database.exec(`UPDATE reviews SET staff_id = '${SECOND}'`)).toThrow('only the note can go');
    expect(() => store.database.exec('DELETE FROM reviews')).toThrow('never deleted');
    store.database.exec('DROP TRIGGER reviews_keep_their_word');
    store.database.exec(`UPDATE reviews SET staff_id = '${SECOND}'`);
    expect(audited()).toMatchObject({ ok: false, reason: 'review-changed' });
    store.database.exec(`UPDATE reviews SET staff_id = '${FIRST}', note = 'b'`);
    expect(audited()).toMatchObject({ ok: false, reason: 'review-changed' });
  });

  it('survives being killed: what was answered is there, once, with its entry and its count', async () => {
    const count = 400;
    for (let number = 1; number <= count; number += 1) commit(number);
    store.database.close();
    const child = spawn(NODE_24, [
      path.resolve(import.meta.dirname, '../../support/decide-until-killed.ts'),
      folder.path,
      FIRST,
      String(count),
    ]);
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.split('\n').length > 12) child.kill('SIGKILL');
    });
    await new Promise((resolve) => child.once('exit', resolve));
    store = openSampleStore(folder.path, { clock });
    reviews = createReviewStore({ ...store, clock });
    const answered = said.split('\n').filter((line) => /^\d+$/.test(line)).length;
    const kept = store.database.prepare<[], number>('SELECT count(*) FROM reviews').pluck().get() ?? 0;
    expect(answered).toBeGreaterThan(9);
    expect([answered, answered + 1]).toContain(kept);
    expect(expectOk(reviews.of(sampleCertifyId(answered)))).toHaveLength(1);
    expect(entriesOf('review.decided')).toBe(kept);
    expect(day()).toMatchObject({ submitted: count, passed: kept, review: count - kept });
    expect(audited()).toMatchObject({ ok: true });
  });
});

describe('the queue', () => {
  it('holds what nobody has decided, the longest wait first, and can be narrowed', () => {
    commit(1, 'document.expired', 'visa');
    commit(2, 'ok.matched');
    commit(3, 'face.low-similarity');
    const decided = commit(4);
    commit(5);
    expectOk(reviews.decide(decision(decided)));
    const all = queue();
    expect(all.rows.map(({ certifyId, reason }) => [certifyId, reason])).toEqual([
      [sampleCertifyId(1), 'document.expired'],
      [sampleCertifyId(5), 'face.grey-band'],
    ]);
    expect(all).toMatchObject({
      total: 2,
      scenes: [
        { sceneId: 'counter', count: 1 },
        { sceneId: 'visa', count: 1 },
      ],
      reasons: [
        { reason: 'document.expired', count: 1 },
        { reason: 'face.grey-band', count: 1 },
      ],
    });
    const narrowed = createReviewQueue(store.database);
    const only = (sceneId: string | null, reason: ReasonCode | null) =>
      expectOk(narrowed.page({ sceneId, reason }, 0, 20)).rows.map(({ certifyId }) => certifyId);
    expect(only('visa', null)).toEqual([sampleCertifyId(1)]);
    expect(only('visa', 'face.grey-band')).toEqual([]);
    expect(only(null, 'face.grey-band')).toEqual([sampleCertifyId(5)]);
  });

  it('leaves out what only tried the terminal out', () => {
    const { consent, ...rest } = sampleRecord(9, 'ok.matched');
    const tried = { ...rest, consent: { ...consent!, transmit: false }, test: true } as const;
    expectOk(store.records.commit(tried));
    expect(certificationResult(expectOk(store.queries.show(tried.certifyId)), [])).toMatchObject({ test: true });
    expectOk(store.records.commit(sampleRecord(1, 'face.grey-band', { test: true })));
    expect(queue().total).toBe(0);
    expect(reviews.standing(sampleCertifyId(1))).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
  });
});
