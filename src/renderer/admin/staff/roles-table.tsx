import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { hasRight, STAFF_RIGHTS, STAFF_ROLES } from '../../../shared/domain/staff.ts';
import { useStaffWords } from '../../staff/staff-words.tsx';
import { useWords } from '../words.tsx';

/** What each role may do. */
export function RolesTable(): ReactNode {
  const { t } = useWords();
  const roles = useStaffWords().t;
  return (
    <table className="staff-roles">
      <caption className="visually-hidden">{t('staff.roles')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('staff.column.may')}</th>
          {STAFF_ROLES.map((role) => (
            <th key={role} scope="col">
              {roles(`role.${role}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {STAFF_RIGHTS.map((right) => (
          <tr key={right}>
            <th scope="row">{t(`staff.right.${right}`)}</th>
            {STAFF_ROLES.map((role) => (
              <td key={role}>
                <Tick held={hasRight(role, right)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Tick({ held }: { readonly held: boolean }): ReactNode {
  const { t } = useWords();
  const Sign = held ? Check : Minus;
  return (
    <span className={held ? 'held' : 'held held-not'}>
      <Sign aria-hidden="true" size={16} strokeWidth={held ? 2.5 : 1.5} />
      <span className="visually-hidden">{held ? t('staff.yes') : t('staff.no')}</span>
    </span>
  );
}
