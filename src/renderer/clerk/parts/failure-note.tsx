import type { ReactNode } from 'react';
import { nextStepText, reasonText } from '../../../shared/reason-texts.ts';
import { REASONS, type Failure } from '../../../shared/reasons.ts';
import { FailureNotice } from '../../ui/notice.tsx';
import { useWords } from '../words.tsx';

/** An expected failure in plain words: what happened, what to do, and the technical detail small. */
export function FailureNote(props: { readonly failure: Failure; readonly onRetry?: () => void }): ReactNode {
  const { t, language } = useWords();
  const { failure, onRetry } = props;
  return (
    <FailureNotice
      what={reasonText(failure.code, language, 'clerk')}
      next={nextStepText(REASONS[failure.code].next, language, 'clerk')}
      detail={failure.detail === undefined ? failure.code : `${failure.code} · ${failure.detail}`}
      action={
        onRetry && (
          <button type="button" className="button" onClick={onRetry}>
            {t('app.retry')}
          </button>
        )
      }
    />
  );
}
