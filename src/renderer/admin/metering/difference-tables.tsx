import type { ReactNode } from 'react';
import type { Reconciliation } from '../../../shared/domain/metering.ts';
import { count } from '../formats.ts';
import { useWords } from '../words.tsx';
import { differenceShape, type Difference } from './difference-shape.ts';

/** Rows of one table that are shown; the rest is counted. */
const MOST_ROWS = 100;

/** The rows of one kind of difference, the first of them only where there are very many. */
export function DifferenceTable(props: { readonly kind: Difference; readonly found: Reconciliation }): ReactNode {
  const { t, language } = useWords();
  const { kind, found } = props;
  const { columns, rows } = differenceShape(kind, found, t);
  if (rows.length === 0) return null;
  return (
    <div className="difference">
      <h3>
        {t(`metering.reconcile.${kind}`)} · {count(rows.length, language)}
      </h3>
      <p className="muted">{t(`metering.reconcile.note.${kind}`)}</p>
      <table className={`difference-${kind}`}>
        <caption className="visually-hidden">{t(`metering.reconcile.${kind}`)}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((row, at) => (
            <tr key={`${at} ${row[0]}`}>
              {row.map((text, column) =>
                column === 0 ? (
                  <th key={columns[column]} scope="row" className="code wrap">
                    {text}
                  </th>
                ) : (
                  <td key={columns[column]} className="wrap">
                    {text}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS ? (
        <p className="muted">{t('metering.reconcile.more', { n: count(rows.length - MOST_ROWS, language) })}</p>
      ) : null}
    </div>
  );
}
