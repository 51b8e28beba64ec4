import { createHash, verify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { daysUpTo, localDayOf } from '../../../src/main/store/local-day.ts';
import { createRequestSequence } from '../../../src/main/store/request-sequence.ts';
import { canonicalJson } from '../../../src/shared/canonical-json.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err } from '../../../src/shared/result.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { SAMPLE_START_MS, sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder, type SampleStore } from '../../support/sample-store.ts';

const DAY_MS = 86_400_000;
let folder: ReturnType<typeof temporaryFolder>;
let store: SampleStore;

beforeEach(() => {
  folder = temporaryFolder();
  store = openSampleStore(folder.path, { clock: manualClock(SAMPLE_START_MS) });
});
afterEach(() => {
  store.database.close();
  folder.remove();
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('a commit', () => {
  it('gives a receipt that is signed, chained and about exactly this record', () => {
    const first = expectOk(store.records.commit(sampleRecord(1)));
    const second = expectOk(store.records.commit(sampleRecord(2, 'face.low-similarity')));
    const { body, device } = second.receipt;
    expect([first.receipt.body.seq, body.seq]).toEqual([1, 2]);
    expect(first.receipt.body.prevReceiptHash).toBe('0'.repeat(64));
    expect(body.prevReceiptHash).toBe(first.receiptHash);
    expect(body.recordHash).toBe(sha256(canonicalJson(sampleRecord(2, 'face.low-similarity'))));
    expect(second.receiptHash).toBe(sha256(canonicalJson(body)));
    expect(body).toMatchObject({ state: 'failed', reason: 'face.low-similarity', basis: 'chip', simulated: true });
    const signature = Buffer.from(device.signature, 'base64url');
    expect(verify(null, Buffer.from(canonicalJson(body)), store.identity.publicKey, signature)).toBe(true);
    expect(canonicalJson(body)).not.toContain('测');
  });

  it('refuses an id that has a record, and changes nothing', () => {
    expectOk(store.records.commit(sampleRecord(1)));
    const again = store.records.commit(sampleRecord(1, 'face.low-similarity'));
    expect(again).toEqual(err(failure('request.invalid', 'this id has a record already')));
    expect(expectOk(store.queries.show(sampleCertifyId(1))).record).toEqual(sampleRecord(1));
    expect(expectOk(store.outbox.state()).unsent).toBe(1);
  });

  it('refuses a record that does not have the form of one, naming the field', () => {
    const broken = { ...sampleRecord(1), verdict: { ...sampleRecord(1).verdict, state: 'failed' as const } };
    expect(store.records.commit(broken)).toEqual(err(failure('internal.bug', 'record: verdict')));
    expect(expectOk(store.queries.list(0, 10, null))).toEqual({ total: 0, rows: [] });
  });
});

describe('queries', () => {
  it('list newest first, in pages and by state', () => {
    for (let number = 1; number <= 25; number += 1) {
      expectOk(store.records.commit(sampleRecord(number, number % 5 === 0 ? 'face.grey-band' : 'ok.matched')));
    }
    const page = expectOk(store.queries.list(10, 10, null));
    expect(page.total).toBe(25);
    expect(page.rows.map((row) => row.certifyId)).toEqual(
      Array.from({ length: 10 }, (_, i) => sampleCertifyId(15 - i)),
    );
    const review = expectOk(store.queries.list(0, 10, 'review'));
    expect(review.total).toBe(5);
    expect(review.rows[0]).toEqual({
      certifyId: sampleCertifyId(25),
      startedAtMs: SAMPLE_START_MS + 25_000,
      sceneId: 'counter',
      state: 'review',
      reason: 'face.grey-band',
      nameMasked: '测*员',
      numberMasked: '110***********1234',
      provisional: true,
      countersigned: false,
      simulated: true,
    });
  });

  it('report days without records as zeros', () => {
    const onDay = (number: number, days: number, reason: 'ok.matched' | 'card.pulled'): void => {
      const startedAtMs = SAMPLE_START_MS + days * DAY_MS;
      expectOk(store.records.commit(sampleRecord(number, reason, { startedAtMs })));
    };
    onDay(1, 0, 'ok.matched');
    onDay(2, 0, 'card.pulled');
    onDay(3, 2, 'ok.matched');
    const zero = { submitted: 0, passed: 0, failed: 0, review: 0, error: 0 };
    expect(expectOk(store.queries.report('2026-03-04', 4))).toEqual([
      { ...zero, day: '2026-03-01' },
      { ...zero, day: '2026-03-02', submitted: 2, passed: 1, error: 1 },
      { ...zero, day: '2026-03-03' },
      { ...zero, day: '2026-03-04', submitted: 1, passed: 1 },
    ]);
    expect(expectOk(store.queries.countByScene('counter'))).toBe(3);
    expect(expectOk(store.queries.countByScene('other'))).toBe(0);
  });

  it('tell that there is no such record', () => {
    expect(store.queries.show(sampleCertifyId(9))).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
  });
});

describe('text that looks like commands', () => {
  it.each([`'; DROP TABLE records; --`, '=cmd|x', '<img src=x onerror=alert(1)>', 'a\u0000b', '𠮷*𠮷'])(
    'is kept as it is: %j',
    (nameMasked) => {
      const record = sampleRecord(1, 'ok.matched', {
        subject: { nameMasked, numberMasked: `${nameMasked}%`, subjectKey: 'cd'.repeat(32) },
      });
      expectOk(store.records.commit(record));
      expect(expectOk(store.queries.show(sampleCertifyId(1))).record).toEqual(record);
      expect(expectOk(store.queries.list(0, 10, null)).rows[0]?.nameMasked).toBe(nameMasked);
    },
  );
});

describe('the outbox', () => {
  it('gets no record of a person who did not agree to sending', () => {
    const consent = { capture: true, transmit: false, version: '1', givenAtMs: SAMPLE_START_MS };
    expectOk(store.records.commit(sampleRecord(1, 'ok.matched', { consent })));
    expectOk(store.records.commit(sampleRecord(2, 'user.refused-consent', { consent: null, subject: null })));
    expect(expectOk(store.outbox.due(50)).map((item) => item.certifyId)).toEqual([sampleCertifyId(2)]);
    expect(expectOk(store.queries.list(0, 10, null)).total).toBe(2);
  });

  it('keeps a stopped record until it is confirmed', () => {
    for (const number of [1, 2, 3]) expectOk(store.records.commit(sampleRecord(number)));
    expectOk(store.outbox.postpone([sampleCertifyId(1)], failure('verifier.unreachable', 'timeout')));
    expectOk(store.outbox.stop(sampleCertifyId(1), failure('verifier.refused', 'receipt_invalid')));
    expect(expectOk(store.outbox.due(50)).map((item) => item.certifyId)).toEqual([
      sampleCertifyId(2),
      sampleCertifyId(3),
    ]);
    expect(expectOk(store.outbox.state())).toEqual({
      unsent: 3,
      stopped: 1,
      oldestAtMs: SAMPLE_START_MS,
      lastFailure: failure('verifier.refused', 'receipt_invalid'),
    });
    expect(expectOk(store.outbox.resume())).toBe(1);
    const countersignature = {
      certifyId: sampleCertifyId(1),
      acceptedAtMs: 5,
      server: { keyId: 'server:k1', signature: 'A'.repeat(86) },
    };
    expectOk(store.outbox.confirm([countersignature]));
    expectOk(store.outbox.confirm([countersignature]));
    expect(expectOk(store.outbox.state()).unsent).toBe(2);
    expect(expectOk(store.queries.show(sampleCertifyId(1))).countersignature).toEqual(countersignature);
  });
});

describe('request numbers', () => {
  it('increase strictly, also over restarts and a clock that was set back', () => {
    const clock = manualClock(SAMPLE_START_MS);
    const numbers: number[] = [];
    for (let restart = 0; restart < 4; restart += 1) {
      const sequence = createRequestSequence(store.database, clock);
      for (let request = 0; request < 150; request += 1) numbers.push(expectOk(sequence.next()));
      clock.setWall(0);
    }
    expect(numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0))).toBe(true);
    expect(numbers[0]).toBe(SAMPLE_START_MS);
  });
});

describe('calendar days', () => {
  it('cross months, leap days and years', () => {
    expect(daysUpTo('2028-03-01', 3)).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
    expect(daysUpTo('2027-01-01', 2)).toEqual(['2026-12-31', '2027-01-01']);
    expect(daysUpTo('2026-03-29', 90)).toHaveLength(90);
  });

  it('are those of the machine', () => {
    expect(localDayOf(new Date(2026, 2, 2, 23, 59, 59).getTime())).toBe('2026-03-02');
    expect(localDayOf(new Date(2026, 2, 3, 0, 0, 0).getTime())).toBe('2026-03-03');
  });
});
