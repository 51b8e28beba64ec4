import type { ReactNode } from 'react';
import type { StaffEntry } from '../../../shared/ipc/admin-staff.ts';
import { useStaffWords } from '../../staff/staff-words.tsx';
import { dateTime, minutesAndSeconds } from '../formats.ts';
import { Mark } from '../parts/mark.tsx';
import { moveBetweenRows } from '../parts/row-keys.ts';
import { useRights } from '../rights.tsx';
import { useWords } from '../words.tsx';

function State({ entry }: { readonly entry: StaffEntry }): ReactNode {
  const { t } = useWords();
  if (!entry.active) return <Mark tone="off">{t('staff.off')}</Mark>;
  if (entry.lockedForSeconds === null) return <Mark tone="good">{t('staff.active')}</Mark>;
  return <Mark tone="warning">{t('staff.locked', { left: minutesAndSeconds(entry.lockedForSeconds) })}</Mark>;
}

function Name(props: { readonly entry: StaffEntry; readonly onOpen: ((staffId: string) => void) | null }): ReactNode {
  const { t } = useWords();
  const { entry, onOpen } = props;
  const isSelf = useRights().staff.staffId === entry.staffId;
  return (
    <>
      {onOpen === null ? (
        <bdi>{entry.name}</bdi>
      ) : (
        <button type="button" className="row-button" onKeyDown={moveBetweenRows} onClick={() => onOpen(entry.staffId)}>
          <bdi>{entry.name}</bdi>
        </button>
      )}
      {isSelf ? <span className="tag staff-self">{t('staff.you')}</span> : null}
    </>
  );
}

/** Everybody of the staff; whoever may change them opens them here. */
export function PeopleTable(props: {
  readonly entries: readonly StaffEntry[];
  /** Null: for looking only. */
  readonly onOpen: ((staffId: string) => void) | null;
}): ReactNode {
  const { t } = useWords();
  const roles = useStaffWords().t;
  if (props.entries.length === 0) return <p className="empty">{t('staff.empty')}</p>;
  return (
    <table className="staff-people">
      <caption className="visually-hidden">{t('staff.people')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('staff.column.name')}</th>
          <th scope="col">{t('staff.column.role')}</th>
          <th scope="col">{t('staff.column.state')}</th>
          <th scope="col">{t('staff.column.lastSignIn')}</th>
          <th scope="col">{t('staff.column.added')}</th>
        </tr>
      </thead>
      <tbody>
        {props.entries.map((entry) => (
          <tr key={entry.staffId}>
            <th scope="row">
              <Name entry={entry} onOpen={props.onOpen} />
            </th>
            <td>{roles(`role.${entry.role}`)}</td>
            <td>
              <State entry={entry} />
            </td>
            <td>{entry.lastSignInAtMs === null ? t('staff.never') : dateTime(entry.lastSignInAtMs).slice(0, 16)}</td>
            <td>{dateTime(entry.createdAtMs).slice(0, 10)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
