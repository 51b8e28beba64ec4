import { UPTIME_PARTS, type Report, type ReportSlot, type ReportTotals } from '../../../shared/domain/report.ts';
import { daysIn, reportWindow, type ReportWindow } from '../../../shared/domain/report-window.ts';
import type { ADMIN_REPORTS_CHANNELS, ReportRequest } from '../../../shared/ipc/admin-reports.ts';
import { failure, REASONS, type ReasonCode } from '../../../shared/reasons.ts';
import { err, ok } from '../../../shared/result.ts';
import type { AreaFixture } from './area-fixture.ts';
import type { GalleryCase } from './gallery-case.ts';

const TODAY = '2026-11-21';
const HOUR_MS = 3_600_000;
/** What a branch sees in the hours of a day, and on the days of a week. */
const PER_HOUR = [0, 0, 0, 0, 0, 0, 0, 3, 18, 41, 52, 47, 22, 28, 45, 49, 38, 21, 6, 0, 0, 0, 0, 0];
const PER_DAY = [182, 376, 341, 358, 333, 402, 214];
const NO_COUNTS: ReportTotals = {
  submitted: 0,
  passed: 0,
  failed: 0,
  review: 0,
  error: 0,
  comparisons: { match: 0, grey: 0, noMatch: 0 },
};

function countsOf(submitted: number): ReportTotals {
  const failed = Math.round(submitted * 0.031);
  const review = Math.round(submitted * 0.018);
  const error = Math.round(submitted * 0.042);
  const passed = submitted - failed - review - error;
  const grey = Math.round(review * 0.6);
  return {
    submitted,
    passed,
    failed,
    review,
    error,
    comparisons: { match: passed, grey, noMatch: Math.round(failed * 0.7) },
  };
}

function sumOf(all: readonly ReportTotals[]): ReportTotals {
  return all.reduce(
    (sum, one) => ({
      submitted: sum.submitted + one.submitted,
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      review: sum.review + one.review,
      error: sum.error + one.error,
      comparisons: {
        match: sum.comparisons.match + one.comparisons.match,
        grey: sum.comparisons.grey + one.comparisons.grey,
        noMatch: sum.comparisons.noMatch + one.comparisons.noMatch,
      },
    }),
    NO_COUNTS,
  );
}

function slotsOf(window: ReportWindow, quiet: boolean): readonly ReportSlot[] {
  if (window.unit === 'day') {
    return daysIn(window).map((day, index) => ({
      day,
      hour: null,
      repeatedAtMin: null,
      ...countsOf(quiet ? 0 : (PER_DAY[index % PER_DAY.length] ?? 0) - (index % 5)),
    }));
  }
  return PER_HOUR.map((submitted, hour) => ({
    day: window.from,
    hour,
    repeatedAtMin: null,
    ...countsOf(quiet ? 0 : submitted),
  }));
}

const REASON_SHARES: readonly [readonly [ReasonCode, number], ...(readonly [ReasonCode, number])[]] = [
  ['ok.matched', 0.78],
  ['ok.confirmed', 0.129],
  ['user.timed-out', 0.019],
  ['face.low-similarity', 0.018],
  ['card.pulled', 0.013],
  ['face.grey-band', 0.011],
  ['user.cancelled', 0.009],
  ['liveness.code-mismatch', 0.008],
  ['document.expired', 0.006],
  ['liveness.spoof-suspected', 0.004],
  ['reader.missing', 0.002],
  ['verification.pending', 0.001],
];

function reasonsOf(submitted: number): Report['reasons'] {
  if (submitted === 0) return [];
  const [[most], ...others] = REASON_SHARES;
  const counted = others.map(([reason, share]) => ({ reason, count: Math.max(1, Math.round(submitted * share)) }));
  const rest = submitted - counted.reduce((sum, { count }) => sum + count, 0);
  return [{ reason: most, count: rest }, ...counted].map((one) => ({ ...one, state: REASONS[one.reason].state }));
}

const SCENES = [
  { sceneId: 'counter', name: '柜台核验', scheme: 'CounterCard', share: 0.71 },
  { sceneId: 'hospital', name: '住院登记', scheme: 'CounterCard', share: 0.2 },
  { sceneId: 'exam-2025', name: null, scheme: 'ID_PRO', share: 0.09 },
] as const;

/** As long as a scene's name may be. */
const LONGEST_NAME = '住院登记处夜间急诊窗口自助核验2026年一';

function scenesOf(submitted: number): Report['scenes'] {
  if (submitted === 0) return [];
  return SCENES.map(({ sceneId, scheme, share }) => ({ sceneId, scheme, ...countsOf(Math.round(submitted * share)) }));
}

function stepsOf(n: number): Report['steps'] {
  if (n === 0) return [];
  return [
    { stage: 'consent', count: n, meanMs: 5_420, p50Ms: 4_630, p95Ms: 11_200 },
    { stage: 'card', count: n, meanMs: 2_780, p50Ms: 2_310, p95Ms: 6_900 },
    { stage: 'position', count: n, meanMs: 1_960, p50Ms: 1_540, p95Ms: 4_800 },
    { stage: 'liveness', count: n, meanMs: 3_310, p50Ms: 2_980, p95Ms: 5_700 },
    { stage: 'decision', count: n, meanMs: 142, p50Ms: 128, p95Ms: 290 },
    { stage: 'commit', count: n, meanMs: 6, p50Ms: 5, p95Ms: 16 },
  ];
}

function uptimeOf(window: ReportWindow, which: GalleryCase): Report['uptime'] {
  const hours = daysIn(window).length * 24 - 10;
  return UPTIME_PARTS.map((part) => {
    if (which === 'empty') return { part, upMs: 0, downMs: 0, unknownMs: hours * HOUR_MS, failures: 0 };
    const isDown = which === 'troubled' && (part === 'reader' || part === 'verifier');
    const down = isDown ? hours * 0.13 : part === 'verifier' ? 0.4 : 0;
    const unknown = part === 'camera' ? hours * 0.35 : hours * 0.3;
    return {
      part,
      upMs: (hours - down - unknown) * HOUR_MS,
      downMs: down * HOUR_MS,
      unknownMs: unknown * HOUR_MS,
      failures: isDown ? 6 : down > 0 ? 1 : 0,
    };
  });
}

function report(request: ReportRequest, which: GalleryCase) {
  const lastDay = which === 'troubled' ? '2026-11-23' : TODAY;
  const found = reportWindow(request, lastDay);
  if (!found.ok) return err(failure('request.invalid', found.error.field));
  const window = found.value;
  const slots = slotsOf(window, which === 'empty');
  const totals = sumOf(slots);
  return ok({
    window,
    today: TODAY,
    lastDay,
    plain: which === 'troubled' ? 41_280 : 0,
    totals,
    slots,
    reasons: reasonsOf(totals.submitted),
    scenes: scenesOf(totals.submitted),
    steps: stepsOf(totals.submitted),
    uptime: uptimeOf(window, which),
    choices: {
      scenes: SCENES.map(({ sceneId, name }) => ({
        sceneId,
        name: which === 'troubled' && sceneId === 'hospital' ? LONGEST_NAME : name,
      })),
      schemes: [...new Set(SCENES.map(({ scheme }) => scheme))],
    },
  } satisfies Report);
}

/** What the gallery's terminal answers about reports. */
export const reportsFixture: AreaFixture<typeof ADMIN_REPORTS_CHANNELS> = {
  'admin:report': report,
  'admin:print-report': (_request, which) =>
    which === 'troubled'
      ? err(failure('printer.failed', 'the page can not be laid out'))
      : ok({ pdf: new TextEncoder().encode('%PDF-1.7\n') }),
};
