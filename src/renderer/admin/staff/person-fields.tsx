import type { ReactNode } from 'react';
import { STAFF_ROLES, type StaffRole } from '../../../shared/domain/staff.ts';
import { useStaffWords } from '../../staff/staff-words.tsx';
import type { Problem } from '../form-problem.ts';
import { RadioList } from '../parts/choice.tsx';
import { TextField } from '../parts/field.tsx';
import { useWords } from '../words.tsx';
import type { PersonDraft, SecretDraft } from './person-form.ts';

/** How somebody is called and what they are. */
export function PersonFields(props: {
  readonly draft: PersonDraft;
  readonly problem: Problem | undefined;
  readonly onEdit: (changes: Partial<PersonDraft>) => void;
}): ReactNode {
  const { t } = useWords();
  const roles = useStaffWords().t;
  return (
    <>
      <TextField
        label={t('staff.column.name')}
        hint={t('staff.nameHint')}
        problem={props.problem}
        value={props.draft.name}
        onEdit={(name) => props.onEdit({ name })}
      />
      <RadioList<StaffRole>
        legend={t('staff.roleLegend')}
        value={props.draft.role}
        onChoose={(role) => props.onEdit({ role })}
        options={STAFF_ROLES.map((role) => ({
          value: role,
          label: roles(`role.${role}`),
          note: t(`staff.roleNote.${role}`),
        }))}
      />
    </>
  );
}

/** A PIN or password for somebody, twice. */
export function SecretFields(props: {
  readonly draft: SecretDraft;
  readonly problems: Readonly<Partial<Record<'secret' | 'repeated', Problem>>>;
  readonly onEdit: (changes: Partial<SecretDraft>) => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <div className="secret-pair">
      <TextField
        label={t('staff.newSecret')}
        hint={t('staff.secretHint')}
        problem={props.problems.secret}
        value={props.draft.secret}
        onEdit={(secret) => props.onEdit({ secret })}
        secret
      />
      <TextField
        label={t('staff.repeat')}
        problem={props.problems.repeated}
        value={props.draft.repeated}
        onEdit={(repeated) => props.onEdit({ repeated })}
        secret
      />
    </div>
  );
}
