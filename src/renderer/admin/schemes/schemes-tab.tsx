import { useState, type ReactNode } from 'react';
import type { SceneBook, SchemeEntry } from '../../../shared/ipc/admin-schemes.ts';
import { Notice } from '../parts/notice.tsx';
import { useWords } from '../words.tsx';
import { SchemeComposer } from './scheme-composer.tsx';
import { SchemeDrawer } from './scheme-drawer.tsx';
import { SchemeTable } from './scheme-table.tsx';

type Open = { readonly kind: 'look' | 'copy' | 'change'; readonly entry: SchemeEntry };

/** All schemes: to look at, to copy and change, and to remove where they are the administrator's own. */
export function SchemesTab(props: { readonly book: SceneBook; readonly onBook: (book: SceneBook) => void }): ReactNode {
  const { t } = useWords();
  const [open, setOpen] = useState<Open | null>(null);
  const { book, onBook } = props;
  const close = (): void => setOpen(null);
  const done = (changed: SceneBook): void => {
    onBook(changed);
    close();
  };
  return (
    <>
      <p className="muted lead-in">{t('schemes.summary')}</p>
      {book.verifier === null ? <Notice kind="warning">{t('schemes.noVerifier')}</Notice> : null}
      <SchemeTable
        entries={book.schemes}
        current={null}
        onOpen={(id) => {
          const entry = book.schemes.find(({ scheme }) => scheme.id === id);
          if (entry !== undefined) setOpen({ kind: 'look', entry });
        }}
      />
      {open?.kind === 'look' ? (
        <SchemeDrawer
          entry={open.entry}
          onClose={close}
          onCopy={() => setOpen({ kind: 'copy', entry: open.entry })}
          onChange={() => setOpen({ kind: 'change', entry: open.entry })}
          onBook={done}
        />
      ) : null}
      {open !== null && open.kind !== 'look' ? (
        <SchemeComposer
          key={`${open.kind} ${open.entry.scheme.id}`}
          scheme={open.entry.scheme}
          saved={open.kind === 'change'}
          onClose={close}
          onBook={done}
        />
      ) : null}
    </>
  );
}
