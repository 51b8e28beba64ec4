import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../words.tsx';

/** The way to the page before and after in a list whose pages have no numbers, and how long the list is. */
export function PageSteps(props: {
  readonly label: string;
  readonly children: ReactNode;
  /** Null: there is none. */
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
}): ReactNode {
  const { t } = useWords();
  const { onPrevious, onNext } = props;
  return (
    <nav className="pager" aria-label={props.label}>
      <span role="status">{props.children}</span>
      <button type="button" className="button" disabled={onPrevious === null} onClick={() => onPrevious?.()}>
        <ChevronLeft aria-hidden="true" size={15} /> {t('records.previous')}
      </button>
      <button type="button" className="button" disabled={onNext === null} onClick={() => onNext?.()}>
        {t('records.next')} <ChevronRight aria-hidden="true" size={15} />
      </button>
    </nav>
  );
}
