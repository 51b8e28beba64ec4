import type { ReactNode } from 'react';
import type { Reconciliation } from '../../../shared/domain/metering.ts';
import { count, dayAndTime } from '../formats.ts';
import { useWords } from '../words.tsx';
import type { Translate } from '../translation.ts';

/** Rows of one table that are shown; the rest is counted. */
const MOST_ROWS = 100;

export const DIFFERENCES = ['onlyThere', 'onlyHere', 'differing', 'resolved', 'unread'] as const;
export type Difference = (typeof DIFFERENCES)[number];

interface Shape {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function time(ms: number | null): string {
  return ms === null ? '—' : dayAndTime(ms);
}

/** One kind of difference as columns and rows of text. */
export function differenceShape(kind: Difference, found: Reconciliation, t: Translate): Shape {
  const head = (
    ...names: (
      'order' | 'line' | 'time' | 'operation' | 'count' | 'scheme' | 'code' | 'expected' | 'billed' | 'outcome' | 'why'
    )[]
  ) => names.map((name) => t(`metering.reconcile.${name}`));
  switch (kind) {
    case 'onlyThere':
      return {
        columns: head('order', 'line', 'time', 'operation', 'count'),
        rows: found.onlyThere.map((line) => [
          line.orderId,
          String(line.line),
          time(line.atMs),
          line.operation ?? '—',
          String(line.count),
        ]),
      };
    case 'onlyHere':
      return {
        columns: head('order', 'scheme', 'time', 'operation', 'code'),
        rows: found.onlyHere.map((line) => [
          line.orderId,
          line.scheme,
          time(line.startedAtMs),
          line.operation,
          line.code ?? '—',
        ]),
      };
    case 'differing':
      return {
        columns: head('order', 'expected', 'billed'),
        rows: found.differing.map(({ orderId, expected, billed }) => [orderId, String(expected), String(billed)]),
      };
    case 'resolved':
      return {
        columns: head('order', 'outcome'),
        rows: found.resolved.map(({ orderId, billed }) => [
          orderId,
          t(billed ? 'metering.reconcile.wasBilled' : 'metering.reconcile.notBilled'),
        ]),
      };
    case 'unread':
      return {
        columns: head('line', 'why'),
        rows: found.unread.map(({ line, why }) => [String(line), why]),
      };
  }
}

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
