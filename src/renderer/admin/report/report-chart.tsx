import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use as registerParts, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useWords } from '../words.tsx';
import type { Drawing, Paint } from './chart-options.ts';

registerParts([BarChart, CanvasRenderer, GridComponent, LineChart, TooltipComponent]);

/** Sharp on paper and on dense screens. */
const PIXEL_RATIO = 2;

function paintOf(host: HTMLElement): Paint {
  const style = getComputedStyle(host);
  return { colour: (token) => style.getPropertyValue(token).trim(), font: style.fontFamily };
}

/** Counts up whenever the page's colours change. */
function useColours(): number {
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    const watch = new MutationObserver(() => setChanges((n) => n + 1));
    watch.observe(document.documentElement, { attributeFilter: ['data-theme', 'style'] });
    return () => watch.disconnect();
  }, []);
  return changes;
}

/** One chart. Whoever can't see it has its description, and the table below with the same numbers. */
export default function ReportChart(props: { readonly drawing: Drawing; readonly description: string }): ReactNode {
  const { t, language } = useWords();
  const { drawing, description } = props;
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const colours = useColours();
  useEffect(() => {
    if (host.current === null) return;
    const made = init(host.current, undefined, { devicePixelRatio: Math.max(PIXEL_RATIO, devicePixelRatio) });
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
    if (host.current === null) return;
    chart.current?.setOption(drawing(paintOf(host.current), { t, language }), { notMerge: true });
  }, [drawing, t, language, colours]);
  return <div ref={host} className="chart" role="img" aria-label={description} />;
}
