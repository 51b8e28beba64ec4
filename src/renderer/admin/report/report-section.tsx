import { Download } from 'lucide-react';
import { lazy, Suspense, type ReactNode } from 'react';
import type { ReportWindow } from '../../../shared/domain/report-window.ts';
import { downloadText } from '../parts/download.ts';
import { useWords } from '../words.tsx';
import type { Drawing } from './chart-options.ts';
import { ReportTable } from './report-table.tsx';
import { tableCsv, type TableModel } from './table-model.ts';

// Drawing is a large part of the window's code: it is fetched with the first chart, not with the window.
const ReportChart = lazy(() => import('./report-chart.tsx'));

export interface Key {
  readonly name: string;
  readonly kind: string;
}

function Legend({ keys }: { readonly keys: readonly Key[] }): ReactNode {
  return (
    <figcaption className="legend">
      {keys.map(({ name, kind }) => (
        <span key={kind}>
          <i className={`legend-key legend-${kind}`} />
          {name}
        </span>
      ))}
    </figcaption>
  );
}

/** A chart, the table with the same numbers under it, and that table as a file. */
export function ReportSection(props: {
  readonly title: string;
  /** Part of the file's name. */
  readonly file: string;
  readonly window: ReportWindow;
  readonly note?: string;
  readonly table: TableModel;
  /** Null where there is nothing to draw. */
  readonly chart: {
    readonly drawing: Drawing;
    readonly description: string;
    readonly keys: readonly Key[];
    readonly size: 'tall' | 'rows-2' | 'rows-4' | 'rows-6' | 'rows-10';
  } | null;
  readonly empty: string;
}): ReactNode {
  const { t } = useWords();
  const { title, window, table, chart } = props;
  const name = `countersign-${props.file}-${window.from}-${window.to}.csv`;
  return (
    <section className="section report-section">
      <header className="report-section-head">
        <h2>{title}</h2>
        {table.rows.length === 0 ? null : (
          <button
            type="button"
            className="button button-quiet"
            onClick={() => downloadText(name, tableCsv(table), 'text/csv')}
          >
            <Download aria-hidden="true" size={15} /> {t('report.csv')}
            <span className="visually-hidden"> {title}</span>
          </button>
        )}
      </header>
      {props.note === undefined ? null : <p className="muted report-note">{props.note}</p>}
      {chart === null ? (
        <p className="empty">{props.empty}</p>
      ) : (
        <figure>
          <Legend keys={chart.keys} />
          <div className={`chart-area chart-${chart.size}`}>
            <Suspense fallback={<p className="loading">{t('state.loading')}</p>}>
              <ReportChart drawing={chart.drawing} description={chart.description} />
            </Suspense>
          </div>
        </figure>
      )}
      {table.rows.length === 0 ? null : <ReportTable table={table} />}
    </section>
  );
}
