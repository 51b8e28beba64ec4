import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import type { NoticeSection } from '../../../shared/consent-notice.ts';
import { Phrases } from '../../ui/phrases.tsx';
import { useWords } from '../environment.ts';
import { usePages } from './use-pages.ts';

/** The whole notice, in as many pages as there is room for; nothing in it scrolls by itself. */
export function Notice({ sections }: { readonly sections: readonly NoticeSection[] }) {
  const { t, language } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const { page, count, turn } = usePages(place);
  return (
    <section className="notice-place" aria-label={t('consent.notice')}>
      <div ref={place} className="notice-pages">
        {sections.map(({ id, title, lines }) => (
          <div key={id} className="notice-section">
            <h2 className="notice-title phrases">
              <Phrases text={title} language={language} />
            </h2>
            <div>
              {lines.map((line) => (
                <p key={line} className="phrases">
                  <Phrases text={line} language={language} />
                </p>
              ))}
            </div>
          </div>
        ))}
      </div>
      <div className="pager" data-hidden={count === 1 || undefined}>
        <PagerButton label={t('consent.pageBefore')} disabled={page === 0} onPress={() => turn(-1)}>
          <ChevronLeft strokeWidth={2} aria-hidden="true" />
        </PagerButton>
        <p className="pager-words" role="status">
          {t('consent.page', { page: page + 1, pages: count })}
        </p>
        <PagerButton label={t('consent.pageNext')} disabled={page === count - 1} onPress={() => turn(1)}>
          <ChevronRight strokeWidth={2} aria-hidden="true" />
        </PagerButton>
      </div>
    </section>
  );
}

interface PagerButtonProps {
  readonly label: string;
  readonly disabled: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

/** It keeps the focus at the first and the last page, so it is only said to be disabled. */
function PagerButton({ label, disabled, onPress, children }: PagerButtonProps) {
  return (
    <button
      type="button"
      className="pager-button"
      aria-label={label}
      aria-disabled={disabled || undefined}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
