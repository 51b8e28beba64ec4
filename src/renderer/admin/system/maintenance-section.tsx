import type { ReactNode } from 'react';
import type { TerminalState } from '../../../shared/ipc/admin-system.ts';
import { useAction, useAnswer, usePolling } from '../answers.ts';
import { Mark } from '../parts/mark.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { Loaded, Section } from '../parts/page.tsx';
import { useRights } from '../rights.tsx';
import { useWords } from '../words.tsx';

const REFRESH_EVERY_MS = 3_000;

function State({ state }: { readonly state: TerminalState }): ReactNode {
  const { t } = useWords();
  if (!state.maintenance) return <Mark tone="good">{t('system.maintenance.off')}</Mark>;
  return state.attended ? (
    <Mark tone="waiting">{t('system.maintenance.waiting')}</Mark>
  ) : (
    <Mark tone="warning">{t('system.maintenance.on')}</Mark>
  );
}

/** Takes the kiosk out of service for its staff, and back. */
export function MaintenanceSection(): ReactNode {
  const { t } = useWords();
  const { can } = useRights();
  const terminal = useAnswer('admin:terminal', null);
  usePolling(terminal.reload, REFRESH_EVERY_MS);
  const { phase, run } = useAction('admin:set-maintenance');
  const set = async (on: boolean): Promise<void> => {
    const result = await run({ on });
    if (result.ok) terminal.replace(result.value);
  };
  return (
    <Section title={t('system.maintenance.title')}>
      <p className="muted">{t('system.maintenance.lead')}</p>
      <Loaded answer={terminal}>
        {(state) => (
          <p className="buttons">
            <State state={state} />
            <button
              type="button"
              className="button"
              disabled={phase.state === 'running' || !can('maintain')}
              onClick={() => void set(!state.maintenance)}
            >
              {t(state.maintenance ? 'system.maintenance.end' : 'system.maintenance.begin')}
            </button>
          </p>
        )}
      </Loaded>
      {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
    </Section>
  );
}
