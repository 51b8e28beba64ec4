import { useState, type ReactNode } from 'react';
import type { StaffEntry, StaffList } from '../../../shared/ipc/admin-staff.ts';
import { useStaffWords } from '../../staff/staff-words.tsx';
import { useAction } from '../answers.ts';
import type { Problems } from '../form-problem.ts';
import { ActionForm } from '../parts/action-form.tsx';
import { useWords } from '../words.tsx';
import { SecretFields } from './person-fields.tsx';
import { NO_SECRET, secretProblems } from './person-form.ts';

/** A new PIN or password for somebody who forgot theirs or is locked out. */
export function ResetSecret(props: {
  readonly revision: number;
  readonly entry: StaffEntry;
  readonly onOld: () => void;
  readonly onSaved: (list: StaffList) => void;
}): ReactNode {
  const { t } = useWords();
  const said = useStaffWords().t;
  const [draft, setDraft] = useState(NO_SECRET);
  const [problems, setProblems] = useState<Problems<'name' | 'secret' | 'repeated'>>({});
  const { phase, run } = useAction('admin:reset-staff-secret');
  const { staffId } = props.entry;
  const submit = (): boolean => {
    const found = secretProblems(draft, said);
    setProblems(found);
    if (Object.keys(found).length > 0) return false;
    void run({ revision: props.revision, staffId, secret: draft.secret }).then((answer) => {
      if (answer.ok) {
        setDraft(NO_SECRET);
        props.onSaved(answer.value);
      } else if (answer.error.code === 'staff.list-changed') props.onOld();
    });
    return true;
  };
  return (
    <ActionForm phase={phase} action={t('staff.reset')} onSubmit={submit}>
      <p className="muted staff-note">{t('staff.resetNote')}</p>
      <SecretFields draft={draft} problems={problems} onEdit={(changes) => setDraft({ ...draft, ...changes })} />
      <p role="status" className="saved">
        {phase.state === 'done' && draft.secret === '' ? t('staff.resetDone') : null}
      </p>
    </ActionForm>
  );
}
