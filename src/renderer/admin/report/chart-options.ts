import type { EChartsType } from 'echarts/core';
import { passRate, type Report } from '../../../shared/domain/report.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import { count, measured, percent } from '../formats.ts';
import type { Speech, WordKey } from '../translation.ts';
import { sceneNameOf, slotText } from './report-tables.ts';

export type ChartOption = Parameters<EChartsType['setOption']>[0];

/** Takes the page's own colours and type, so that chart, legend and text can't differ. */
export interface Paint {
  readonly colour: (token: `--${string}`) => string;
  readonly font: string;
}

/** What a chart shows, for whichever colours the page has at the moment. */
export type Drawing = (paint: Paint, speech: Speech) => ChartOption;

export const VERDICTS = ['passed', 'failed', 'review', 'error'] as const;
/** Refusals are called so, as in the figures above. */
export function verdictWord(state: (typeof VERDICTS)[number]): WordKey {
  return state === 'failed' ? 'report.refused' : `report.${state}`;
}

/** Reasons that a chart has room for; the table has all. */
const MOST_REASONS = 10;
const HOUR_MS = 3_600_000;

function base(paint: Paint): ChartOption {
  return {
    animation: false,
    textStyle: { fontFamily: paint.font },
    grid: { left: 8, right: 8, top: 28, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    // The rich-text tooltip is drawn on the canvas: the other one needs inline styles, which the page forbids.
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      axisPointer: { type: 'shadow', shadowStyle: { color: paint.colour('--wash'), opacity: 0.7 } },
      backgroundColor: paint.colour('--surface'),
      borderColor: paint.colour('--edge'),
      borderWidth: 1,
      textStyle: { color: paint.colour('--ink'), fontFamily: paint.font, fontSize: 13 },
    },
  };
}

function axisText(paint: Paint) {
  return { color: paint.colour('--muted'), fontFamily: paint.font, fontSize: 12 };
}

function named(paint: Paint, names: readonly string[], upright: boolean) {
  return {
    type: 'category' as const,
    data: [...names],
    inverse: !upright,
    axisLabel: {
      ...axisText(paint),
      ...(upright ? { hideOverlap: true } : { width: 280, overflow: 'truncate' as const }),
    },
    axisLine: { lineStyle: { color: paint.colour('--line') } },
    axisTick: { show: false },
  };
}

function valued(paint: Paint, name: string, format?: (value: number) => string) {
  const text = axisText(paint);
  return {
    type: 'value' as const,
    name,
    nameTextStyle: { ...text, align: 'left' as const },
    minInterval: format === undefined ? 1 : 0,
    axisLabel: { ...text, ...(format === undefined ? {} : { formatter: format }) },
    splitLine: { lineStyle: { color: paint.colour('--line') } },
  };
}

interface Bar {
  readonly name: string;
  readonly token: `--${string}`;
  readonly values: readonly number[];
  readonly text: (value: number) => string;
}

function bars(paint: Paint, parts: readonly Bar[], stack: string | null) {
  return parts.map(({ name, token, values, text }) => ({
    type: 'bar' as const,
    name,
    ...(stack === null ? {} : { stack }),
    barMaxWidth: stack === null ? 12 : 44,
    data: [...values],
    color: paint.colour(token),
    tooltip: { valueFormatter: (value: unknown) => text(Number(value)) },
  }));
}

/** Verdicts as stacked bars with the pass rate as a line over them. */
export function verdictDrawing(report: Report): Drawing {
  return (paint, speech) => {
    const { t, language } = speech;
    const asCount = (value: number): string => count(value, language);
    const rate = {
      type: 'line' as const,
      name: t('report.passRate'),
      yAxisIndex: 1,
      data: report.slots.map((slot) => passRate(slot) ?? '-'),
      color: paint.colour('--ink'),
      lineStyle: { width: 1.5, type: 'dashed' as const },
      symbol: 'circle',
      symbolSize: 5,
      tooltip: { valueFormatter: (value: unknown) => percent(typeof value === 'number' ? value : null, language) },
    };
    const stacked = VERDICTS.map((state) => ({
      name: t(verdictWord(state)),
      token: `--chart-${state}` as const,
      values: report.slots.map((slot) => slot[state]),
      text: asCount,
    }));
    const shares = { ...valued(paint, t('report.passRate'), (share) => `${Math.round(share * 100)}%`), min: 0, max: 1 };
    return {
      ...base(paint),
      xAxis: named(paint, slotNames(report, speech), true),
      yAxis: [
        valued(paint, t('report.submitted')),
        { ...shares, nameTextStyle: { ...shares.nameTextStyle, align: 'right' as const }, splitLine: { show: false } },
      ],
      series: [...bars(paint, stacked, 'verdicts'), rate],
    };
  };
}

/** Comparisons of faces as stacked bars. */
export function comparisonDrawing(report: Report): Drawing {
  return (paint, speech) => {
    const { t, language } = speech;
    const text = (value: number): string => count(value, language);
    const values = report.slots.map(({ comparisons }) => comparisons);
    const parts: readonly Bar[] = [
      { name: t('report.match'), token: '--chart-passed', values: values.map(({ match }) => match), text },
      { name: t('report.grey'), token: '--chart-review', values: values.map(({ grey }) => grey), text },
      { name: t('report.noMatch'), token: '--chart-failed', values: values.map(({ noMatch }) => noMatch), text },
    ];
    return {
      ...base(paint),
      xAxis: named(paint, slotNames(report, speech), true),
      yAxis: valued(paint, t('report.compared')),
      series: bars(paint, parts, 'comparisons'),
    };
  };
}

export function sceneDrawing(report: Report): Drawing {
  return (paint, { t, language }) => ({
    ...base(paint),
    grid: { left: 8, right: 24, top: 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    yAxis: named(
      paint,
      report.scenes.map(
        ({ sceneId, scheme }) => `${sceneNameOf(report, sceneId)} · ${scheme || t('report.notToldApart')}`,
      ),
      false,
    ),
    xAxis: valued(paint, ''),
    series: bars(
      paint,
      VERDICTS.map((state) => ({
        name: t(verdictWord(state)),
        token: `--chart-${state}` as const,
        values: report.scenes.map((scene) => scene[state]),
        text: (value: number) => count(value, language),
      })),
      'scenes',
    ),
  });
}

/** The most frequent reasons that something did not pass, each in the colour of its verdict. */
export function reasonDrawing(report: Report): Drawing {
  const shown = refusals(report).slice(0, MOST_REASONS);
  return (paint, { t, language }) => ({
    ...base(paint),
    grid: { left: 8, right: 24, top: 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    yAxis: named(
      paint,
      shown.map(({ reason }) => reasonText(reason, language, 'clerk')),
      false,
    ),
    xAxis: valued(paint, ''),
    series: [
      {
        type: 'bar' as const,
        name: t('report.count'),
        barMaxWidth: 18,
        data: shown.map(({ count: value, state }) => ({
          value,
          itemStyle: { color: paint.colour(`--chart-${state}`) },
        })),
        tooltip: { valueFormatter: (value: unknown) => count(Number(value), language) },
      },
    ],
  });
}

/** Reasons of everything that did not pass. */
export function refusals({ reasons }: Report): Report['reasons'] {
  return reasons.filter(({ state }) => state !== 'passed');
}

/** How many bars the chart of reasons has. */
export function shownReasons(report: Report): number {
  return Math.min(MOST_REASONS, refusals(report).length);
}

export function stepDrawing(report: Report): Drawing {
  return (paint, { t }) => {
    const text = (value: number): string => t('report.seconds', { n: measured(value, 2) });
    const seconds = (pick: 'p50Ms' | 'p95Ms'): readonly number[] => report.steps.map((step) => step[pick] / 1000);
    return {
      ...base(paint),
      grid: { left: 8, right: 24, top: 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      yAxis: named(
        paint,
        report.steps.map(({ stage }) => t(`stage.${stage}`)),
        false,
      ),
      xAxis: valued(paint, '', (value) => t('report.seconds', { n: String(value) })),
      series: bars(
        paint,
        [
          { name: t('report.median'), token: '--accent', values: seconds('p50Ms'), text },
          { name: t('report.p95'), token: '--edge', values: seconds('p95Ms'), text },
        ],
        null,
      ),
    };
  };
}

export function uptimeDrawing(report: Report): Drawing {
  return (paint, { t }) => {
    const text = (value: number): string => t('report.hours', { n: measured(value, 1) });
    const hours = (pick: 'upMs' | 'downMs' | 'unknownMs'): readonly number[] =>
      report.uptime.map((part) => part[pick] / HOUR_MS);
    return {
      ...base(paint),
      grid: { left: 8, right: 24, top: 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      yAxis: named(
        paint,
        report.uptime.map(({ part }) => t(`report.parts.${part}`)),
        false,
      ),
      xAxis: valued(paint, '', (value) => t('report.hours', { n: String(value) })),
      series: bars(
        paint,
        [
          { name: t('report.up'), token: '--chart-passed', values: hours('upMs'), text },
          { name: t('report.down'), token: '--chart-failed', values: hours('downMs'), text },
          { name: t('report.unknown'), token: '--line', values: hours('unknownMs'), text },
        ],
        'uptime',
      ),
    };
  };
}

function slotNames(report: Report, speech: Speech): readonly string[] {
  return report.slots.map((slot) => slotText(slot, speech));
}
