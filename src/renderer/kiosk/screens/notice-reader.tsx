import { useEffect, useRef } from 'react';
import type { NoticeSection } from '../../../shared/consent-notice.ts';
import { Button } from '../../ui/button.tsx';
import { Actions } from '../../ui/screen.tsx';
import { useWords } from '../environment.ts';
import { Notice } from './notice.tsx';

interface NoticeReaderProps {
  readonly sections: readonly NoticeSection[];
  readonly onClose: () => void;
}

/** The whole notice over the whole screen; what is ticked stays ticked meanwhile. */
export function NoticeReader({ sections, onClose }: NoticeReaderProps) {
  const { t } = useWords();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  return (
    <main className="screen notice-screen" data-screen="consent" data-state="reading">
      <h1 ref={title} tabIndex={-1}>
        {t('consent.notice')}
      </h1>
      <Notice sections={sections} />
      <div className="screen-actions">
        <Actions
          forward={
            <Button kind="primary" onPress={onClose}>
              {t('actions.goBack')}
            </Button>
          }
        />
      </div>
    </main>
  );
}
