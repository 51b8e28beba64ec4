import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecordSearch, type FoundPage, type RecordSearch } from '../../../src/main/store/record-search.ts';
import type { CertificationRecord } from '../../../src/shared/domain/certification.ts';
import { maskName, maskNumber } from '../../../src/shared/domain/masking.ts';
import {
  EVERY_RECORD,
  RECORD_ORDERS,
  recordFilterSchema,
  type FoundRecord,
  type RecordFilter,
  type RecordOrder,
  type RecordPlace,
} from '../../../src/shared/domain/record-search.ts';
import type { ReasonCode } from '../../../src/shared/reasons.ts';
import { SAMPLE_START_MS, sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder, type SampleStore } from '../../support/sample-store.ts';

const REASONS: readonly ReasonCode[] = ['ok.matched', 'face.low-similarity', 'face.grey-band', 'card.pulled'];
const NAMES = ['张三', '张三丰', 'Ada Lovelace', '=cmd|x', '<b>😀</b>', '李'.repeat(60)];
const SCENES = ['counter', 'ward-7'];
const COUNT = 240;

let folder: ReturnType<typeof temporaryFolder>;
let store: SampleStore;
let search: RecordSearch;
const kept: FoundRecord[] = [];
const orders = new Map<number, string>();

/** Times that repeat and go back, as after a clock was set. */
function variedRecord(number: number): CertificationRecord {
  const name = NAMES[number % NAMES.length] ?? '';
  const reason = REASONS[(number * 7) % REASONS.length] ?? 'ok.matched';
  const startedAtMs = SAMPLE_START_MS + ((number * 37) % 60) * 1_000;
  const named = reason !== 'card.pulled';
  return sampleRecord(number, reason, {
    startedAtMs,
    sceneId: SCENES[number % 11 === 0 ? 1 : 0] ?? '',
    scheme: number % 5 === 0 ? 'PV_FC' : 'CounterCard',
    subject: named
      ? {
          nameMasked: maskName(name),
          numberMasked: maskNumber(`11010119900307${1000 + (number % 20)}`),
          subjectKey: 'ab'.repeat(32),
        }
      : null,
    simulated: number % 13 === 0,
    ...(number % 17 === 0 && { test: true as const }),
    ...(number % 6 === 0 && { order: { orderId: `ORD-${number % 4}`, requestId: 'r' } }),
  });
}

beforeAll(() => {
  folder = temporaryFolder();
  store = openSampleStore(folder.path);
  search = createRecordSearch(store.database);
  const keepEvidence = store.database.prepare(
    `INSERT INTO evidence_keys (certify_id, wrapped_key, destroy_at_ms) VALUES (?, x'00', 0)`,
  );
  for (let number = 1; number <= COUNT; number += 1) {
    const record = variedRecord(number);
    expectOk(store.records.commit(record));
    if (number % 9 === 0) keepEvidence.run(record.certifyId);
    if (record.order) orders.set(number, record.order.orderId);
    kept.push({
      certifyId: record.certifyId,
      receipt: number,
      startedAtMs: record.startedAtMs,
      sceneId: record.sceneId,
      scheme: record.scheme,
      state: record.verdict.state,
      reason: record.verdict.reason,
      decidedBy: 'device',
      deviceState: record.verdict.state,
      deviceReason: record.verdict.reason,
      nameMasked: record.subject?.nameMasked ?? null,
      numberMasked: record.subject?.numberMasked ?? null,
      provisional: record.verdict.provisional,
      countersigned: false,
      byPerson: false,
      hasEvidence: number % 9 === 0,
      simulated: record.simulated,
      test: record.test === true,
    });
  }
});
afterAll(() => {
  store.database.close();
  folder.remove();
});

function matches(row: FoundRecord, filter: RecordFilter): boolean {
  const { search: asked, fromMs, toMs, ...rest } = filter;
  for (const [name, wanted] of Object.entries(rest)) {
    if (wanted !== null && row[name as keyof FoundRecord] !== wanted) return false;
  }
  if (fromMs !== null && row.startedAtMs < fromMs) return false;
  if (toMs !== null && row.startedAtMs >= toMs) return false;
  if (asked === null) return true;
  switch (asked.by) {
    case 'id':
      return row.certifyId.startsWith(asked.text.toLowerCase());
    case 'receipt':
      return row.receipt === Number(asked.text);
    case 'order':
      return orders.get(row.receipt) === asked.text;
    case 'name':
      return row.nameMasked === (asked.text.includes('*') ? asked.text : maskName(asked.text));
    case 'number':
      return asked.text.length === 4
        ? row.numberMasked?.endsWith(asked.text) === true
        : row.numberMasked === maskNumber(asked.text);
  }
}

function scan(filter: RecordFilter, order: RecordOrder): FoundRecord[] {
  const sign = order === 'newest' ? -1 : 1;
  return kept
    .filter((row) => matches(row, filter))
    .sort((a, b) => sign * (a.startedAtMs - b.startedAtMs || a.receipt - b.receipt));
}

async function walk(filter: RecordFilter, order: RecordOrder, limit: number): Promise<FoundRecord[]> {
  const rows: FoundRecord[] = [];
  let after: RecordPlace | null = null;
  do {
    const page: FoundPage = expectOk(await search.page({ filter, order, after, limit }));
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null);
  return rows;
}

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null, freq: 2 });
const flag = maybe(fc.boolean());
const someSearch = fc.oneof(
  fc.nat(COUNT + 5).map((number) => ({ by: 'receipt' as const, text: String(number) })),
  fc
    .integer({ min: 4, max: 36 })
    .chain((length) =>
      fc
        .nat(COUNT)
        .map((number) => ({ by: 'id' as const, text: sampleCertifyId(number).slice(0, length).toUpperCase() })),
    ),
  fc.nat(4).map((number) => ({ by: 'order' as const, text: `ORD-${number}` })),
  fc.constantFrom(...NAMES, maskName('张三丰'), '没有').map((text) => ({ by: 'name' as const, text })),
  fc.nat(25).map((number) => ({ by: 'number' as const, text: `11010119900307${1000 + number}` })),
  fc.nat(25).map((number) => ({ by: 'number' as const, text: String(1000 + number) })),
);
const someFilter: fc.Arbitrary<RecordFilter> = fc.record({
  search: maybe(someSearch),
  fromMs: maybe(fc.nat(30).map((s) => SAMPLE_START_MS + s * 1_000)),
  toMs: maybe(fc.integer({ min: 31, max: 61 }).map((s) => SAMPLE_START_MS + s * 1_000)),
  sceneId: maybe(fc.constantFrom(...SCENES, 'none')),
  scheme: maybe(fc.constantFrom('PV_FC', 'CounterCard')),
  state: maybe(fc.constantFrom('passed' as const, 'failed' as const, 'review' as const, 'error' as const)),
  reason: maybe(fc.constantFrom(...REASONS)),
  simulated: flag,
  test: flag,
  provisional: flag,
  countersigned: flag,
  byPerson: flag,
  hasEvidence: flag,
});

describe('a search', () => {
  it('finds what a look at every record finds, in its order, in pages of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        someFilter,
        fc.constantFrom(...RECORD_ORDERS),
        fc.integer({ min: 1, max: 80 }),
        async (asked, order, limit) => {
          const filter = recordFilterSchema.parse(asked);
          const wanted = scan(filter, order);
          expect(await walk(filter, order, limit)).toEqual(wanted);
          expect(expectOk(await search.count(filter))).toEqual({ count: wanted.length, more: false });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('finds by each single condition', async () => {
    const singles: Partial<RecordFilter>[] = [
      { state: 'review' },
      { reason: 'card.pulled' },
      { hasEvidence: true },
      { test: true },
      { simulated: true },
      { provisional: true },
      { byPerson: true },
      { search: { by: 'name', text: '=cmd|x' } },
      { search: { by: 'id', text: '019caa00' } },
    ];
    for (const single of singles) {
      const filter = { ...EVERY_RECORD, ...single };
      expect(await walk(filter, 'newest', 50)).toEqual(scan(filter, 'newest'));
    }
    expect(expectOk(await search.count(EVERY_RECORD))).toEqual({ count: COUNT, more: false });
  });
});

describe('paging', () => {
  it('loses and doubles nothing while records are committed', async () => {
    const before = scan(EVERY_RECORD, 'newest').map(({ certifyId }) => certifyId);
    const seen: string[] = [];
    let after: RecordPlace | null = null;
    let number = COUNT;
    do {
      const page: FoundPage = expectOk(await search.page({ filter: EVERY_RECORD, order: 'newest', after, limit: 17 }));
      seen.push(...page.rows.map(({ certifyId }) => certifyId));
      after = page.next;
      number += 1;
      expectOk(store.records.commit(variedRecord(number)));
    } while (after !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => before.includes(id))).toEqual(before);
  });
});
