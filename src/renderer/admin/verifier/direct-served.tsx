import type { ReactNode } from 'react';
import { CONFIRMATION_CHECKS, type ConfirmationCheck } from '../../../shared/domain/scene.ts';
import type { Check } from '../../../shared/domain/verification.ts';
import type { DirectVerifierView } from '../../../shared/ipc/admin-outbox.ts';
import { FailureNote } from '../parts/notice.tsx';
import { useWords } from '../words.tsx';

function isAskedByScenes(check: Check): check is ConfirmationCheck {
  return CONFIRMATION_CHECKS.some((each) => each === check);
}

/** What the vendor answers as it is saved, or why it can't be asked. */
export function Served({ view }: { readonly view: DirectVerifierView }): ReactNode {
  const { t } = useWords();
  if (view.setting === null) return null;
  return (
    <div className="direct-served">
      <h3>{t('direct.served')}</h3>
      {view.failure === null ? null : <FailureNote failure={view.failure} />}
      {view.failure === null && view.checks.length === 0 ? <p className="muted">{t('direct.servedNone')}</p> : null}
      {view.checks.length === 0 ? null : (
        <ul className="direct-checks">
          {view.checks.map(({ check, operation }) => (
            <li key={`${check} ${operation}`}>
              <span>{isAskedByScenes(check) ? t(`outbox.check.${check}`) : t(`direct.check.${check}`)}</span>
              <span className="code muted">{operation}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
