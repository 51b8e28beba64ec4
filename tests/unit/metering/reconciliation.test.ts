import { describe, expect, it } from 'vitest';
import { meterCall, type MeteredCall } from '../../../src/main/metering/metered-call.ts';
import { createMeterReport } from '../../../src/main/metering/meter-report.ts';
import { meterWindow } from '../../../src/main/metering/meter-window.ts';
import { createReconciler } from '../../../src/main/metering/reconciliation.ts';
import type { RecordedCall, Reconciliation, StatementLine } from '../../../src/shared/domain/metering.ts';
import { SAMPLE_START_MS, sampleCertifyId } from '../../support/sample-records.ts';

const DAY_MS = 86_400_000;
const WINDOW = { fromMs: SAMPLE_START_MS, toMs: SAMPLE_START_MS + DAY_MS };
const order = (number: number): string => number.toString(16).padStart(32, '0');

function call(number: number, changes: Partial<RecordedCall> = {}): MeteredCall {
  return meterCall({
    orderId: order(number),
    certifyId: sampleCertifyId(number),
    sceneId: 'counter',
    scheme: 'RPBasic',
    verifier: 'aliyun',
    operation: 'ContrastFaceVerify',
    number: 1,
    startedAtMs: SAMPLE_START_MS + number,
    reason: 'ok.confirmed',
    code: 'SubCode 200',
    requestId: `r-${number}`,
    billed: true,
    ...changes,
  });
}

function line(number: number, changes: Partial<StatementLine> = {}): StatementLine {
  return { orderId: order(number), requestId: null, atMs: null, operation: null, count: 1, line: number, ...changes };
}

function reconciled(lines: readonly StatementLine[], calls: readonly MeteredCall[]): Reconciliation {
  const reconciler = createReconciler({ lines, unread: [] }, WINDOW);
  for (const each of calls) reconciler.add(each);
  return reconciler.result();
}

const NOTHING: Reconciliation = { matched: 0, onlyThere: [], onlyHere: [], differing: [], resolved: [], unread: [] };
const HERE = (({ decided: _d, passed: _p, ...known }) => known)(call(2));

describe('reconciliation', () => {
  it('matches orders, and tells who else bills or knows one', () => {
    expect(reconciled([line(1), line(3)], [call(1), call(2)])).toEqual({
      ...NOTHING,
      matched: 1,
      onlyThere: [line(3)],
      onlyHere: [HERE],
    });
  });

  it('takes no notice of calls that nobody bills', () => {
    expect(reconciled([line(1)], [call(1), call(2, { billed: false })])).toEqual({ ...NOTHING, matched: 1 });
  });

  it.each([
    ['billed twice', [line(1, { count: 2 })], [call(1)], { orderId: order(1), expected: 1, billed: 2 }],
    ['billed on two lines', [line(1), line(1)], [call(1)], { orderId: order(1), expected: 1, billed: 2 }],
    [
      'billed although it is free',
      [line(1)],
      [call(1, { billed: false })],
      { orderId: order(1), expected: 0, billed: 1 },
    ],
    [
      'billed once of two',
      [line(1)],
      [call(1), call(1, { number: 2, requestId: null })],
      { orderId: order(1), expected: 2, billed: 1 },
    ],
    ['listed without a bill', [line(1, { count: 0 })], [call(1)], { orderId: order(1), expected: 1, billed: 0 }],
  ])('shows an order that is %s', (_how, lines, calls, differing) => {
    expect(reconciled(lines, calls)).toEqual({ ...NOTHING, differing: [differing] });
  });

  it('learns from the statement what became of a call whose answer was lost', () => {
    const lost = { billed: null, reason: null, code: null, requestId: null };
    expect(reconciled([line(1)], [call(1, lost), call(2, lost)])).toEqual({
      ...NOTHING,
      matched: 1,
      resolved: [
        { orderId: order(1), billed: true },
        { orderId: order(2), billed: false },
      ],
    });
  });

  it('lets request ids decide where both have them', () => {
    expect(reconciled([line(2, { requestId: 'another' })], [call(2)])).toEqual({
      ...NOTHING,
      onlyThere: [line(2, { requestId: 'another' })],
      onlyHere: [HERE],
    });
    expect(
      reconciled([line(2, { requestId: 'R-2' })], [call(2), call(2, { requestId: 'r-9', billed: false })]),
    ).toEqual({
      ...NOTHING,
      matched: 1,
    });
  });

  it('finds an order by its request alone, and by the end of its number on a bill of Tencent’s', () => {
    const short = line(1, { orderId: order(1).slice(-10).toUpperCase() });
    expect(reconciled([short], [call(1, { verifier: 'tencent' })])).toEqual({ ...NOTHING, matched: 1 });
    expect(reconciled([line(1, { orderId: '', requestId: 'r-1' })], [call(1)])).toEqual({ ...NOTHING, matched: 1 });
  });

  it('leaves other vendors aside', () => {
    expect(reconciled([line(1)], [call(1), call(2, { verifier: 'tencent' })])).toEqual({ ...NOTHING, matched: 1 });
  });

  it('belongs to its window, with a day around it where clocks differ', () => {
    const before = call(1, { startedAtMs: WINDOW.fromMs - 1 });
    const [late, early] = [line(1, { atMs: WINDOW.fromMs }), line(4, { atMs: WINDOW.fromMs - DAY_MS })];
    expect(reconciled([late, early], [before])).toEqual(NOTHING);
    const last = call(2, { startedAtMs: WINDOW.toMs - 1 });
    expect(reconciled([line(2, { atMs: WINDOW.toMs })], [last])).toEqual({ ...NOTHING, matched: 1 });
  });
});

describe('a report', () => {
  it('adds up by scene, scheme, verifier and operation', () => {
    const report = createMeterReport();
    report.add(call(1));
    report.add(call(2, { reason: 'face.low-similarity', code: 'SubCode 204' }));
    report.add(call(3, { reason: 'quota.daily', code: '418', billed: undefined }));
    report.add(call(4, { reason: null, code: null, billed: null }));
    report.add(call(5, { sceneId: 'bank' }));
    const of = { scheme: 'RPBasic', verifier: 'aliyun', operation: 'ContrastFaceVerify' } as const;
    expect(report.rows()).toEqual([
      { ...of, sceneId: 'bank', calls: 1, successful: 1, passes: 1, billed: 1, unknown: 0 },
      { ...of, sceneId: 'counter', calls: 4, successful: 2, passes: 1, billed: 2, unknown: 1 },
    ]);
  });
});

describe('a window', () => {
  it('is whole local days, the last one included', () => {
    expect(meterWindow('2026-03-02', '2026-03-03')).toEqual({
      ok: true,
      value: { fromMs: new Date(2026, 2, 2).getTime(), toMs: new Date(2026, 2, 4).getTime() },
    });
    expect(meterWindow('2026-01-01', '2026-03-31').ok).toBe(true);
  });

  it.each([
    ['2026-02-30', '2026-03-01', 'from: not a day like 2026-03-01'],
    ['2026-03-01', '2026-13-01', 'to: not a day like 2026-03-31'],
    ['2026-03-02', '2026-03-01', 'to: before from'],
    ['2026-01-01', '2026-04-01', 'to: at most 90 days'],
  ])('from %s to %s is refused', (from, to, detail) => {
    expect(meterWindow(from, to)).toEqual({ ok: false, error: { code: 'request.invalid', detail } });
  });
});
