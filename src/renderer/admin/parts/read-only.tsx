import type { ReactNode } from 'react';
import type { StaffRight } from '../../../shared/domain/staff.ts';
import { useStaffWords } from '../../staff/staff-words.tsx';
import { useRights } from '../rights.tsx';
import { useWords } from '../words.tsx';
import { useSection } from '../shell/open-section.ts';
import { CHANGE_RIGHTS, maySee } from '../shell/section-rights.ts';
import { Notice } from './notice.tsx';

/** One sentence about why nothing can be changed on the open page; nothing for whoever may, or doesn't see it. */
export function ReadOnlyNote(): ReactNode {
  const { t } = useWords();
  const { staff, can } = useRights();
  const section = useSection();
  const right = CHANGE_RIGHTS[section];
  const role = useStaffWords().t(`role.${staff.role}`);
  return right === undefined || can(right) || !maySee(section, can) ? null : (
    <Notice kind="info">{t('rights.readOnly', { role })}</Notice>
  );
}

/** Fields that are disabled, all at once, for whoever has no right to change them. */
export function ChangeableBy(props: { readonly right: StaffRight; readonly children: ReactNode }): ReactNode {
  const { can } = useRights();
  return (
    <fieldset className="changeable" disabled={!can(props.right)}>
      {props.children}
    </fieldset>
  );
}
