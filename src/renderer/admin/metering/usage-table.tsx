import type { ReactNode } from 'react';
import type { MeterRow } from '../../../shared/domain/metering.ts';
import { count } from '../formats.ts';
import { Mark } from '../parts/mark.tsx';
import { Notice } from '../parts/notice.tsx';
import { useSceneName } from '../use-scene-name.ts';
import { useWords } from '../words.tsx';
import { FIGURES, sumOf } from './usage-sum.ts';

const NAMES = ['scene', 'scheme', 'verifier', 'operation'] as const;
function Figures({ figures }: { readonly figures: ReturnType<typeof sumOf> }): ReactNode {
  const { language } = useWords();
  return FIGURES.map((figure) => {
    const text = count(figures[figure], language);
    const marked = figure === 'unknown' && figures.unknown > 0;
    return (
      <td key={figure} className="number">
        {marked ? <Mark tone="warning">{text}</Mark> : text}
      </td>
    );
  });
}

/** Calls per scene, product code, verifier and operation, with their sum. */
export function UsageTable({ rows }: { readonly rows: readonly MeterRow[] }): ReactNode {
  const { t } = useWords();
  const sceneName = useSceneName();
  if (rows.length === 0) return <p className="empty">{t('metering.empty')}</p>;
  const sum = sumOf(rows);
  return (
    <>
      {sum.unknown > 0 ? <Notice kind="warning">{t('metering.unknownNote')}</Notice> : null}
      <table className="usage">
        <caption className="visually-hidden">{t('metering.table')}</caption>
        <thead>
          <tr>
            {[...NAMES, ...FIGURES].map((column) => (
              <th
                key={column}
                scope="col"
                className={FIGURES.some((figure) => figure === column) ? 'number' : `column-${column}`}
              >
                {t(`metering.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={[row.sceneId, row.scheme, row.verifier, row.operation].join(' ')}>
              <th scope="row" className="wrap">
                {sceneName(row.sceneId)}
              </th>
              <td className="code wrap">{row.scheme}</td>
              <td>{t(`metering.verifier.${row.verifier}`)}</td>
              <td className="code wrap">{row.operation}</td>
              <Figures figures={row} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={NAMES.length}>
              {t('metering.sum')}
            </th>
            <Figures figures={sum} />
          </tr>
        </tfoot>
      </table>
    </>
  );
}
