import { useState, type ReactNode } from 'react';
import type { StaffEntry, StaffList } from '../../../shared/ipc/admin-staff.ts';
import { useStaffWords } from '../../staff/staff-words.tsx';
import { useAction } from '../answers.ts';
import type { Problem } from '../form-problem.ts';
import { ActionForm } from '../parts/action-form.tsx';
import { CheckRow } from '../parts/choice.tsx';
import { Drawer } from '../parts/drawer.tsx';
import { Notice } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { useRights } from '../rights.tsx';
import { useWords } from '../words.tsx';
import { PersonFields } from './person-fields.tsx';
import { personProblems } from './person-form.ts';
import { RemovePerson } from './remove-person.tsx';
import { ResetSecret } from './reset-secret.tsx';

interface PersonProps {
  readonly list: StaffList;
  /** The list turned out to be old. */
  readonly onOld: () => void;
  /** Saved; the drawer stays open. */
  readonly onSaved: (list: StaffList) => void;
  /** Saved, and nothing is left to do. */
  readonly onDone: (list: StaffList) => void;
  readonly onClose: () => void;
}

/** Somebody is called otherwise, may do other things, or may no longer sign in. */
function ChangePerson(props: PersonProps & { readonly entry: StaffEntry }): ReactNode {
  const { t } = useWords();
  const said = useStaffWords().t;
  const { entry } = props;
  const isSelf = useRights().staff.staffId === entry.staffId;
  const [draft, setDraft] = useState({ name: entry.name, role: entry.role, active: entry.active });
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const { phase, run } = useAction('admin:change-staff');
  const isOld = phase.state === 'failed' && phase.failure.code === 'staff.list-changed';
  const submit = (): boolean => {
    const found = personProblems(draft.name, said).name;
    setProblem(found);
    if (found !== undefined) return false;
    void run({ revision: props.list.revision, staffId: entry.staffId, ...draft }).then((answer) => {
      if (answer.ok) return props.onDone(answer.value);
      if (answer.error.code === 'staff.name-taken') setProblem({ key: 'staff.problem.taken' });
      if (answer.error.code === 'staff.list-changed') props.onOld();
    });
    return true;
  };
  return (
    <ActionForm phase={phase} action={t('staff.save')} onSubmit={submit} onCancel={props.onClose}>
      <PersonFields draft={draft} problem={problem} onEdit={(changes) => setDraft({ ...draft, ...changes })} />
      <CheckRow
        label={t('staff.mayLabel')}
        note={t('staff.mayNote')}
        checked={draft.active}
        onToggle={(active) => setDraft({ ...draft, active })}
      />
      {isSelf && (draft.role !== entry.role || !draft.active) ? (
        <Notice kind="warning">{t('staff.problem.self')}</Notice>
      ) : null}
      {isOld ? (
        <Notice kind="warning">
          {t('staff.changedNow', {
            name: entry.name,
            role: said(`role.${entry.role}`),
            state: entry.active ? t('staff.active') : t('staff.off'),
          })}
        </Notice>
      ) : null}
    </ActionForm>
  );
}

/** One person of the staff: what they may do, a new secret for them, and removing them. */
export function PersonDrawer(props: PersonProps & { readonly staffId: string }): ReactNode {
  const { t } = useWords();
  const isSelf = useRights().staff.staffId === props.staffId;
  const entry = props.list.entries.find(({ staffId }) => staffId === props.staffId);
  if (entry === undefined) {
    return (
      <Drawer title={t('staff.column.name')} onClose={props.onClose}>
        <Notice kind="warning">{t('staff.goneNow')}</Notice>
      </Drawer>
    );
  }
  return (
    <Drawer title={entry.name} onClose={props.onClose}>
      <ChangePerson {...props} entry={entry} />
      {isSelf ? null : (
        <div className="staff-more">
          <Section title={t('staff.resetTitle')}>
            <ResetSecret revision={props.list.revision} entry={entry} onOld={props.onOld} onSaved={props.onSaved} />
          </Section>
          <RemovePerson revision={props.list.revision} entry={entry} onOld={props.onOld} onDone={props.onDone} />
        </div>
      )}
    </Drawer>
  );
}
