import type { ReactNode } from 'react';
import type { SchemeEntry } from '../../../shared/ipc/admin-schemes.ts';
import { serviceRefusalText } from '../../../shared/service-refusal-texts.ts';
import { Mark } from '../parts/mark.tsx';
import { useWords } from '../words.tsx';

/** Whether a scheme can be used with the verifier that is set up, and why not. */
export function ServedMark({ entry }: { readonly entry: SchemeEntry }): ReactNode {
  const { t, language } = useWords();
  if (entry.refusal !== null) {
    return (
      <>
        <Mark tone="warning">{t('schemes.notServed')}</Mark>
        <small className="muted">{serviceRefusalText(entry.refusal, language)}</small>
      </>
    );
  }
  return <Mark tone="good">{t(entry.scheme.check === null ? 'schemes.noQuestion' : 'schemes.served')}</Mark>;
}
