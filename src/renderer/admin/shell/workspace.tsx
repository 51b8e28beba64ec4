import { useEffect, type ReactNode } from 'react';
import { CameraPage } from '../camera/camera-page.tsx';
import { DocumentsPage } from '../documents/documents-page.tsx';
import { OutboxPage } from '../outbox/outbox-page.tsx';
import { OverviewPage } from '../overview/overview-page.tsx';
import { ReaderPage } from '../reader/reader-page.tsx';
import { RecordsPage } from '../records/records-page.tsx';
import { ReportPage } from '../report/report-page.tsx';
import { ScenePage } from '../scene/scene-page.tsx';
import { SitePage } from '../site/site-page.tsx';
import { VerifierPage } from '../verifier/verifier-page.tsx';
import { useIdleSignOut } from './idle-sign-out.ts';
import { openSection, useSection } from './open-section.ts';
import { SECTIONS, type Section } from './sections.ts';
import { Sidebar } from './sidebar.tsx';

const IDLE_SIGN_OUT_MS = 10 * 60_000;

const PAGES = {
  overview: OverviewPage,
  records: RecordsPage,
  report: ReportPage,
  documents: DocumentsPage,
  scene: ScenePage,
  site: SitePage,
  reader: ReaderPage,
  camera: CameraPage,
  verifier: VerifierPage,
  outbox: OutboxPage,
} as const satisfies Record<Section, () => ReactNode>;

/** Ctrl+1 … Ctrl+9 and Ctrl+0 open the pages in the order of the sidebar. */
function useSectionKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const section = /^\d$/.test(event.key) ? SECTIONS[(Number(event.key) + 9) % 10] : undefined;
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
