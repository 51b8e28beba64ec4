import { FlaskConical, TriangleAlert, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { nextStepText, reasonText } from '../../../shared/reason-texts.ts';
import { REASONS, type Failure } from '../../../shared/reasons.ts';
import { useWords } from '../words.tsx';

const ICONS = { info: Info, warning: TriangleAlert, demo: FlaskConical } as const;

/** One sentence that the administrator should know now. */
export function Notice(props: { readonly kind: keyof typeof ICONS; readonly children: ReactNode }): ReactNode {
  const Icon = ICONS[props.kind];
  return (
    <div className={`notice notice-${props.kind}`}>
      <Icon aria-hidden="true" size={16} />
      <div>{props.children}</div>
    </div>
  );
}

/** An expected failure in plain words: what happened, what to do, and the technical detail small. */
export function FailureNote(props: { readonly failure: Failure; readonly onRetry?: () => void }): ReactNode {
  const { t, language } = useWords();
  const { failure } = props;
  return (
    <div className="notice notice-failure" role="alert">
      <TriangleAlert aria-hidden="true" size={16} />
      <div>
        <strong>{reasonText(failure.code, language, 'clerk')}</strong>
        <span>{nextStepText(REASONS[failure.code].next, language, 'clerk')}</span>
        <small className="code">
          {failure.detail === undefined ? failure.code : `${failure.code} · ${failure.detail}`}
        </small>
      </div>
      {props.onRetry === undefined ? null : (
        <button type="button" className="button" onClick={props.onRetry}>
          {t('action.retry')}
        </button>
      )}
    </div>
  );
}
