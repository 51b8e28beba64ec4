import type { ReactNode } from 'react';
import { useWords } from '../words.tsx';

export const PAGE_ROWS = 50;

/** Where in a long list this page is; nothing where everything fits. */
export function Pager(props: {
  readonly offset: number;
  readonly total: number;
  readonly onMove: (offset: number) => void;
}): ReactNode {
  const { t } = useWords();
  const { offset, total, onMove } = props;
  if (total <= PAGE_ROWS) return null;
  const to = Math.min(total, offset + PAGE_ROWS);
  return (
    <div className="pager">
      <button type="button" className="button" disabled={offset === 0} onClick={() => onMove(offset - PAGE_ROWS)}>
        {t('app.previous')}
      </button>
      <span role="status">{t('app.page', { from: offset + 1, to, total })}</span>
      <button type="button" className="button" disabled={to === total} onClick={() => onMove(offset + PAGE_ROWS)}>
        {t('app.next')}
      </button>
    </div>
  );
}
