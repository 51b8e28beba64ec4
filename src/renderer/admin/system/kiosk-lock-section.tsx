import { useState, type ReactNode } from 'react';
import type { KioskLockState } from '../../../shared/ipc/admin-system.ts';
import { useAction, useAnswer } from '../answers.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { Mark } from '../parts/mark.tsx';
import { Facts, Loaded, Section } from '../parts/page.tsx';
import { useRights } from '../rights.tsx';
import { useWords } from '../words.tsx';

const WAYS = ['quit', 'restart', 'shut-window'] as const;
type Way = (typeof WAYS)[number];
const RECIPES = ['win32', 'linux', 'darwin'] as const;

function LockFacts({ lock }: { readonly lock: KioskLockState }): ReactNode {
  const { t } = useWords();
  const recipe = RECIPES.find((platform) => platform === lock.platform) ?? 'other';
  return (
    <Facts
      facts={[
        {
          name: t('system.lock.mode'),
          value: lock.kioskMode ? (
            <Mark tone="good">{t('system.lock.kioskMode')}</Mark>
          ) : (
            <Mark tone="warning">{t('system.lock.windowed')}</Mark>
          ),
        },
        {
          name: t('system.lock.keys'),
          value: lock.blockedKeys.length === 0 ? '—' : lock.blockedKeys.map((key) => <kbd key={key}>{key}</kbd>),
        },
        { name: t('system.lock.cannot'), value: t('system.lock.cannotText') },
        { name: t('system.lock.recipe'), value: t(`system.lock.recipes.${recipe}`) },
      ]}
    />
  );
}

/** What keeps visitors in the kiosk, what doesn't, and the staff's way out. */
export function KioskLockSection(): ReactNode {
  const { t } = useWords();
  const { can } = useRights();
  const lock = useAnswer('admin:kiosk-lock', null);
  const [way, setWay] = useState<Way | null>(null);
  const { phase, run, reset } = useAction('admin:leave-kiosk');
  return (
    <Section title={t('system.lock.title')}>
      <Loaded answer={lock}>{(value) => <LockFacts lock={value} />}</Loaded>
      <h3>{t('system.lock.leave')}</h3>
      <p className="buttons">
        {WAYS.map((each) => (
          <button key={each} type="button" className="button" disabled={!can('maintain')} onClick={() => setWay(each)}>
            {t(`system.lock.${each}`)}
          </button>
        ))}
      </p>
      {way === null ? null : (
        <ConfirmDialog
          title={t('system.lock.quitTitle')}
          yes={t(`system.lock.${way}`)}
          phase={phase}
          onYes={() => void run({ how: way })}
          onNo={() => {
            setWay(null);
            reset();
          }}
        >
          {t('system.lock.quitText')}
        </ConfirmDialog>
      )}
    </Section>
  );
}
