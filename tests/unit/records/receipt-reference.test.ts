import { describe, expect, it } from 'vitest';
import { receiptNumber } from '../../../src/main/certification/receipt-text.ts';
import { admitSight, narrowed, startOfDay } from '../../../src/main/composition/record-sight.ts';
import { receiptCode } from '../../../src/shared/domain/receipt-code.ts';
import { parseReceiptReference, referenceFits } from '../../../src/shared/domain/receipt-reference.ts';
import { EVERY_RECORD } from '../../../src/shared/domain/record-search.ts';
import { SAMPLE_START_MS, sampleCertifyId } from '../../support/sample-records.ts';

const HASH = '4f1d9c3e7a'.repeat(7).slice(0, 64);
const ID = sampleCertifyId(7);
const OTHER_HASH = HASH.replace('4f1d', '4f1e');

describe('what is typed to find a receipt', () => {
  it.each([
    ['the printed number', receiptNumber(HASH)],
    ['the printed number in small letters', receiptNumber(HASH).toLowerCase().replace('-', ' ')],
    ['the code', receiptCode(ID, HASH)],
    ['the scanned code', `countersign:1:${ID}:${HASH.slice(0, 16)}`],
  ])('is understood as %s', (_what, text) => {
    const reference = parseReceiptReference(text)!;
    expect(referenceFits(reference, ID, HASH)).toBe(true);
    expect(referenceFits(reference, ID, OTHER_HASH)).toBe(false);
  });

  it('is a place in the chain where it is digits, which prove nothing', () => {
    const reference = parseReceiptReference(' 312 ')!;
    expect(reference).toEqual({ kind: 'place', seq: 312 });
    expect(referenceFits(reference, ID, HASH)).toBe(false);
    expect(['', 'ABC', '1'.repeat(16), 'countersign:1:x:y'].map(parseReceiptReference)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('somebody who may only see today', () => {
  const sinceMs = startOfDay(SAMPLE_START_MS);
  const seen = { startedAtMs: sinceMs - 1, certifyId: ID, receiptHash: HASH };

  it('sees nothing that began before, unless they have its receipt', () => {
    expect(narrowed(EVERY_RECORD, sinceMs)).toMatchObject({ fromMs: sinceMs });
    expect(narrowed({ ...EVERY_RECORD, fromMs: 5 }, sinceMs)).toMatchObject({ fromMs: sinceMs });
    const byPlace = { ...EVERY_RECORD, search: { by: 'receipt', text: '12' } } as const;
    expect(narrowed(byPlace, sinceMs)).toMatchObject({ fromMs: sinceMs });
    const byNumber = { ...EVERY_RECORD, search: { by: 'receipt', text: receiptNumber(HASH) } } as const;
    expect(narrowed(byNumber, sinceMs)).toEqual(byNumber);
    expect(admitSight(seen, null, sinceMs)).toMatchObject({ error: { code: 'staff.not-allowed' } });
    expect(admitSight(seen, '12', sinceMs)).toMatchObject({ error: { code: 'staff.not-allowed' } });
    expect(admitSight(seen, receiptNumber(OTHER_HASH), sinceMs)).toMatchObject({ ok: false });
    expect(admitSight(seen, receiptNumber(HASH), sinceMs)).toEqual({ ok: true, value: null });
    expect(admitSight({ ...seen, startedAtMs: sinceMs }, null, sinceMs)).toEqual({ ok: true, value: null });
  });

  it('is nobody else', () => {
    expect(narrowed(EVERY_RECORD, null)).toBe(EVERY_RECORD);
    expect(admitSight(seen, null, null)).toEqual({ ok: true, value: null });
  });
});
