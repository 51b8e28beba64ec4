import type { ReactNode } from 'react';
import { Section } from '../parts/page.tsx';
import { useRights } from '../rights.tsx';
import { openSetup } from '../setup/setup-hash.ts';
import { useWords } from '../words.tsx';

/** The six steps of the first set-up once more, as after a change of camera or reader. */
export function SetupAgainSection(): ReactNode {
  const { t } = useWords();
  if (!useRights().can('change-settings')) return null;
  return (
    <Section title={t('system.setup.title')}>
      <p className="muted">{t('system.setup.lead')}</p>
      <p className="buttons">
        <button type="button" className="button" onClick={openSetup}>
          {t('system.setup.open')}
        </button>
      </p>
    </Section>
  );
}
