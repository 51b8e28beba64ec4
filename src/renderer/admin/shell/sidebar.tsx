import { KeyRound, LogOut } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { StaffSession } from '../../staff/staff-door.tsx';
import { OwnSecret } from '../../staff/own-secret.tsx';
import { useStaffWords } from '../../staff/staff-words.tsx';
import { useChangedForms } from '../drafts.tsx';
import { useRights } from '../rights.tsx';
import { ClerkWindowButton } from './clerk-window-button.tsx';
import { useWords } from '../words.tsx';
import { Jump } from './jump.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { SetupReminder } from '../setup/setup-gate.tsx';
import { SECTION_ICONS } from './section-icons.ts';
import { seenGroups } from './section-rights.ts';
import { SECTION_KEYS, type Section } from './sections.ts';
import { SiteMark } from './site-mark.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

function SidebarLink(props: {
  readonly section: Section;
  readonly open: boolean;
  readonly changed: boolean;
}): ReactNode {
  const { t } = useWords();
  const Icon = SECTION_ICONS[props.section];
  const key = SECTION_KEYS[props.section];
  return (
    <li>
      <a
        href={`#${props.section}`}
        aria-current={props.open ? 'page' : undefined}
        aria-keyshortcuts={key === undefined ? undefined : `Control+${key}`}
        title={key === undefined ? t('app.noShortcut') : t('app.shortcut', { key })}
      >
        <Icon aria-hidden="true" size={16} />
        <span>{t(`section.${props.section}`)}</span>
        {props.changed ? (
          <span className="unsaved-dot" title={t('state.changed')}>
            <span className="visually-hidden">{t('state.changed')}</span>
          </span>
        ) : null}
      </a>
    </li>
  );
}

/** Who has signed in, and the way to another secret and out. */
function Person({ session }: { readonly session: StaffSession }): ReactNode {
  const { t } = useStaffWords();
  const words = useWords();
  const [changing, setChanging] = useState(false);
  const close = (): void => setChanging(false);
  return (
    <div className="sidebar-person">
      <p>
        <strong>{session.staff.name}</strong>
        <span className="muted">{t(`role.${session.staff.role}`)}</span>
      </p>
      <div className="sidebar-person-ways">
        <button
          type="button"
          className="button button-icon"
          aria-label={t('secret.changeTitle')}
          title={t('secret.changeTitle')}
          onClick={() => setChanging(true)}
        >
          <KeyRound aria-hidden="true" size={15} />
        </button>
        <button
          type="button"
          className="button button-icon"
          aria-label={words.t('action.signOut')}
          title={words.t('action.signOut')}
          onClick={session.signOut}
        >
          <LogOut aria-hidden="true" size={15} />
        </button>
      </div>
      {changing ? <OwnSecret change={session.changeOwnSecret} onDone={close} onNo={close} /> : null}
    </div>
  );
}

/** The way from page to page; a dot marks pages that hold unsaved changes, and pages without a right to see are gone. */
export function Sidebar(props: { readonly open: Section; readonly session: StaffSession }): ReactNode {
  const { t } = useWords();
  const { can } = useRights();
  const changed = useChangedForms();
  return (
    <nav className="sidebar" aria-label={t('app.pages')}>
      <button
        type="button"
        className="skip-link"
        onClick={() => document.querySelector<HTMLElement>('main h1')?.focus()}
      >
        {t('app.skip')}
      </button>
      <p className="brand">
        <SiteMark /> <span>{t('app.name')}</span>
      </p>
      <Jump />
      <div className="sidebar-pages">
        {seenGroups(can).map((sections) => (
          <ul key={sections[0]}>
            {sections.map((section) => (
              <SidebarLink
                key={section}
                section={section}
                open={section === props.open}
                changed={changed.some((form) => form.split(':')[0] === section)}
              />
            ))}
          </ul>
        ))}
      </div>
      <div className="sidebar-foot">
        {can('change-settings') ? <SetupReminder /> : null}
        <ClerkWindowButton />
        <div className="sidebar-tools">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
        <Person session={props.session} />
      </div>
    </nav>
  );
}
