import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../../src/main/store/audit-verification.ts';
import type { ReasonCode } from '../../../src/shared/reasons.ts';
import { sampleCheck, sampleOutcome } from '../../support/sample-checks.ts';
import { sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder, type SampleStore } from '../../support/sample-store.ts';

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

function commitAsked(number: number, reason: ReasonCode): void {
  expectOk(store.records.commit(sampleRecord(number, reason), { check: sampleCheck(number) }));
}

function decide(number: number, reason: ReasonCode): void {
  const certifyId = sampleCertifyId(number);
  expectOk(store.checks.change(certifyId, { event: 'upload' }));
  expectOk(store.checks.change(certifyId, { event: 'submit', reference: null }));
  expectOk(store.checks.change(certifyId, { event: 'decide', outcome: sampleOutcome(reason), decision: null }));
}

/** The counts as they are kept, against the records themselves. */
function counts() {
  const kept = store.database.prepare('SELECT day, scene_id, state, count FROM daily_counts ORDER BY state').all();
  const recounted = store.database
    .prepare('SELECT day, scene_id, outcome AS state, count(*) AS count FROM records GROUP BY 1, 2, 3 ORDER BY 3')
    .all();
  return { kept, recounted };
}

describe('a record that was left to the verifier', () => {
  it('takes the verifier’s state in list, filter and report, and keeps its own words', () => {
    commitAsked(1, 'verification.pending');
    decide(1, 'ok.confirmed');
    const certifyId = sampleCertifyId(1);
    expect(expectOk(store.queries.list(0, 10, 'passed'))).toMatchObject({
      total: 1,
      rows: [{ certifyId, state: 'passed', reason: 'ok.confirmed', provisional: false }],
    });
    expect(expectOk(store.queries.list(0, 10, 'review'))).toEqual({ total: 0, rows: [] });
    expect(expectOk(store.queries.report('2026-03-02', 1))).toEqual([
      { day: '2026-03-02', submitted: 1, passed: 1, failed: 0, review: 0, error: 0 },
    ]);
    const shown = expectOk(store.queries.show(certifyId));
    expect(shown.record.verdict.reason).toBe('verification.pending');
    expect(shown.verification).toMatchObject({ needsReview: false, decisions: [{ effect: 'settles' }] });
  });

  it.each([
    ['verification.captured', 'face.low-similarity', 'settles', 'failed'],
    ['verification.pending', 'face.grey-band', 'review', 'review'],
    // Nothing that the verifier says changes what this device has refuted or left to a clerk.
    ['liveness.spoof-suspected', 'ok.confirmed', 'differs', 'failed'],
    ['document.typed', 'ok.confirmed', 'differs', 'review'],
    ['ok.matched', 'face.low-similarity', 'contradicts', 'passed'],
  ] as const)('%s after %s: %s, shown as %s', (local, decided, effect, state) => {
    commitAsked(1, local);
    decide(1, decided);
    expect(expectOk(store.queries.show(sampleCertifyId(1))).verification?.decisions[0]?.effect).toBe(effect);
    expect(expectOk(store.queries.list(0, 10, null)).rows[0]?.state).toBe(state);
    const { kept, recounted } = counts();
    expect(kept).toEqual(recounted);
  });

  it('stays under review after an answer that decides nothing', () => {
    commitAsked(1, 'verification.pending');
    decide(1, 'verification.expired');
    expect(expectOk(store.queries.list(0, 10, null)).rows[0]).toMatchObject({
      state: 'review',
      reason: 'verification.pending',
    });
  });

  it('keeps the counts equal to a recount, whatever is decided', () => {
    const decided: ReasonCode[] = ['ok.confirmed', 'face.low-similarity', 'face.grey-band', 'verification.expired'];
    for (let number = 1; number <= 24; number += 1) {
      commitAsked(number, number % 3 === 0 ? 'ok.matched' : 'verification.pending');
      if (number % 5 > 0) decide(number, decided[number % 4]!);
      const { kept, recounted } = counts();
      expect(kept).toEqual(recounted);
    }
  });

  it('can’t be changed without the audit log telling', () => {
    commitAsked(1, 'verification.pending');
    decide(1, 'face.low-similarity');
    const verify = () => expectOk(verifyAudit(store.database, store.keys.audit, store.identity.publicKey));
    expect(verify()).toMatchObject({ ok: true });
    store.database.exec(`UPDATE records SET settled_state = 'passed'`);
    expect(verify()).toMatchObject({ ok: false, reason: 'settled-wrong' });
  });
});
