import { useState, type ReactNode } from 'react';
import type { SceneBook } from '../../../shared/ipc/admin-schemes.ts';
import { useAnswer } from '../answers.ts';
import { Segments } from '../parts/choice.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { SchemesTab } from '../schemes/schemes-tab.tsx';
import { useWords } from '../words.tsx';
import { SceneEditor } from './scene-editor.tsx';
import { SceneList } from './scene-list.tsx';
import { newScene, type SceneStart } from './new-scene.ts';

const TABS = ['scenes', 'schemes'] as const;
type Tab = (typeof TABS)[number];

function ScenesTab(props: { readonly book: SceneBook; readonly onBook: (book: SceneBook) => void }): ReactNode {
  const [open, setOpen] = useState<SceneStart | null>(null);
  const { book, onBook } = props;
  if (open === null) {
    return (
      <SceneList
        book={book}
        onBook={onBook}
        onOpen={(entry) => setOpen({ scene: entry.scene, saved: entry })}
        onCopy={({ scene }) => setOpen(newScene(scene))}
        onAdd={() => setOpen(newScene())}
      />
    );
  }
  return (
    <SceneEditor
      key={open.saved?.scene.id ?? ''}
      {...open}
      book={book}
      onBack={() => setOpen(null)}
      onSaved={(saved, id) => {
        onBook(saved);
        const entry = saved.scenes.find(({ scene }) => scene.id === id);
        setOpen(entry === undefined ? null : { scene: entry.scene, saved: entry });
      }}
    />
  );
}

/** What is asked of a visitor in each kind of business, and the schemes that say how. */
export function ScenesPage(): ReactNode {
  const { t } = useWords();
  const [tab, setTab] = useState<Tab>('scenes');
  const book = useAnswer('admin:scenes', null);
  return (
    <Page
      title={t('section.scene')}
      summary={t('scenes.summary')}
      aside={
        <Segments
          legend={t('scenes.tabs')}
          value={tab}
          onChoose={setTab}
          options={TABS.map((one) => ({ value: one, label: t(`scenes.tab.${one}`) }))}
        />
      }
    >
      <Loaded answer={book}>
        {(value) =>
          tab === 'scenes' ? (
            <ScenesTab book={value} onBook={book.replace} />
          ) : (
            <SchemesTab book={value} onBook={book.replace} />
          )
        }
      </Loaded>
    </Page>
  );
}
