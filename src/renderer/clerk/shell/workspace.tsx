import { useState, type ReactNode } from 'react';
import type { StaffRight } from '../../../shared/domain/staff.ts';
import { useAnswer, useChanges, usePolling } from '../answers.ts';
import { CasesPage } from '../cases/cases-page.tsx';
import { useEnvironment, useViewer, type PageName } from '../environment.ts';
import { LivePage } from '../live/live-page.tsx';
import { FailureNote } from '../parts/failure-note.tsx';
import { useShortcuts } from '../use-shortcuts.ts';
import { useWords } from '../words.tsx';
import { CallBanner } from './call-banner.tsx';
import { LanguageButton } from './language-button.tsx';
import { SiteMark } from './site-mark.tsx';

const PAGES = [
  { page: 'live', shortcut: 'F2', right: 'certify' },
  { page: 'queue', shortcut: 'F3', right: 'see-records' },
  { page: 'records', shortcut: 'F4', right: 'see-records' },
] as const satisfies readonly { page: PageName; shortcut: string; right: StaffRight }[];

/** Main tells of changes; this catches what it could not tell, such as a request that has run out. */
const LIVE_CHECK_MS = 5_000;

interface WorkspaceProps {
  readonly logo: string | null;
  readonly onSignOut: () => void;
}

/** The window of somebody who has signed in: what the kiosk does, what waits for a decision, what was. */
export function Workspace({ logo, onSignOut }: WorkspaceProps): ReactNode {
  const { t } = useWords();
  const { staff, may } = useViewer();
  const live = useAnswer('clerk:live', null);
  useChanges(live.reload);
  usePolling(live.reload, LIVE_CHECK_MS);
  const pages = PAGES.filter(({ right }) => may(right));
  const { opening } = useEnvironment();
  const [page, setPage] = useState<PageName | null>(opening?.page ?? pages[0]?.page ?? null);
  const [opened, setOpened] = useState<string | null>(opening?.certifyId ?? null);
  const go = (to: PageName): void => {
    setOpened(null);
    setPage(to);
  };
  useShortcuts(Object.fromEntries(pages.map((one) => [one.shortcut, () => go(one.page)])));
  const waiting = live.value?.waitingReviews ?? null;
  return (
    <div className="clerk">
      <header className="clerk-head">
        <span className="clerk-mark">
          <SiteMark logo={logo} />
          <span className="clerk-site">{live.value?.siteName ?? t('app.name')}</span>
        </span>
        <nav aria-label={t('app.tabs')}>
          {pages.map((one) => (
            <button
              key={one.page}
              type="button"
              className="tab"
              aria-current={one.page === page ? 'page' : undefined}
              aria-keyshortcuts={one.shortcut}
              onClick={() => go(one.page)}
            >
              {t(`app.${one.page}`)}
              {one.page === 'queue' && waiting !== null && waiting > 0 ? (
                <span className="tab-count" aria-label={t('app.waiting', { n: waiting })}>
                  {waiting}
                </span>
              ) : null}
              <kbd>{one.shortcut}</kbd>
            </button>
          ))}
        </nav>
        <span className="clerk-who">
          <span>{staff.name}</span>
          <LanguageButton />
          <button type="button" className="button" onClick={onSignOut}>
            {t('app.signOut')}
          </button>
        </span>
      </header>
      {live.value?.call ? <CallBanner call={live.value.call} onAnswered={live.replace} /> : null}
      <main className="clerk-main">
        <h1 className="visually-hidden">{t(page === null ? 'app.name' : `app.${page}`)}</h1>
        {page === null ? <p className="empty">{t('app.notAllowed')}</p> : null}
        {page === 'live' ? (
          <LivePage
            live={live}
            onOpenCase={(certifyId) => {
              setOpened(certifyId);
              setPage('records');
            }}
          />
        ) : null}
        {page === 'queue' || page === 'records' ? <CasesPage key={page} list={page} opened={opened} /> : null}
        {live.failure !== null && page !== 'live' ? <FailureNote failure={live.failure} onRetry={live.reload} /> : null}
      </main>
    </div>
  );
}
