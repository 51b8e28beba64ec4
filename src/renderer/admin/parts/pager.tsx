import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { count } from '../formats.ts';
import { pageRange } from '../records/paging.ts';
import { useWords } from '../words.tsx';

/** Which rows of a long list are shown, and the way to those before and after. */
export function Pager(props: {
  readonly label: string;
  readonly offset: number;
  readonly size: number;
  readonly total: number | null;
  readonly onMove: (offset: number) => void;
}): ReactNode {
  const { t, language } = useWords();
  const total = props.total ?? 0;
  const { first, last, previous, next } = pageRange(props.offset, props.size, total);
  const shown =
    total === 0
      ? t('records.none')
      : t('records.range', {
          first: count(first, language),
          last: count(last, language),
          total: count(total, language),
        });
  return (
    <nav className="pager" aria-label={props.label}>
      <span role="status">{props.total === null ? '—' : shown}</span>
      <button
        type="button"
        className="button"
        disabled={previous === null}
        onClick={() => previous !== null && props.onMove(previous)}
      >
        <ChevronLeft aria-hidden="true" size={15} /> {t('records.previous')}
      </button>
      <button
        type="button"
        className="button"
        disabled={next === null}
        onClick={() => next !== null && props.onMove(next)}
      >
        {t('records.next')} <ChevronRight aria-hidden="true" size={15} />
      </button>
    </nav>
  );
}
