import { useState, type ReactNode } from 'react';
import type { DayCount } from '../../../shared/ipc/admin.ts';
import { useAnswer } from '../answers.ts';
import { count, percent, shortDay } from '../formats.ts';
import { Segments } from '../parts/choice.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import { ReportChart, SERIES } from './report-chart.tsx';
import { passRate, totals, type Counts } from './report-figures.ts';

const SPANS = ['7', '30', '90'] as const;
type Span = (typeof SPANS)[number];

function Figures(props: { readonly sum: Counts }): ReactNode {
  const { t, language } = useWords();
  const { sum } = props;
  const figures = [
    { name: t('report.submitted'), value: count(sum.submitted, language) },
    { name: t('report.passed'), value: count(sum.passed, language) },
    { name: t('report.refused'), value: count(sum.failed, language) },
    { name: t('report.passRate'), value: percent(passRate(sum), language) },
    { name: t('report.review'), value: count(sum.review, language) },
    { name: t('report.error'), value: count(sum.error, language) },
  ];
  return (
    <dl className="figures">
      {figures.map((figure) => (
        <div key={figure.name}>
          <dt>{figure.name}</dt>
          <dd>{figure.value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Legend(): ReactNode {
  const { t } = useWords();
  return (
    <figcaption className="legend">
      {SERIES.map((state) => (
        <span key={state}>
          <i className={`legend-key legend-${state}`} />
          {t(`verdict.${state}`)}
        </span>
      ))}
      <span>
        <i className="legend-key legend-rate" />
        {t('report.passRate')}
      </span>
      <span className="push">{t('report.perDay')}</span>
    </figcaption>
  );
}

function DayTable(props: { readonly days: readonly DayCount[]; readonly sum: Counts }): ReactNode {
  const { t, language } = useWords();
  const numbers = (counts: Counts): readonly string[] => [
    ...[counts.submitted, counts.passed, counts.failed].map((n) => count(n, language)),
    percent(passRate(counts), language),
    ...[counts.review, counts.error].map((n) => count(n, language)),
  ];
  const heads = [
    t('report.submitted'),
    t('report.passed'),
    t('report.refused'),
    t('report.passRate'),
    t('report.review'),
    t('report.error'),
  ];
  const cells = (counts: Counts): ReactNode =>
    numbers(counts).map((number, index) => (
      <td key={heads[index]} className="number">
        {number}
      </td>
    ));
  return (
    <table className="days">
      <caption className="visually-hidden">{t('report.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('report.day')}</th>
          {heads.map((head) => (
            <th key={head} scope="col" className="number">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.days.toReversed().map((day) => (
          <tr key={day.day}>
            <th scope="row">{shortDay(day.day, language)}</th>
            {cells(day)}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('report.sum')}</th>
          {cells(props.sum)}
        </tr>
      </tfoot>
    </table>
  );
}

function ReportBody(props: { readonly days: readonly DayCount[] }): ReactNode {
  const { t } = useWords();
  const sum = totals(props.days);
  return (
    <>
      <Figures sum={sum} />
      <figure>
        <Legend />
        <div className="chart-area">
          {sum.submitted === 0 ? <p className="empty">{t('report.empty')}</p> : <ReportChart days={props.days} />}
        </div>
      </figure>
      <DayTable days={props.days} sum={sum} />
    </>
  );
}

/** How many were submitted, passed and refused, day by day; cases without a decision are counted apart. */
export function ReportPage(): ReactNode {
  const { t } = useWords();
  const [span, setSpan] = useState<Span>('7');
  const report = useAnswer('admin:report', { days: Number(span) });
  return (
    <Page
      title={t('section.report')}
      summary={t('report.summary')}
      aside={
        <Segments
          legend={t('report.span')}
          value={span}
          onChoose={setSpan}
          options={SPANS.map((days) => ({ value: days, label: t('report.lastDays', { n: days }) }))}
        />
      }
    >
      <Loaded answer={report}>{(days) => <ReportBody days={days} />}</Loaded>
    </Page>
  );
}
