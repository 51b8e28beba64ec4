import type { ReactNode } from 'react';
import type { AuditChoices, AuditLine } from '../../../shared/ipc/admin-audit.ts';
import { count, dateTime } from '../formats.ts';
import { moveBetweenRows } from '../parts/row-keys.ts';
import { useWords } from '../words.tsx';
import { aboutText, kindText, personText } from './entry-words.ts';

const COLUMNS = ['at', 'kind', 'by', 'about', 'seq'] as const;

/** The entries of one page; the time opens the entry. */
export function AuditTable(props: {
  readonly entries: readonly AuditLine[];
  readonly staff: AuditChoices['staff'];
  readonly onOpen: (entry: AuditLine) => void;
}): ReactNode {
  const { t, language } = useWords();
  return (
    <table className="records audit-entries">
      <caption className="visually-hidden">{t('section.audit')}</caption>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className={`column-${column}${column === 'seq' ? ' number' : ''}`}>
              {t(`audit.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.entries.map((entry) => (
          <tr key={entry.seq}>
            <th scope="row">
              <button
                type="button"
                className="row-button code"
                onKeyDown={moveBetweenRows}
                onClick={() => props.onOpen(entry)}
              >
                {dateTime(entry.atMs)}
              </button>
            </th>
            <td className="cut" title={entry.kind}>
              {kindText(entry.kind, t)}
            </td>
            <td className="cut">
              <bdi>{personText(entry, props.staff, t)}</bdi>
            </td>
            <td className="cut code">
              <bdi>{aboutText(entry, props.staff, t)}</bdi>
            </td>
            <td className="number code">{count(entry.seq, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
