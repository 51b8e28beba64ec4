import type { ReactNode } from 'react';
import { nextStepText, reasonText } from '../../../shared/reason-texts.ts';
import { REASONS, type Failure } from '../../../shared/reasons.ts';
import { FailureNotice } from '../../ui/notice.tsx';
import { useRightsIfAny } from '../rights.tsx';
import { useWords } from '../words.tsx';

export { Notice } from '../../ui/notice.tsx';

/**
 * An expected failure in plain words: what happened, what to do, and the technical detail small. Nobody who is the
 * administrator is told to call one: what happened says what to do.
 */
export function FailureNote(props: { readonly failure: Failure; readonly onRetry?: () => void }): ReactNode {
  const { t, language } = useWords();
  const { failure, onRetry } = props;
  const rights = useRightsIfAny();
  const { next } = REASONS[failure.code];
  return (
    <FailureNotice
      what={reasonText(failure.code, language, 'clerk')}
      next={
        next === 'contact-administrator' && rights?.can('change-settings') ? '' : nextStepText(next, language, 'clerk')
      }
      detail={failure.detail === undefined ? failure.code : `${failure.code} · ${failure.detail}`}
      action={
        onRetry && (
          <button type="button" className="button" onClick={onRetry}>
            {t('action.retry')}
          </button>
        )
      }
    />
  );
}
