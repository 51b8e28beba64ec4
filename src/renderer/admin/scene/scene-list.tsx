import { Plus } from 'lucide-react';
import { Fragment, useState, type ReactNode } from 'react';
import { sceneProblemText } from '../../../shared/scene-problem-texts.ts';
import type { SceneBook, SceneEntry } from '../../../shared/ipc/admin-schemes.ts';
import { useAction } from '../answers.ts';
import { count } from '../formats.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { Mark } from '../parts/mark.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { ChangeableBy } from '../parts/read-only.tsx';
import { moveBetweenRows } from '../parts/row-keys.ts';
import { useWords } from '../words.tsx';

const COLUMNS = ['name', 'id', 'scheme', 'offline', 'records', 'state'] as const;

interface ListProps {
  readonly book: SceneBook;
  readonly onBook: (book: SceneBook) => void;
  readonly onOpen: (entry: SceneEntry) => void;
  readonly onCopy: (entry: SceneEntry) => void;
  readonly onAdd: () => void;
}

interface RowProps extends ListProps {
  readonly entry: SceneEntry;
  readonly running: boolean;
  readonly onWalkUp: () => void;
  readonly onRemove: () => void;
}

function State({ entry }: { readonly entry: SceneEntry }): ReactNode {
  const { t } = useWords();
  const { length } = entry.problems;
  if (length === 0) return <Mark tone="good">{t('scenes.sound')}</Mark>;
  return <Mark tone="bad">{t('scenes.problems', { n: length })}</Mark>;
}

/** What is wrong with the scene above, in a line of its own: beside the buttons it has no room. */
function Trouble({ entry }: { readonly entry: SceneEntry }): ReactNode {
  const { language } = useWords();
  const [first] = entry.problems;
  if (first === undefined) return null;
  return (
    <tr className="scene-trouble">
      <td colSpan={COLUMNS.length + 1}>
        <small className="muted">{sceneProblemText(first, language)}</small>
      </td>
    </tr>
  );
}

function Actions({ entry, running, onCopy, onWalkUp, onRemove, book }: RowProps): ReactNode {
  const { t } = useWords();
  const fixed = entry.walkUp || book.scenes.length === 1;
  const name = entry.scene.name;
  return (
    <div className="row-actions">
      {entry.walkUp ? null : (
        <button type="button" className="button" disabled={running} onClick={onWalkUp}>
          {t('scenes.makeWalkUp')}
          <span className="visually-hidden"> {name}</span>
        </button>
      )}
      <button type="button" className="button" onClick={() => onCopy(entry)}>
        {t('scenes.copy')}
        <span className="visually-hidden"> {name}</span>
      </button>
      <button
        type="button"
        className="button"
        disabled={fixed || running}
        title={fixed ? t('scenes.removeLast') : undefined}
        onClick={onRemove}
      >
        {t('scenes.remove')}
        <span className="visually-hidden"> {name}</span>
      </button>
    </div>
  );
}

function Row(props: RowProps): ReactNode {
  const { t, language } = useWords();
  const { scene, records, walkUp } = props.entry;
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className="row-button"
          onKeyDown={moveBetweenRows}
          onClick={() => props.onOpen(props.entry)}
        >
          {scene.name}
        </button>
        {walkUp ? (
          <span className="tag" title={t('scenes.walkUpNote')}>
            {t('scenes.walkUp')}
          </span>
        ) : null}
      </th>
      <td className="code">{scene.id}</td>
      <td className="code">{scene.scheme}</td>
      <td>{t(`scene.offline.${scene.offlinePolicy}`)}</td>
      <td className="number">{count(records, language)}</td>
      <td>
        <State entry={props.entry} />
      </td>
      <td className="end">
        <ChangeableBy right="change-settings">
          <Actions {...props} />
        </ChangeableBy>
      </td>
    </tr>
  );
}

function RemoveScene(props: ListProps & { readonly entry: SceneEntry; readonly onNo: () => void }): ReactNode {
  const { t } = useWords();
  const { phase, run } = useAction('admin:remove-scene');
  const { id, name } = props.entry.scene;
  return (
    <ConfirmDialog
      title={t('scenes.removeTitle', { name })}
      yes={t('scenes.remove')}
      phase={phase}
      onNo={props.onNo}
      onYes={() =>
        void run({ id }).then((answer) => {
          if (!answer.ok) return;
          props.onBook(answer.value);
          props.onNo();
        })
      }
    >
      {t('scenes.removeText')}
    </ConfirmDialog>
  );
}

/** All scenes: the name opens one; each can be copied, removed, or made the one for whoever walks up. */
export function SceneList(props: ListProps): ReactNode {
  const { t } = useWords();
  const [removing, setRemoving] = useState<SceneEntry | null>(null);
  const walkUp = useAction('admin:walk-up-scene');
  const { scenes } = props.book;
  return (
    <>
      <ChangeableBy right="change-settings">
        <div className="bar">
          <button type="button" className="button button-primary" onClick={props.onAdd}>
            <Plus aria-hidden="true" size={15} /> {t('scenes.add')}
          </button>
        </div>
      </ChangeableBy>
      {walkUp.phase.state === 'failed' ? <FailureNote failure={walkUp.phase.failure} /> : null}
      {scenes.length === 0 ? <p className="empty">{t('scenes.empty')}</p> : null}
      {scenes.length === 0 ? null : (
        <table className="scenes">
          <caption className="visually-hidden">{t('scenes.table')}</caption>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" className={column === 'records' ? 'number' : `column-${column}`}>
                  {t(`scenes.columns.${column}`)}
                </th>
              ))}
              <th scope="col" className="column-action">
                <span className="visually-hidden">{t('overview.action')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {scenes.map((entry) => (
              <Fragment key={entry.scene.id}>
                <Row
                  {...props}
                  entry={entry}
                  running={walkUp.phase.state === 'running'}
                  onRemove={() => setRemoving(entry)}
                  onWalkUp={() =>
                    void walkUp.run({ id: entry.scene.id }).then((answer) => answer.ok && props.onBook(answer.value))
                  }
                />
                <Trouble entry={entry} />
              </Fragment>
            ))}
          </tbody>
        </table>
      )}
      {removing === null ? null : <RemoveScene {...props} entry={removing} onNo={() => setRemoving(null)} />}
    </>
  );
}
