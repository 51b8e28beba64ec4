import { useState, type ReactNode } from 'react';
import { Segments } from '../parts/choice.tsx';
import { Page } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import { BackupsSection } from './backups-section.tsx';
import { ClockSection } from './clock-section.tsx';
import { DiagnosticsSection } from './diagnostics-section.tsx';
import { ExportSection } from './export-section.tsx';
import { HealthSection } from './health-section.tsx';
import { ImportSection } from './import-section.tsx';
import { KioskLockSection } from './kiosk-lock-section.tsx';
import { MaintenanceSection } from './maintenance-section.tsx';
import { SetupAgainSection } from './setup-again-section.tsx';
import { SignersSection } from './signers-section.tsx';
import { useAnswer } from '../answers.ts';
import { VersionsSection } from './versions-section.tsx';

const TABS = ['health', 'settings', 'kiosk'] as const;
type Tab = (typeof TABS)[number];

function SettingsTab(): ReactNode {
  const status = useAnswer('admin:settings-file', null);
  return (
    <>
      <ExportSection status={status} />
      <ImportSection onApplied={status.replace} />
      <BackupsSection status={status} />
      <SignersSection status={status} />
    </>
  );
}

/** How the terminal is kept up: its health, its settings as a file, maintenance, and the way out of the kiosk. */
export function SystemPage(): ReactNode {
  const { t } = useWords();
  const [tab, setTab] = useState<Tab>('health');
  return (
    <Page
      title={t('section.system')}
      summary={t('system.summary')}
      aside={
        <Segments
          legend={t('system.tabs.legend')}
          options={TABS.map((value) => ({ value, label: t(`system.tabs.${value}`) }))}
          value={tab}
          onChoose={setTab}
        />
      }
    >
      {tab === 'health' ? (
        <>
          <ClockSection />
          <HealthSection />
          <DiagnosticsSection />
        </>
      ) : null}
      {tab === 'settings' ? <SettingsTab /> : null}
      {tab === 'kiosk' ? (
        <>
          <MaintenanceSection />
          <KioskLockSection />
          <SetupAgainSection />
          <VersionsSection />
        </>
      ) : null}
    </Page>
  );
}
