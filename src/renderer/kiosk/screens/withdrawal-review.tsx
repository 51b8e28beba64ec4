import { useState } from 'react';
import type { KeptOfSubject } from '../../../shared/domain/subject-erasure.ts';
import { Button } from '../../ui/button.tsx';
import { Actions } from '../../ui/screen.tsx';
import { useEnvironment, useWords } from '../environment.ts';
import { useUrgent } from '../live-region.tsx';
import { joinSentences } from '../speech/spoken-text.ts';
import { erasableOf, keptLines, type KeptLine } from './kept-lines.ts';

/** What is kept, what goes and what stays. Erasing is asked for once more; leaving it is as large. */
export function WithdrawalReviewScreen({ kept }: { readonly kept: KeptOfSubject }) {
  const { act } = useEnvironment();
  const { t, language } = useWords();
  const [asked, setAsked] = useState(false);
  const sure = [t('withdrawal.review.sureTitle'), t('withdrawal.review.sureLead')];
  useUrgent(asked ? joinSentences(sure, language) : null);
  const { gone, stays } = keptLines(kept, t, language);
  const title = erasableOf(kept) === 0 ? 'withdrawal.review.onlyRecords' : 'withdrawal.review.title';
  return (
    <main className="screen kept-screen" data-screen="withdrawal-review" data-state={asked ? 'asked' : 'shown'}>
      <div className="kept-head">
        <h1 tabIndex={-1}>{t(asked ? 'withdrawal.review.sureTitle' : title)}</h1>
        <p className="lead">{asked ? t('withdrawal.review.sureLead') : ' '}</p>
      </div>
      <div className="kept">
        <KeptGroup title={t('withdrawal.review.erased')} lines={gone} goes />
        <KeptGroup title={t('withdrawal.review.stays')} lines={stays} />
      </div>
      <div className="screen-actions">
        <Actions
          forward={
            <>
              <Button onPress={() => (asked ? setAsked(false) : void act({ type: 'cancel' }))}>
                {t('actions.keep')}
              </Button>
              <Button
                kind="primary"
                onPress={() => (asked ? void act({ type: 'confirm-withdrawal' }) : setAsked(true))}
              >
                {t(asked ? 'actions.eraseSure' : 'actions.erase')}
              </Button>
            </>
          }
        />
      </div>
    </main>
  );
}

interface KeptGroupProps {
  readonly title: string;
  readonly lines: readonly KeptLine[];
  readonly goes?: boolean;
}

function KeptGroup({ title, lines, goes = false }: KeptGroupProps) {
  if (lines.length === 0) return null;
  return (
    <section className="kept-group" data-goes={goes || undefined}>
      <h2 className="kept-title">{title}</h2>
      <ul className="kept-lines">
        {lines.map(({ key, count, text, note }) => (
          <li key={key} className="kept-line">
            <span className="kept-count">{count ?? ''}</span>
            <span className="kept-text">
              {text}
              {note !== null && <span className="kept-note">{note}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
