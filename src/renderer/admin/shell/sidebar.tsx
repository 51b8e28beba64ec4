import { LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { useChangedForms } from '../drafts.tsx';
import { useWords } from '../words.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { SECTION_ICONS } from './section-icons.ts';
import { SECTION_GROUPS, SECTION_KEYS, type Section } from './sections.ts';
import { SiteMark } from './site-mark.tsx';

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

/** The way from page to page; a dot marks pages that hold unsaved changes. */
export function Sidebar(props: { readonly open: Section; readonly onSignOut: () => void }): ReactNode {
  const { t } = useWords();
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
        <SiteMark /> {t('app.name')}
      </p>
      {SECTION_GROUPS.map((sections) => (
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
      <div className="sidebar-foot">
        <LanguageSwitch />
        <p className="muted">{t('app.shortcuts')}</p>
        <button type="button" className="button button-wide" onClick={props.onSignOut}>
          <LogOut aria-hidden="true" size={15} /> {t('action.signOut')}
        </button>
      </div>
    </nav>
  );
}
