import { useEffect, type ReactNode } from 'react';
import { CameraPage } from '../camera/camera-page.tsx';
import { DocumentsPage } from '../documents/documents-page.tsx';
import { MeteringPage } from '../metering/metering-page.tsx';
import { OutboxPage } from '../outbox/outbox-page.tsx';
import { OverviewPage } from '../overview/overview-page.tsx';
import { PrivacyPage } from '../privacy/privacy-page.tsx';
import { ReaderPage } from '../reader/reader-page.tsx';
import { RecordsPage } from '../records/records-page.tsx';
import { ReportPage } from '../report/report-page.tsx';
import { RequestsPage } from '../requests/requests-page.tsx';
import { RiskPage } from '../risk/risk-page.tsx';
import { ScenesPage } from '../scene/scenes-page.tsx';
import { SitePage } from '../site/site-page.tsx';
import { PeripheralsPage } from '../peripherals/peripherals-page.tsx';
import { StaffPage } from '../staff/staff-page.tsx';
import { AuditPage } from '../audit/audit-page.tsx';
import { SetupGate } from '../setup/setup-gate.tsx';
import { MaintenanceBanner } from '../system/maintenance-banner.tsx';
import { SystemPage } from '../system/system-page.tsx';
import { VerifierPage } from '../verifier/verifier-page.tsx';
import type { StaffSession } from '../../staff/staff-door.tsx';
import { useRights } from '../rights.tsx';
import { useIdleSignOut } from './idle-sign-out.ts';
import { NoPage } from './no-page.tsx';
import { openSection, useSection } from './open-section.ts';
import { maySee } from './section-rights.ts';
import { sectionOfKey, type Section } from './sections.ts';
import { Sidebar } from './sidebar.tsx';

const IDLE_SIGN_OUT_MS = 10 * 60_000;

const PAGES = {
  overview: OverviewPage,
  requests: RequestsPage,
  records: RecordsPage,
  report: ReportPage,
  metering: MeteringPage,
  documents: DocumentsPage,
  scene: ScenesPage,
  risk: RiskPage,
  privacy: PrivacyPage,
  site: SitePage,
  reader: ReaderPage,
  camera: CameraPage,
  verifier: VerifierPage,
  outbox: OutboxPage,
  peripherals: PeripheralsPage,
  staff: StaffPage,
  audit: AuditPage,
  system: SystemPage,
} as const satisfies Record<Section, () => ReactNode>;

/** Ctrl with a digit opens a page that has one. */
function useSectionKeys(): void {
  const { can } = useRights();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const section = sectionOfKey(event.key);
      if ((!event.ctrlKey && !event.metaKey) || section === undefined || document.querySelector('dialog[open]')) return;
      if (!maySee(section, can)) return;
      event.preventDefault();
      openSection(section);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [can]);
}

/** The window for somebody who has signed in. */
export function Workspace(props: { readonly session: StaffSession }): ReactNode {
  const section = useSection();
  const { can } = useRights();
  useSectionKeys();
  useIdleSignOut(IDLE_SIGN_OUT_MS, props.session.signOut);
  const OpenPage = maySee(section, can) ? PAGES[section] : NoPage;
  return (
    <SetupGate mayChange={can('change-settings')}>
      <div className="workspace">
        <Sidebar open={section} session={props.session} />
        <main className="page">
          <MaintenanceBanner />
          <OpenPage key={section} />
        </main>
      </div>
    </SetupGate>
  );
}
