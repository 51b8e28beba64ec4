import type { ReactNode } from 'react';
import type { DocumentPage } from '../../../shared/domain/document-reading.ts';
import type { DocumentWarning } from '../../../shared/domain/document-warning.ts';
import { Mark } from '../parts/mark.tsx';
import { useWords } from '../words.tsx';

/** What was checked of the picture: the raised ones first, each with its score and limit. */
export function WarningList(props: {
  readonly page: DocumentPage;
  readonly warnings: readonly DocumentWarning[];
}): ReactNode {
  const { t } = useWords();
  const raised = props.warnings.filter((warning) => warning.raised);
  return (
    <div className="read-warnings">
      <h3>{t('documents.warnings')}</h3>
      {raised.length === 0 ? <Mark tone="good">{t('documents.noWarnings')}</Mark> : null}
      <ul>
        {raised.map(({ kind, score, limit }) => (
          <li key={kind}>
            <Mark tone="warning">{t(`documents.warning.${kind}`)}</Mark>
            <span className="code muted">
              {t('documents.score', { score: score.toFixed(2), limit: limit.toFixed(2) })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
