import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../../src/main/store/audit-verification.ts';
import { writeExport } from '../../../src/main/store/export-file.ts';
import { exportRecords, RECEIPTS_PER_STEP, type ExportPiece } from '../../../src/main/store/record-export.ts';
import { inertText } from '../../../src/shared/csv-text.ts';
import { EVERY_RECORD, type RecordFilter } from '../../../src/shared/domain/record-search.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { SAMPLE_START_MS, sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder, type SampleStore } from '../../support/sample-store.ts';
import { readStrictCsv } from '../../support/strict-csv.ts';

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

/** With its mark, which a reader of UTF-8 would leave out. */
const textOf = ({ text }: ExportPiece): string => Buffer.from(text).toString();

function exported(filter: RecordFilter): readonly Record<string, string>[] {
  let text = '';
  for (const piece of exportRecords(store.database, filter)) text += textOf(expectOk(piece));
  expect(text.startsWith('\uFEFF')).toBe(true);
  const [head = [], ...rows] = readStrictCsv(text);
  return rows.map((row) => Object.fromEntries(row.map((cell, at) => [head[at] ?? '', cell])));
}

const named = (nameMasked: string, orderId = 'ORD-1') => ({
  subject: { nameMasked, numberMasked: '110***********1234', subjectKey: 'ab'.repeat(32) },
  order: { orderId, requestId: 'r' },
});

describe('an export', () => {
  it('has everything that a list shows, and the verdict of the device beside any other', () => {
    expectOk(store.records.commit(sampleRecord(1, 'face.grey-band', named('张*三'))));
    expect(exported(EVERY_RECORD)).toEqual([
      {
        receipt: '1',
        certify_id: sampleCertifyId(1),
        started_at: '2026-03-02T09:00:01.000Z',
        decided_at: '2026-03-02T09:00:05.000Z',
        scene: 'counter',
        scheme: 'CounterCard',
        state: 'review',
        reason: 'face.grey-band',
        decided_by: 'device',
        device_state: 'review',
        device_reason: 'face.grey-band',
        basis: 'chip',
        name_masked: '张*三',
        number_masked: '110***********1234',
        order_id: 'ORD-1',
        provisional: '1',
        countersigned: '0',
        decided_by_person: '0',
        has_evidence: '0',
        simulated: '1',
        test: '0',
      },
    ]);
  });

  it('gives back every name and order to a strict reader, made inert', () => {
    let number = 0;
    const text = fc.oneof(
      fc.constantFrom('a\0",=1', 'a\0b'),
      fc.string({ minLength: 1, maxLength: 60 }),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
      fc.constantFrom(
        '=1+1',
        ' =1+1',
        '＝1',
        '-x',
        ' -x',
        'A*** L***',
        '张',
        '李'.repeat(60),
        '😀',
        '<b>',
        '\u202Ex',
        'a;=1',
        '-5',
      ),
    );
    fc.assert(
      fc.property(text, text, (name, orderId) => {
        number += 1;
        // Half of a surrogate pair is no text: a database keeps it as a replacement.
        fc.pre(name.isWellFormed() && orderId.isWellFormed());
        const startedAtMs = SAMPLE_START_MS + number;
        expectOk(store.records.commit(sampleRecord(number, 'ok.matched', { ...named(name, orderId), startedAtMs })));
        const [row] = exported({ ...EVERY_RECORD, search: { by: 'id', text: sampleCertifyId(number) } });
        expect([row?.['name_masked'], row?.['order_id']]).toEqual([inertText(name), inertText(orderId)]);
      }),
      { numRuns: 120 },
    );
  });

  it('has the records of its filter alone, by receipt, across all steps', () => {
    const insert = store.database.prepare(
      'INSERT INTO records (seq, certify_id, day, provisional, record) VALUES (?, ?, ?, 0, ?)',
    );
    const count = RECEIPTS_PER_STEP * 2 + 7;
    store.database.transaction(() => {
      for (let number = 1; number <= count; number += 1) {
        const record = sampleRecord(number, number % 3 === 0 ? 'face.low-similarity' : 'ok.matched');
        insert.run(number, record.certifyId, '2026-03-02', JSON.stringify(record));
      }
    })();
    const failed = exported({ ...EVERY_RECORD, state: 'failed' });
    const wanted = Array.from({ length: count }, (_, at) => at + 1).filter((number) => number % 3 === 0);
    expect(failed.map(({ receipt }) => Number(receipt))).toEqual(wanted);
    const range = { fromMs: SAMPLE_START_MS + 10_000, toMs: SAMPLE_START_MS + 12_000 };
    expect(exported({ ...EVERY_RECORD, ...range }).map(({ receipt }) => receipt)).toEqual(['10', '11']);
  });

  it('says of a record that was erased meanwhile, and of evidence that is gone, that it is', () => {
    const keep = store.database.prepare(`INSERT INTO evidence_keys VALUES (?, x'00', 0)`);
    for (let number = 1; number <= 3; number += 1) expectOk(store.records.commit(sampleRecord(number)));
    keep.run(sampleCertifyId(3));
    const pieces = exportRecords(store.database, EVERY_RECORD);
    expect(expectOk(pieces.next().value as ReturnType<typeof ok<ExportPiece>>).of).toBe(3);
    store.database.prepare('DELETE FROM evidence_keys').run();
    const erased = { atMs: 1, identified: true, byGuardian: false, returnedFace: false };
    store.database
      .prepare('UPDATE records SET record = ? WHERE seq = 2')
      .run(JSON.stringify({ ...sampleRecord(2), subject: null, erased }));
    const rest = textOf(expectOk(pieces.next().value as ReturnType<typeof ok<ExportPiece>>)).split('\r\n');
    expect(rest[1]).toContain('record.erased');
    expect(rest[1]).not.toContain('110***');
    expect(rest[2]).toMatch(/,0,1,0$/);
  });
});

describe('what records are found by', () => {
  it('is held against the records by the check of the audit log', () => {
    expectOk(store.records.commit(sampleRecord(1)));
    expectOk(store.records.commit(sampleRecord(2)));
    const check = () => expectOk(verifyAudit(store.database, store.keys.audit, store.identity.publicKey));
    expect(check()).toMatchObject({ ok: true });
    store.database.prepare(`UPDATE record_facts SET state = 'failed' WHERE seq = 2`).run();
    expect(check()).toMatchObject({ ok: false, reason: 'facts-wrong' });
    store.database.prepare('DELETE FROM record_facts WHERE seq = 2').run();
    expect(check()).toMatchObject({ ok: false, reason: 'facts-wrong' });
  });
});

describe('an export file', () => {
  const target = (): string => join(folder.path, 'records.csv');
  const piece = (text: string, done: number) => ok({ text, done, of: 3 });
  const quiet = { signal: new AbortController().signal, onPiece: () => undefined };

  it('is there whole, and nothing beside it', async () => {
    const seen: number[] = [];
    const pieces = [piece('a', 1), piece('', 2), piece('张', 3)];
    expect(await writeExport(target(), pieces, { ...quiet, onPiece: ({ done }) => seen.push(done) })).toEqual(
      ok('written'),
    );
    expect(readFileSync(target(), 'utf8')).toBe('a张');
    expect(seen).toEqual([1, 2, 3]);
    expect(existsSync(`${target()}.partial`)).toBe(false);
  });

  it('leaves the file of before and no partial one when it fails or is cancelled', async () => {
    writeFileSync(target(), 'before');
    const cancelled = new AbortController();
    const onPiece = (): void => cancelled.abort();
    expect(await writeExport(target(), [piece('a', 1), piece('b', 2)], { signal: cancelled.signal, onPiece })).toEqual(
      ok('cancelled'),
    );
    const broken = err(failure('store.corrupt', 'torn'));
    expect(await writeExport(target(), [piece('a', 1), broken], quiet)).toEqual(broken);
    expect(readFileSync(target(), 'utf8')).toBe('before');
    expect(readdirSync(folder.path).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('says why it could not be written, without the path', async () => {
    const nowhere = join(folder.path, 'missing', 'x.csv');
    expect(await writeExport(nowhere, [piece('a', 1)], quiet)).toEqual(
      err(failure('store.unavailable', 'file: ENOENT')),
    );
    if (!existsSync('/dev/full')) return;
    const { symlinkSync } = await import('node:fs');
    symlinkSync('/dev/full', `${target()}.partial`);
    expect(await writeExport(target(), [piece('a', 1)], quiet)).toEqual(err(failure('store.full', 'file: ENOSPC')));
    expect(existsSync(target())).toBe(false);
  });
});
