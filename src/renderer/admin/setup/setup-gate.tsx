import { useEffect, useState, type ReactNode } from 'react';
import { useAnswer } from '../answers.ts';
import { openSection } from '../shell/open-section.ts';
import { useWords } from '../words.tsx';
import { openSetup, useSetupAsked } from './setup-hash.ts';
import { SetupWizard } from './setup-wizard.tsx';

/**
 * The set-up, as long as it isn't finished and whoever has signed in hasn't left it for later, or when the address asks
 * for it; else what stands within.
 */
export function SetupGate(props: { readonly mayChange: boolean; readonly children: ReactNode }): ReactNode {
  const asked = useSetupAsked();
  const setup = useAnswer('admin:setup', null);
  const [leftOnce, setLeft] = useState(false);
  const { value } = setup;
  const unfinished = value !== null && value.finishedAtMs === null;
  const { reload } = setup;
  useEffect(() => {
    if (!asked) reload();
  }, [asked, reload]);
  if (props.mayChange && value !== null && (asked || (unfinished && !leftOnce))) {
    const leave = (): void => {
      setLeft(true);
      openSection('overview');
    };
    return <SetupWizard saved={value} onSaved={setup.replace} onLeave={leave} />;
  }
  return props.children;
}

/** The way back into a set-up that was left; nothing once it is finished. */
export function SetupReminder(): ReactNode {
  const { t } = useWords();
  const { value } = useAnswer('admin:setup', null);
  if (value === null || value.finishedAtMs !== null) return null;
  return (
    <button type="button" className="button button-wide setup-reminder" onClick={openSetup}>
      {t('setup.resume')}
    </button>
  );
}
