import { useState, type ReactNode } from 'react';
import type { StaffList } from '../../../shared/ipc/admin-staff.ts';
import { useStaffWords } from '../../staff/staff-words.tsx';
import { useAction } from '../answers.ts';
import type { Problems } from '../form-problem.ts';
import { ActionForm } from '../parts/action-form.tsx';
import { Drawer } from '../parts/drawer.tsx';
import { useWords } from '../words.tsx';
import { PersonFields, SecretFields } from './person-fields.tsx';
import { NO_SECRET, personProblems, secretProblems, type PersonDraft } from './person-form.ts';

const NEW_PERSON: PersonDraft = { name: '', role: 'operator' };

/** Somebody is added, with a first PIN or password. */
export function AddPerson(props: {
  readonly revision: number;
  /** The list turned out to be old. */
  readonly onOld: () => void;
  readonly onDone: (list: StaffList) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const said = useStaffWords().t;
  const [draft, setDraft] = useState(NEW_PERSON);
  const [secret, setSecret] = useState(NO_SECRET);
  const [problems, setProblems] = useState<Problems<'name' | 'secret' | 'repeated'>>({});
  const { phase, run } = useAction('admin:create-staff');
  const submit = (): boolean => {
    const found = { ...personProblems(draft.name, said), ...secretProblems(secret, said) };
    setProblems(found);
    if (Object.keys(found).length > 0) return false;
    void run({ revision: props.revision, ...draft, secret: secret.secret }).then((answer) => {
      if (answer.ok) return props.onDone(answer.value);
      if (answer.error.code === 'staff.name-taken') setProblems({ name: { key: 'staff.problem.taken' } });
      if (answer.error.code === 'staff.list-changed') props.onOld();
    });
    return true;
  };
  return (
    <Drawer title={t('staff.addTitle')} onClose={props.onClose}>
      <ActionForm phase={phase} action={t('staff.adding')} onSubmit={submit} onCancel={props.onClose}>
        <PersonFields draft={draft} problem={problems.name} onEdit={(changes) => setDraft({ ...draft, ...changes })} />
        <SecretFields draft={secret} problems={problems} onEdit={(changes) => setSecret({ ...secret, ...changes })} />
        <p className="muted">{t('staff.addedPin')}</p>
      </ActionForm>
    </Drawer>
  );
}
