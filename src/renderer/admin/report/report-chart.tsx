import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use as registerParts, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef, type ReactNode } from 'react';
import type { DayCount } from '../../../shared/ipc/admin.ts';
import { count, percent, shortDay } from '../formats.ts';
import type { Speech } from '../translation.ts';
import { useWords } from '../words.tsx';
import { passRate } from './report-figures.ts';

registerParts([AriaComponent, BarChart, CanvasRenderer, GridComponent, LineChart, TooltipComponent]);

export const SERIES = ['passed', 'failed', 'review', 'error'] as const;

type ChartOption = Parameters<EChartsType['setOption']>[0];

/** The colours of the page's own tokens, so that chart and legend can't differ. */
function colour(host: HTMLElement, name: string): string {
  return getComputedStyle(host).getPropertyValue(name).trim();
}

function axes(days: readonly DayCount[], host: HTMLElement, { t, language }: Speech): ChartOption {
  const text = { color: colour(host, '--muted'), fontFamily: getComputedStyle(host).fontFamily, fontSize: 12 };
  const line = { lineStyle: { color: colour(host, '--line') } };
  return {
    xAxis: {
      type: 'category',
      data: days.map((day) => shortDay(day.day, language)),
      axisLabel: { ...text, hideOverlap: true },
      axisLine: line,
      axisTick: { show: false },
    },
    yAxis: [
      {
        type: 'value',
        name: t('report.submitted'),
        nameTextStyle: { ...text, align: 'right' },
        minInterval: 1,
        axisLabel: text,
        splitLine: line,
      },
      {
        type: 'value',
        name: t('report.passRate'),
        nameTextStyle: { ...text, align: 'left' },
        min: 0,
        max: 1,
        axisLabel: { ...text, formatter: (share: number) => `${Math.round(share * 100)}%` },
        splitLine: { show: false },
      },
    ],
  };
}

function series(days: readonly DayCount[], host: HTMLElement, { t, language }: Speech): ChartOption {
  const bars = SERIES.map((state) => ({
    type: 'bar' as const,
    name: t(`verdict.${state}`),
    stack: 'submitted',
    barMaxWidth: 56,
    data: days.map((day) => day[state]),
    color: colour(host, `--chart-${state}`),
    tooltip: { valueFormatter: (value: unknown) => count(Number(value), language) },
  }));
  const rate = {
    type: 'line' as const,
    name: t('report.passRate'),
    yAxisIndex: 1,
    data: days.map((day) => passRate(day) ?? '-'),
    color: colour(host, '--ink'),
    lineStyle: { width: 1.5, type: 'dashed' as const },
    symbol: 'circle',
    symbolSize: 6,
    tooltip: { valueFormatter: (value: unknown) => percent(typeof value === 'number' ? value : null, language) },
  };
  return { series: [...bars, rate] };
}

function chartOption(days: readonly DayCount[], host: HTMLElement, words: Speech): ChartOption {
  return {
    animation: false,
    grid: { left: 8, right: 8, top: 36, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    // The rich-text tooltip is drawn on the canvas: the other one needs inline styles, which the page forbids.
    tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'shadow' } },
    ...axes(days, host, words),
    ...series(days, host, words),
  };
}

/** Days as stacked bars with the pass rate as a line; the table below says the same in numbers. */
export function ReportChart(props: { readonly days: readonly DayCount[] }): ReactNode {
  const { t, language } = useWords();
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const { days } = props;
  useEffect(() => {
    if (host.current === null) return;
    const made = init(host.current);
    chart.current = made;
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(host.current);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    if (host.current !== null)
      chart.current?.setOption(chartOption(days, host.current, { t, language }), { notMerge: true });
  }, [days, t, language]);
  return <div ref={host} className="chart" role="img" aria-label={t('report.chart', { n: days.length })} />;
}
