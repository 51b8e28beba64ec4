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
import { VerifierPage } from '../verifier/verifier-page.tsx';
import { useIdleSignOut } from './idle-sign-out.ts';
import { openSection, useSection } from './open-section.ts';
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
} as const satisfies Record<Section, () => ReactNode>;

/** Ctrl with a digit opens a page that has one. */
function useSectionKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const section = sectionOfKey(event.key);
      if ((!event.ctrlKey && !event.metaKey) || section === undefined || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      openSection(section);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

/** The window for a signed-in administrator. */
export function Workspace(props: { readonly onSignOut: () => void }): ReactNode {
  const section = useSection();
  useSectionKeys();
  useIdleSignOut(IDLE_SIGN_OUT_MS, props.onSignOut);
  const OpenPage = PAGES[section];
  return (
    <div className="workspace">
      <Sidebar open={section} onSignOut={props.onSignOut} />
      <main className="page">
        <OpenPage key={section} />
      </main>
    </div>
  );
}
