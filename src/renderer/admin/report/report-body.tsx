import { useMemo, type ReactNode } from 'react';
import { comparedIn, passRate, type Report } from '../../../shared/domain/report.ts';
import { count, measured, percent } from '../formats.ts';
import { Figures } from '../parts/page.tsx';
import type { Speech } from '../translation.ts';
import { useWords } from '../words.tsx';
import {
  comparisonDrawing,
  reasonDrawing,
  sceneDrawing,
  shownReasons,
  stepDrawing,
  uptimeDrawing,
  VERDICTS,
  verdictDrawing,
  verdictWord,
  type Drawing,
} from './chart-options.ts';
import { ReportSection, type Key } from './report-section.tsx';
import {
  comparisonTable,
  reasonTable,
  sceneTable,
  slotText,
  stepTable,
  uptimeTable,
  verdictTable,
} from './report-tables.ts';

type Rows = 'rows-2' | 'rows-4' | 'rows-6' | 'rows-10';

function roomFor(bars: number): Rows {
  if (bars <= 2) return 'rows-2';
  if (bars <= 4) return 'rows-4';
  return bars <= 6 ? 'rows-6' : 'rows-10';
}

function verdictKeys({ t }: Speech): readonly Key[] {
  return VERDICTS.map((state) => ({ name: t(verdictWord(state)), kind: state }));
}

function describeVerdicts({ window, totals, slots }: Report, speech: Speech): string {
  const { t, language } = speech;
  const busiest = slots.reduce((most, slot) => (slot.submitted > most.submitted ? slot : most), slots[0]!);
  return t('report.describeVerdicts', {
    from: window.from,
    to: window.to,
    submitted: count(totals.submitted, language),
    rate: percent(passRate(totals), language),
    busiest: slotText(busiest, speech),
    most: count(busiest.submitted, language),
  });
}

function Sections({ report }: { readonly report: Report }): ReactNode {
  const words = useWords();
  const { t, language } = words;
  const { window, totals, scenes, reasons, steps, uptime } = report;
  const drawn = useMemo(() => drawings(report), [report]);
  const none = totals.submitted === 0;
  const compared = comparedIn(totals.comparisons);
  const parts = { window, empty: t('report.empty') };
  const title = t(window.unit === 'hour' ? 'report.byHour' : 'report.byDay');
  return (
    <>
      <ReportSection
        {...parts}
        title={title}
        file="verdicts"
        table={verdictTable(report, words)}
        chart={
          none
            ? null
            : {
                drawing: drawn.verdicts,
                description: describeVerdicts(report, words),
                keys: [...verdictKeys(words), { name: t('report.passRate'), kind: 'rate' }],
                size: 'tall',
              }
        }
      />
      <ReportSection
        {...parts}
        title={t('report.comparisons')}
        file="comparisons"
        note={t('report.comparisonsNote')}
        table={comparisonTable(report, words)}
        chart={
          compared === 0
            ? null
            : {
                drawing: drawn.comparisons,
                description: t('report.describeComparisons', { compared: count(compared, language) }),
                keys: [
                  { name: t('report.match'), kind: 'passed' },
                  { name: t('report.grey'), kind: 'review' },
                  { name: t('report.noMatch'), kind: 'failed' },
                ],
                size: 'tall',
              }
        }
        empty={t('report.noComparisons')}
      />
      <ReportSection
        {...parts}
        title={t('report.scenes')}
        file="scenes"
        table={sceneTable(report, words)}
        chart={
          none
            ? null
            : {
                drawing: drawn.scenes,
                description: t('report.describeScenes', { n: scenes.length }),
                keys: verdictKeys(words),
                size: roomFor(scenes.length),
              }
        }
      />
      <ReportSection
        {...parts}
        title={t('report.reasons')}
        file="reasons"
        note={t('report.reasonsNote')}
        table={reasonTable(report, words)}
        chart={
          shownReasons(report) === 0
            ? null
            : {
                drawing: drawn.reasons,
                description: t('report.describeReasons', { n: reasons.length }),
                keys: verdictKeys(words).filter(({ kind }) => kind !== 'passed'),
                size: roomFor(shownReasons(report)),
              }
        }
        empty={t(none ? 'report.empty' : 'report.allPassed')}
      />
      <ReportSection
        {...parts}
        title={t('report.steps')}
        file="steps"
        note={t('report.stepsNote')}
        table={stepTable(report, words)}
        chart={
          steps.length === 0
            ? null
            : {
                drawing: drawn.steps,
                description: t('report.describeSteps', {
                  slowest: t(`stage.${steps.reduce((most, step) => (step.p50Ms > most.p50Ms ? step : most)).stage}`),
                  seconds: measured(Math.max(...steps.map(({ p50Ms }) => p50Ms)) / 1000, 2),
                }),
                keys: [
                  { name: t('report.median'), kind: 'median' },
                  { name: t('report.p95'), kind: 'p95' },
                ],
                size: 'rows-6',
              }
        }
      />
      <ReportSection
        {...parts}
        title={t('report.uptime')}
        file="uptime"
        note={t('report.uptimeNote')}
        table={uptimeTable(report, words)}
        chart={
          uptime.every(({ upMs, downMs }) => upMs + downMs === 0)
            ? null
            : {
                drawing: drawn.uptime,
                description: t('report.describeUptime', {
                  down: uptime.filter(({ downMs }) => downMs > 0).length,
                  n: uptime.length,
                }),
                keys: [
                  { name: t('report.up'), kind: 'passed' },
                  { name: t('report.down'), kind: 'failed' },
                  { name: t('report.unknown'), kind: 'unknown' },
                ],
                size: 'rows-6',
              }
        }
        empty={t('report.noUptime')}
      />
    </>
  );
}

function drawings(
  report: Report,
): Readonly<Record<'verdicts' | 'comparisons' | 'scenes' | 'reasons' | 'steps' | 'uptime', Drawing>> {
  return {
    verdicts: verdictDrawing(report),
    comparisons: comparisonDrawing(report),
    scenes: sceneDrawing(report),
    reasons: reasonDrawing(report),
    steps: stepDrawing(report),
    uptime: uptimeDrawing(report),
  };
}

/** The figures of a report, and its parts below them. */
export function ReportBody({ report }: { readonly report: Report }): ReactNode {
  const { t, language } = useWords();
  const { totals } = report;
  return (
    <>
      <Figures
        figures={[
          { name: t('report.submitted'), value: count(totals.submitted, language) },
          { name: t('report.passed'), value: count(totals.passed, language) },
          { name: t('report.refused'), value: count(totals.failed, language) },
          { name: t('report.passRate'), value: percent(passRate(totals), language) },
          { name: t('report.review'), value: count(totals.review, language) },
          { name: t('report.error'), value: count(totals.error, language) },
        ]}
      />
      <Sections report={report} />
    </>
  );
}
