import { useState, type ReactNode } from 'react';
import type { SchemeEntry } from '../../../shared/ipc/admin-schemes.ts';
import { TextField } from '../parts/field.tsx';
import { moveBetweenRows } from '../parts/row-keys.ts';
import { useWords } from '../words.tsx';
import { leastIntrusive } from './least-intrusive.ts';
import { schemeGroups, type SchemeGroup } from './scheme-rows.ts';
import { schemeDoes, schemeGives } from './scheme-words.ts';
import { ServedMark } from './served-mark.tsx';

const COLUMNS = ['id', 'does', 'gives', 'served'] as const;

interface TableProps {
  readonly entries: readonly SchemeEntry[];
  /** The one that is in use where a scheme is chosen; null where schemes are only looked at. */
  readonly current: string | null;
  readonly onOpen: (id: string) => void;
}

function Row(props: TableProps & { readonly entry: SchemeEntry; readonly least: boolean }): ReactNode {
  const { t } = useWords();
  const { entry, current, least } = props;
  const { scheme } = entry;
  return (
    <tr aria-current={scheme.id === current ? 'true' : undefined}>
      <th scope="row">
        <button
          type="button"
          className="row-button code"
          onKeyDown={moveBetweenRows}
          onClick={() => props.onOpen(scheme.id)}
        >
          {scheme.id}
        </button>
        {scheme.id === current ? <span className="tag">{t('schemes.current')}</span> : null}
        {least ? (
          <span className="tag tag-good" title={t('schemes.leastIntrusiveNote')}>
            {t('schemes.leastIntrusive')}
          </span>
        ) : null}
      </th>
      <td>{schemeDoes(scheme, t)}</td>
      <td>{schemeGives(scheme, t)}</td>
      <td>
        <ServedMark entry={entry} />
      </td>
    </tr>
  );
}

function Group(props: TableProps & { readonly group: SchemeGroup; readonly least: ReadonlySet<string> }): ReactNode {
  const { t } = useWords();
  return (
    <tbody>
      <tr className="group-row">
        <th scope="rowgroup" colSpan={COLUMNS.length}>
          {t(`schemes.family.${props.group.family}`)}
        </th>
      </tr>
      {props.group.entries.map((entry) => (
        <Row key={entry.scheme.id} {...props} entry={entry} least={props.least.has(entry.scheme.id)} />
      ))}
    </tbody>
  );
}

/** All schemes by family, with a field to find one; the code opens or chooses it. */
export function SchemeTable(props: TableProps): ReactNode {
  const { t } = useWords();
  const [sought, setSought] = useState('');
  const groups = schemeGroups(props.entries, sought, t);
  const least = leastIntrusive(props.entries);
  return (
    <>
      <div className="find">
        <TextField label={t('schemes.filter')} hint={t('schemes.filterHint')} value={sought} onEdit={setSought} />
      </div>
      {groups.length === 0 ? <p className="empty">{t('schemes.none')}</p> : null}
      {groups.length === 0 ? null : (
        <table className="schemes">
          <caption className="visually-hidden">{t('schemes.table')}</caption>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" className={`column-${column}`}>
                  {t(`schemes.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          {groups.map((group) => (
            <Group key={group.family} {...props} group={group} least={least} />
          ))}
        </table>
      )}
    </>
  );
}
