import { Search } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useRights } from '../rights.tsx';
import { useWords } from '../words.tsx';
import { openSection } from './open-section.ts';
import { SECTION_ICONS } from './section-icons.ts';
import { maySee } from './section-rights.ts';
import { SECTION_KEYS, SECTIONS, type Section } from './sections.ts';

/** Up and Down go from the search to the pages found, and among them. */
function moveInList(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, a')];
  const next = stops[stops.findIndex((stop) => stop === document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function Found({
  sections,
  onOpen,
}: {
  readonly sections: readonly Section[];
  readonly onOpen: () => void;
}): ReactNode {
  const { t } = useWords();
  if (sections.length === 0) return <p className="muted jump-none">{t('app.jumpNone')}</p>;
  return (
    <ul className="jump-list">
      {sections.map((section) => {
        const Icon = SECTION_ICONS[section];
        const key = SECTION_KEYS[section];
        return (
          <li key={section}>
            <a href={`#${section}`} onClick={onOpen}>
              <Icon aria-hidden="true" size={16} />
              <span>{t(`section.${section}`)}</span>
              {key === undefined ? null : <kbd>{t('app.keys', { key })}</kbd>}
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function JumpDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useWords();
  const { can } = useRights();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLowerCase();
  const sections = SECTIONS.filter(
    (section) => maySee(section, can) && `${t(`section.${section}`)} ${section}`.toLowerCase().includes(wanted),
  );
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog ref={dialog} className="jump" aria-label={t('app.jump')} onClose={onClose} onKeyDown={moveInList}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const [first] = sections;
          if (first === undefined) return;
          openSection(first);
          onClose();
        }}
      >
        <label htmlFor={id} className="visually-hidden">
          {t('app.jump')}
        </label>
        <input
          id={id}
          className="input"
          autoComplete="off"
          placeholder={t('app.jump')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </form>
      <Found sections={sections} onOpen={onClose} />
      <p className="muted jump-keys">{t('app.shortcuts')}</p>
    </dialog>
  );
}

/** The way to a page by a part of its name: a button, or Ctrl+K wherever the focus is. */
export function Jump(): ReactNode {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if ((!event.ctrlKey && !event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      if (!document.querySelector('dialog[open]')) setOpen(true);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <button type="button" className="jump-button" aria-keyshortcuts="Control+K" onClick={() => setOpen(true)}>
        <Search aria-hidden="true" size={15} />
        <span>{t('app.jump')}</span>
        <kbd aria-hidden="true">{t('app.keys', { key: 'K' })}</kbd>
      </button>
      {open ? <JumpDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}
