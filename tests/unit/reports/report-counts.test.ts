import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readReport, type ReportDeskParts } from '../../../src/main/composition/report-desk.ts';
import { createRecordErasure, FIRST_END } from '../../../src/main/store/record-erasure.ts';
import { createReportFold } from '../../../src/main/store/report-fold.ts';
import { reportCountsDiffer } from '../../../src/main/store/report-recount.ts';
import { createReportRows } from '../../../src/main/store/report-rows.ts';
import { spanOfDay, type UtcOffset } from '../../../src/main/store/report-place.ts';
import { verifyAudit } from '../../../src/main/store/audit-verification.ts';
import type { CertificationRecord } from '../../../src/shared/domain/certification.ts';
import type { Report } from '../../../src/shared/domain/report.ts';
import { DEFAULT_SCENE } from '../../../src/shared/domain/scene.ts';
import type { ReportRequest } from '../../../src/shared/ipc/admin-reports.ts';
import type { ReasonCode } from '../../../src/shared/reasons.ts';
import { ok } from '../../../src/shared/result.ts';
import { seededRandom } from '../../support/card-reader/seeded-random.ts';
import { sampleCheck, sampleOutcome } from '../../support/sample-checks.ts';
import { sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder, type SampleStore } from '../../support/sample-store.ts';

/** Clocks as in New York in 2026: forward on 8 March at 7:00 UTC, back on 1 November at 6:00 UTC. */
const newYork: UtcOffset = (atMs) => (atMs >= Date.UTC(2026, 2, 8, 7) && atMs < Date.UTC(2026, 10, 1, 6) ? -240 : -300);
const SPRING = '2026-03-08';
const AUTUMN = '2026-11-01';
const END_MS = Date.UTC(2027, 5, 1);

let folder: ReturnType<typeof temporaryFolder>;
let store: SampleStore;
beforeEach(() => {
  folder = temporaryFolder();
  store = openSampleStore(folder.path, { utcOffsetOf: newYork });
});
afterEach(() => {
  store.database.close();
  folder.remove();
});

function parts(nowMs = Date.UTC(2026, 10, 2, 12)): ReportDeskParts {
  return {
    database: store.database,
    rows: expectOk(createReportRows(store.database)),
    scenes: { scenes: () => ok([DEFAULT_SCENE] as const), schemes: () => ok([]) },
    clock: { wallMs: () => nowMs },
    offsetOf: newYork,
  };
}

function ask(changes: Partial<ReportRequest> = {}, nowMs?: number) {
  return readReport(parts(nowMs), { from: AUTUMN, to: AUTUMN, keep: 'to', sceneIds: [], schemes: [], ...changes });
}

function commit(number: number, reason: ReasonCode = 'ok.matched', changes: Partial<CertificationRecord> = {}): void {
  expectOk(store.records.commit(sampleRecord(number, reason, changes)));
}

function slot({ slots }: Report, hour: number, repeatedAtMin: number | null = null) {
  return slots.find((one) => one.hour === hour && one.repeatedAtMin === repeatedAtMin);
}

describe('a report by hours', () => {
  it('has 25 hours on the day that clocks go back, the repeated one apart, and loses nothing', () => {
    const { fromMs, toMs } = spanOfDay(AUTUMN, newYork);
    expect(toMs - fromMs).toBe(25 * 3_600_000);
    const times = Array.from({ length: 50 }, (_, half) => fromMs + half * 1_800_000);
    times.forEach((startedAtMs, index) => commit(index + 1, 'ok.matched', { startedAtMs }));
    const report = expectOk(ask());
    expect(report.slots).toHaveLength(25);
    expect(new Set(report.slots.map(({ submitted }) => submitted))).toEqual(new Set([2]));
    expect([slot(report, 1, -240)?.submitted, slot(report, 1, -300)?.submitted, slot(report, 1)]).toEqual([
      2,
      2,
      undefined,
    ]);
    expect(report.totals).toMatchObject({ submitted: 50, passed: 50, comparisons: { match: 50, grey: 0, noMatch: 0 } });
  });

  it('has 23 hours on the day that clocks go forward', () => {
    const { fromMs, toMs } = spanOfDay(SPRING, newYork);
    expect(toMs - fromMs).toBe(23 * 3_600_000);
    commit(1, 'ok.matched', { startedAtMs: Date.UTC(2026, 2, 8, 6, 59) });
    commit(2, 'ok.matched', { startedAtMs: Date.UTC(2026, 2, 8, 7, 0) });
    const report = expectOk(ask({ from: SPRING, to: SPRING }));
    expect(report.slots.map(({ hour }) => hour)).toEqual([0, 1, 3, ...Array.from({ length: 20 }, (_, n) => n + 4)]);
    expect([slot(report, 1)?.submitted, slot(report, 3)?.submitted]).toEqual([1, 1]);
  });

  it('keeps what was counted before the machine’s time zone was changed', () => {
    commit(1, 'ok.matched', { startedAtMs: Date.UTC(2026, 5, 1, 3) });
    const moved = { ...parts(), offsetOf: () => 480 };
    const request = { from: '2026-05-31', to: '2026-05-31', keep: 'to' as const, sceneIds: [], schemes: [] };
    const report = expectOk(readReport(moved, request));
    expect(report.slots.reduce((sum, { submitted }) => sum + submitted, 0)).toBe(1);
  });
});

describe('what a report is asked for', () => {
  it('is empty where nothing was certified: noughts, no rate, nothing made up', () => {
    const report = expectOk(ask({ from: '2026-10-26', to: AUTUMN }));
    expect(report.slots).toHaveLength(7);
    expect(report).toMatchObject({
      totals: { submitted: 0 },
      reasons: [],
      scenes: [],
      steps: [],
      plain: 0,
      window: { moved: null, unit: 'day' },
    });
    expect(report.uptime.every(({ upMs, downMs, unknownMs }) => upMs + downMs === 0 && unknownMs > 0)).toBe(true);
  });

  it.each([
    [{ to: '2026-11-03' }, 'request.invalid', 'to: after 2026-11-02, the last day that there is'],
    [{ from: '2026-11-02' }, 'request.invalid', 'to: before from'],
    [{ from: 'yesterday' }, 'request.invalid', 'from: not a day like 2026-03-01'],
    [{ sceneIds: ['nowhere'] }, 'scene.unknown', 'nowhere'],
    [{ schemes: ['NONE'] }, 'request.invalid', 'schemes: there is no scheme NONE'],
  ])('is refused by name: %j', (changes, code, detail) => {
    expect(ask(changes)).toEqual({ ok: false, error: { code, detail } });
  });

  it('is one scene or several, also one that was removed since, and one scheme or several', () => {
    const startedAtMs = Date.UTC(2026, 10, 1, 15);
    commit(1, 'ok.matched', { startedAtMs });
    commit(2, 'face.low-similarity', { startedAtMs, sceneId: 'gone' });
    commit(3, 'user.cancelled', { startedAtMs, sceneId: 'gone', scheme: 'ID_PRO', comparison: null });
    const submitted = (changes: Partial<ReportRequest>) => expectOk(ask(changes)).totals.submitted;
    expect([submitted({}), submitted({ sceneIds: ['gone'] }), submitted({ sceneIds: ['gone', 'counter'] })]).toEqual([
      3, 2, 3,
    ]);
    expect([submitted({ schemes: ['ID_PRO'] }), submitted({ sceneIds: ['counter'], schemes: ['ID_PRO'] })]).toEqual([
      1, 0,
    ]);
    expect(expectOk(ask({ sceneIds: ['gone'] }))).toMatchObject({
      choices: {
        scenes: [
          { sceneId: 'counter', name: DEFAULT_SCENE.name },
          { sceneId: 'gone', name: null },
        ],
        schemes: ['CounterCard', 'ID_PRO'],
      },
      reasons: [
        { reason: 'face.low-similarity', state: 'failed', count: 1 },
        { reason: 'user.cancelled', state: 'error', count: 1 },
      ],
    });
  });

  it('reaches to the last record where the clock was set back', () => {
    commit(1, 'ok.matched', { startedAtMs: Date.UTC(2026, 10, 4, 15) });
    const report = expectOk(ask({ from: '2026-11-02', to: '2026-11-04' }));
    expect(report).toMatchObject({ today: '2026-11-02', lastDay: '2026-11-04', totals: { submitted: 1 } });
  });

  it('leaves out whatever only tried the terminal out', () => {
    commit(1, 'ok.matched', { startedAtMs: Date.UTC(2026, 10, 1, 15), test: true });
    expect(expectOk(ask()).totals.submitted).toBe(0);
    expect(reportCountsDiffer(store.database)).toBe(false);
  });
});

describe('a comparison by the verifier', () => {
  it.each([
    ['ok.confirmed', { match: 1, grey: 0, noMatch: 0 }],
    ['face.low-similarity', { match: 0, grey: 0, noMatch: 1 }],
    ['identity.not-found', { match: 0, grey: 0, noMatch: 0 }],
  ] as const)('counts once it has answered %s', (reason, comparisons) => {
    const record = sampleRecord(1, 'verification.pending', {
      startedAtMs: Date.UTC(2026, 10, 1, 15),
      comparison: null,
    });
    expectOk(store.records.commit(record, { check: sampleCheck(1) }));
    expect(expectOk(ask()).totals.comparisons).toEqual({ match: 0, grey: 0, noMatch: 0 });
    settle(1, reason);
    expect(expectOk(ask()).totals.comparisons).toEqual(comparisons);
    expect(expectOk(ask()).reasons).toEqual([{ reason, state: sampleOutcome(reason).state, count: 1 }]);
    expect(reportCountsDiffer(store.database)).toBe(false);
  });
});

function settle(number: number, reason: ReasonCode): void {
  const certifyId = sampleCertifyId(number);
  expectOk(store.checks.change(certifyId, { event: 'upload' }));
  expectOk(store.checks.change(certifyId, { event: 'submit', reference: null }));
  expectOk(store.checks.change(certifyId, { event: 'decide', outcome: sampleOutcome(reason), decision: null }));
  expectOk(store.checks.change(certifyId, { event: 'acknowledge' }));
  expectOk(store.checks.change(certifyId, { event: 'erase' }));
}

/** Counts the records that were committed, by what they came to last, without looking at any kept sum. */
interface Told {
  readonly day: string;
  reason: ReasonCode;
  readonly cardMs: number;
}

const REASONS_DRAWN: readonly ReasonCode[] = ['ok.matched', 'face.low-similarity', 'face.grey-band', 'user.cancelled'];
const ANSWERS: readonly ReasonCode[] = ['ok.confirmed', 'face.low-similarity', 'identity.not-found'];

it.each([1, 2])('keeps sums equal to a recount through commits, answers, erasures and set clocks (%i)', (seed) => {
  const draw = seededRandom(seed);
  const below = (n: number): number => draw.below(n);
  const pick = <T>(of: readonly T[]): T => draw.pick(of);
  const random = (): number => below(1_000_000) / 1_000_000;
  const told = new Map<number, Told>();
  const open: number[] = [];
  const erasure = createRecordErasure(store.database, store.audit);
  let atMs = Date.UTC(2026, 9, 30);
  let erased = 0;
  for (let step = 1; step <= 140; step += 1) {
    const kind = random();
    // Now and then the clock is set, forward or back; most often it runs.
    atMs += random() < 0.06 ? (random() - 0.5) * 4 * 86_400_000 : random() * 3_600_000;
    if (kind < 0.75) {
      const isAsked = random() < 0.4;
      const reason = isAsked ? 'verification.pending' : pick(REASONS_DRAWN);
      const cardMs = Math.round(random() * 4_000);
      const record = sampleRecord(step, reason, {
        startedAtMs: Math.round(atMs),
        sceneId: pick(['counter', 'hall']),
        scheme: pick(['CounterCard', 'ID_PRO']),
        stagesMs: { card: cardMs },
        ...(random() < 0.3 ? { comparison: null } : {}),
      });
      expectOk(store.records.commit(record, isAsked ? { check: sampleCheck(step) } : {}));
      const offsetMs = newYork(Math.round(atMs)) * 60_000;
      told.set(step, { day: new Date(Math.round(atMs) + offsetMs).toISOString().slice(0, 10), reason, cardMs });
      if (isAsked) open.push(step);
    } else if (kind < 0.95 && open.length > 0) {
      const number = open.splice(below(open.length), 1)[0]!;
      const answer = pick(ANSWERS);
      settle(number, answer);
      told.get(number)!.reason = answer;
    } else {
      store.database.exec('DELETE FROM outbox');
      expectOk(createReportFold(store.database)(new Date(atMs).toISOString().slice(0, 10)));
      erased += expectOk(erasure.erasePage(FIRST_END, END_MS)).erased;
    }
    if (step % 20 === 0) expect(reportCountsDiffer(store.database)).toBe(false);
  }
  expect([erased > 0, open.length < told.size]).toEqual([true, true]);
  const all = [...told.values()];
  const days = [...new Set(all.map(({ day }) => day))].toSorted();
  const request = { from: days[0]!, to: days.at(-1)! };
  const report = expectOk(ask(request, END_MS));
  expect(report.slots.filter(({ submitted }) => submitted > 0).map(({ day, submitted }) => [day, submitted])).toEqual(
    days.map((day) => [day, all.filter((one) => one.day === day).length]),
  );
  const reasons = new Map<string, number>();
  for (const { reason } of all) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  expect(new Map(report.reasons.map(({ reason, count }) => [reason, count]))).toEqual(reasons);
  for (const day of days) {
    const hours = expectOk(ask({ from: day, to: day }, END_MS));
    expect(hours.slots.reduce((sum, { submitted }) => sum + submitted, 0)).toBe(hours.totals.submitted);
  }
  const cardMs = all.reduce((sum, one) => sum + one.cardMs, 0);
  expect(report.steps).toMatchObject([{ stage: 'card', count: all.length, meanMs: cardMs / all.length }]);
  const { database, keys, identity } = store;
  expect(expectOk(verifyAudit(database, keys.audit, identity.publicKey))).toMatchObject({ ok: true });
});
