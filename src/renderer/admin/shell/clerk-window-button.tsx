import { PanelRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAction } from '../answers.ts';
import { useWords } from '../words.tsx';

/** Opens the clerk's window, which asks for itself who is there. */
export function ClerkWindowButton(): ReactNode {
  const { t } = useWords();
  const open = useAction('admin:open-clerk');
  return (
    <button
      type="button"
      className="button clerk-window-button"
      aria-label={t('app.openClerk')}
      title={t('app.openClerk')}
      onClick={() => void open.run(null)}
    >
      <PanelRight aria-hidden="true" size={15} /> <span>{t('app.clerkWindow')}</span>
    </button>
  );
}
