import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { meteringHandlers } from '../../../src/main/composition/admin-metering-handlers.ts';
import { createMeterRows } from '../../../src/main/store/meter-rows.ts';
import type { RecordedCall } from '../../../src/shared/domain/metering.ts';
import type { VendorAnswer } from '../../../src/shared/domain/verification.ts';
import type { ReasonCode } from '../../../src/shared/reasons.ts';
import { runCommandLine } from '../../support/meter-runs.ts';
import { sampleCheck, sampleDecision, sampleOutcome } from '../../support/sample-checks.ts';
import { SAMPLE_START_MS, sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import {
  expectOk,
  openSampleStore,
  SAMPLE_MASTER_KEY,
  temporaryFolder,
  type SampleStore,
} from '../../support/sample-store.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KEY_FILE_NAME } from '../../../src/main/store/key-file.ts';

const DAY = '2026-03-02';
const WINDOW = { fromMs: SAMPLE_START_MS - 3_600_000, toMs: SAMPLE_START_MS + 3_600_000 };
let folder: ReturnType<typeof temporaryFolder>;
let store: SampleStore;

beforeEach(() => {
  folder = temporaryFolder();
  store = openSampleStore(folder.path, { clock: { wallMs: () => SAMPLE_START_MS, monotonicMs: () => 0 } });
  writeFileSync(join(folder.path, KEY_FILE_NAME), SAMPLE_MASTER_KEY, { mode: 0o600 });
});
afterEach(() => {
  store.database.close();
  folder.remove();
});

const orderOf = (number: number): string => sampleCheck(number).orderId;

function vendorAnswer(changes: Partial<VendorAnswer> = {}): VendorAnswer {
  const message = 'what the vendor says';
  return {
    name: 'tencent',
    operation: 'ImageRecognitionV2',
    code: 'Success',
    message,
    requestId: 'r',
    billed: true,
    ...changes,
  };
}

/** A record whose question was asked of a vendor directly, as often as there are answers; null: lost. */
async function asked(
  number: number,
  answers: readonly ({ reason: ReasonCode; code: string; billed?: boolean | null; requestId?: string } | null)[],
): Promise<void> {
  expectOk(store.records.commit(sampleRecord(number), { check: sampleCheck(number) }));
  for (const [index, answer] of answers.entries()) {
    const attemptId = `${number}-${index}`;
    const call = { verifier: 'tencent', operation: 'ImageRecognitionV2', orderId: orderOf(number) };
    const startedAtMs = SAMPLE_START_MS + index;
    const begun = { attemptId, certifyId: sampleCertifyId(number), ...call, number: index + 1, startedAtMs };
    expectOk(await store.attempts.begin(begun));
    if (answer) expectOk(await store.attempts.settle(attemptId, answer));
  }
}

async function calls(options?: { readonly local?: boolean }): Promise<readonly RecordedCall[]> {
  const taken: RecordedCall[] = [];
  expectOk(await createMeterRows(store.database).each(WINDOW, (call) => void taken.push(call), options));
  return taken;
}

const OF = { sceneId: 'counter', scheme: 'CounterCard', verifier: 'tencent', operation: 'ImageRecognitionV2' } as const;

describe('calls of this device', () => {
  it('carry what their own answers said of the bill, and nothing where none came', async () => {
    await asked(1, [
      { reason: 'quota.daily', code: 'IdentityAuthLimitExceeded', billed: false, requestId: 'r-1' },
      null,
    ]);
    const of = { orderId: orderOf(1), certifyId: sampleCertifyId(1), ...OF };
    expect(await calls()).toEqual([
      {
        ...of,
        number: 1,
        startedAtMs: SAMPLE_START_MS,
        reason: 'quota.daily',
        code: 'IdentityAuthLimitExceeded',
        requestId: 'r-1',
        billed: false,
      },
      { ...of, number: 2, startedAtMs: SAMPLE_START_MS + 1, reason: null, code: null, requestId: null, billed: null },
    ]);
  });

  it('that were kept before answers said so take it from the decision they led to, or leave it to the rule', async () => {
    await asked(1, [
      { reason: 'source.unavailable', code: 'CompareSystemError' },
      { reason: 'ok.confirmed', code: 'Success' },
    ]);
    const outcome = sampleOutcome('ok.confirmed', { vendor: vendorAnswer({ requestId: 'r-7' }) });
    expectOk(store.checks.change(sampleCertifyId(1), { event: 'upload' }));
    expectOk(store.checks.change(sampleCertifyId(1), { event: 'submit', reference: null }));
    expectOk(store.checks.change(sampleCertifyId(1), { event: 'decide', outcome, decision: null }));
    expect((await calls()).map(({ number, requestId, billed }) => [number, requestId, billed])).toEqual([
      [1, null, undefined],
      [2, 'r-7', true],
    ]);
  });
});

describe('calls of our verifier', () => {
  function decided(number: number, vendor: VendorAnswer | null, reason: ReasonCode = 'ok.confirmed'): void {
    const id = sampleCertifyId(number);
    expectOk(store.records.commit(sampleRecord(number), { check: sampleCheck(number) }));
    expectOk(store.checks.change(id, { event: 'upload' }));
    expectOk(store.checks.change(id, { event: 'submit', reference: null }));
    const outcome = sampleOutcome(reason, { vendor });
    const decision = sampleDecision(number, reason);
    expectOk(
      store.checks.change(id, {
        event: 'decide',
        outcome,
        decision: { ...decision, body: { ...decision.body, vendor } },
      }),
    );
  }

  it('are what its decision says that the vendor answered', async () => {
    decided(
      1,
      vendorAnswer({ name: 'aliyun', operation: 'ContrastFaceVerify', code: 'SubCode 204', requestId: 'r-1' }),
      'face.low-similarity',
    );
    decided(2, null);
    const of = { sceneId: 'counter', scheme: 'CounterCard', number: 1, startedAtMs: SAMPLE_START_MS } as const;
    expect(await calls()).toEqual([
      {
        ...of,
        orderId: orderOf(1),
        certifyId: sampleCertifyId(1),
        verifier: 'aliyun',
        operation: 'ContrastFaceVerify',
        reason: 'face.low-similarity',
        code: 'SubCode 204',
        requestId: 'r-1',
        billed: true,
      },
      {
        ...of,
        orderId: orderOf(2),
        certifyId: sampleCertifyId(2),
        verifier: 'countersign',
        operation: 'face-authority',
        reason: 'ok.confirmed',
        code: null,
        requestId: null,
        billed: false,
      },
    ]);
  });

  it('count once however often a decision is reviewed', async () => {
    decided(1, vendorAnswer());
    const second = sampleDecision(1, 'risk.review', 2);
    expectOk(store.checks.amend({ ...second, body: { ...second.body, vendor: vendorAnswer() } }));
    expect(await calls()).toHaveLength(1);
    const third = sampleDecision(1, 'ok.confirmed', 3);
    expectOk(store.checks.amend({ ...third, body: { ...third.body, vendor: vendorAnswer({ requestId: 'r-2' }) } }));
    expect((await calls()).map(({ number }) => number)).toEqual([1, 3]);
  });

  it('whose answer it lost may have been billed', async () => {
    expectOk(store.records.commit(sampleRecord(1), { check: sampleCheck(1) }));
    expectOk(store.checks.change(sampleCertifyId(1), { event: 'upload' }));
    expectOk(store.checks.change(sampleCertifyId(1), { event: 'submit', reference: null }));
    const outcome = sampleOutcome('outcome.unknown', { retry: 'clerk', vendor: vendorAnswer({ billed: null }) });
    expectOk(store.checks.change(sampleCertifyId(1), { event: 'lose', outcome }));
    expect(await calls()).toMatchObject([{ orderId: orderOf(1), verifier: 'tencent', billed: null }]);
  });
});

describe('other calls', () => {
  it('are those of people’s own phones, by the id of the page', async () => {
    const outcome = sampleOutcome('ok.confirmed', {
      vendor: vendorAnswer({ operation: 'GetDetectInfoEnhanced', code: '0' }),
    });
    const handOff = { page: 'tencent', handOffId: '019CAA00-0000', outcome } as const;
    expectOk(store.records.commit(sampleRecord(1, 'ok.confirmed', { handOff })));
    expect(await calls()).toMatchObject([
      { orderId: '019caa000000', operation: 'GetDetectInfoEnhanced', billed: true },
    ]);
  });

  it('on a vendor’s page that gave no answer may have been billed', async () => {
    const handOff = { page: 'aliyun', handOffId: '019caa00-0001', outcome: null } as const;
    expectOk(store.records.commit(sampleRecord(1, 'handoff.expired', { handOff })));
    const own = { ...handOff, page: 'countersign' } as const;
    expectOk(store.records.commit(sampleRecord(2, 'handoff.expired', { handOff: own })));
    expect(await calls()).toMatchObject([
      { orderId: '019caa000001', verifier: 'aliyun', operation: 'hand-off', billed: null },
    ]);
  });

  it('are decisions of this device alone where they are asked for', async () => {
    expectOk(store.records.commit(sampleRecord(1)));
    expect(await calls()).toEqual([]);
    expectOk(store.records.commit(sampleRecord(2, 'ok.matched', { test: true })));
    expect(await calls({ local: true })).toMatchObject([{ verifier: 'local', operation: 'decision', billed: false }]);
  });
});

describe('a long list of calls', () => {
  function manyAttempts(count: number): void {
    const insert = store.database.prepare(
      `INSERT INTO vendor_attempts (attempt_id, certify_id, verifier, operation, order_id, number, started_at_ms, settled)
       VALUES (?, 'none', 'tencent', 'ImageRecognitionV2', ?, 1, ?, ?)`,
    );
    const settled = JSON.stringify({ reason: 'ok.confirmed', code: 'Success', billed: true, requestId: null });
    store.database.transaction(() => {
      for (let number = 0; number < count; number += 1)
        insert.run(`a${number}`, `o${number}`, SAMPLE_START_MS, settled);
    })();
  }

  it('is read in pages, with turns for others in between, and each call once', async () => {
    manyAttempts(10_500);
    let turns = 0;
    let isReading = true;
    const turn = (): void => {
      turns += 1;
      if (isReading) setImmediate(turn);
    };
    setImmediate(turn);
    const orders = new Set<string>();
    let taken = 0;
    expectOk(await createMeterRows(store.database).each(WINDOW, ({ orderId }) => (orders.add(orderId), (taken += 1))));
    isReading = false;
    expect({ taken, orders: orders.size }).toEqual({ taken: 10_500, orders: 10_500 });
    expect(turns).toBeGreaterThanOrEqual(10);
  });

  it('that holds a row which can’t be read counts as none', async () => {
    manyAttempts(3);
    store.database.prepare(`UPDATE vendor_attempts SET settled = '{"half' WHERE order_id = 'o1'`).run();
    const handlers = meteringHandlers({ calls: createMeterRows(store.database) });
    expect(await handlers['admin:metering']({ from: DAY, to: DAY })).toMatchObject({
      error: { code: 'store.corrupt' },
    });
  });
});

describe('the administrator', () => {
  beforeEach(async () => {
    await asked(1, [{ reason: 'ok.confirmed', code: 'Success', billed: true, requestId: 'r-1' }]);
    await asked(2, [{ reason: 'identity.mismatch', code: 'IdNameMisMatch', billed: true, requestId: 'r-2' }]);
    await asked(3, [null]);
    expectOk(store.records.commit(sampleRecord(4)));
  });
  const statement = (): string => `Extra,RequestId\r\n${orderOf(1).slice(-10)},r-1\r\n${orderOf(9)},r-9\r\n`;

  it('sees calls, decisions, passes and bills by scene and scheme', async () => {
    const handlers = meteringHandlers({ calls: createMeterRows(store.database) });
    const of = { sceneId: 'counter', scheme: 'CounterCard' };
    expect(await handlers['admin:metering']({ from: DAY, to: DAY })).toEqual({
      ok: true,
      value: [
        { ...of, verifier: 'local', operation: 'decision', calls: 1, successful: 1, passes: 1, billed: 0, unknown: 0 },
        {
          ...of,
          verifier: 'tencent',
          operation: 'ImageRecognitionV2',
          calls: 3,
          successful: 2,
          passes: 1,
          billed: 2,
          unknown: 1,
        },
      ],
    });
  });

  it('exports every call, and nothing about anybody', async () => {
    const exported = await meteringHandlers({ calls: createMeterRows(store.database) })['admin:export-metering']({
      from: DAY,
      to: DAY,
    });
    const { csv, lines } = expectOk(exported);
    expect({ lines, rows: csv.trimEnd().split('\r\n').length }).toEqual({ lines: 3, rows: 4 });
    expect(csv).not.toMatch(/测|1101|[0-9a-f]{64}/);
  });

  it('matches a statement', async () => {
    const handlers = meteringHandlers({ calls: createMeterRows(store.database) });
    expect(await handlers['admin:reconcile']({ from: DAY, to: DAY, statement: statement() })).toMatchObject({
      ok: true,
      value: {
        matched: 1,
        onlyThere: [{ line: 3, requestId: 'r-9' }],
        onlyHere: [{ orderId: orderOf(2), requestId: 'r-2' }],
        differing: [],
        resolved: [{ orderId: orderOf(3), billed: false }],
        unread: [],
      },
    });
    expect(await handlers['admin:reconcile']({ from: DAY, to: '2026-09-01', statement: '' })).toMatchObject({
      error: { detail: 'to: at most 90 days' },
    });
    expect(await handlers['admin:reconcile']({ from: DAY, to: DAY, statement: 'a,b\n' })).toMatchObject({
      error: { code: 'request.invalid' },
    });
  });

  it('does the same on the command line, beside the running application', () => {
    const file = join(folder.path, 'statement.csv');
    writeFileSync(file, statement());
    const common = ['--data-folder', folder.path, '--from', DAY, '--to', DAY];
    const report = runCommandLine(['meter', 'report', ...common]);
    expect(report).toMatchObject({ status: 0 });
    expect(report.stdout).toContain('tencent  ImageRecognitionV2  calls 3  decided 2  passed 1  billed 2  unknown 1');
    const exported = runCommandLine(['meter', 'export', ...common]);
    expect([exported.status, exported.stdout.split('\r\n').length]).toEqual([0, 5]);
    const compared = runCommandLine(['meter', 'reconcile', '--statement', file, ...common]);
    expect([compared.status, compared.stdout.split('\n')[0]]).toEqual([1, '1 matched']);
  });
});
