import { useState, type ReactNode } from 'react';
import type { OwnSecretChange } from '../../shared/ipc/staff.ts';
import type { Failure } from '../../shared/reasons.ts';
import { StaffFailure } from './failure-note.tsx';
import { focusFirstWrong } from './first-problem.ts';
import { newSecretProblems, type SecretProblems } from './new-secret.ts';
import { NewSecretFields, StaffField } from './secret-fields.tsx';
import { StaffDialog } from './staff-dialog.tsx';
import { useStaffWords } from './staff-words.tsx';

/** Whoever has signed in changes their own PIN or password. */
export function OwnSecret(props: {
  /** Why not, where it didn't work. */
  readonly change: (change: OwnSecretChange) => Promise<Failure | null>;
  readonly onDone: () => void;
  readonly onNo: () => void;
}): ReactNode {
  const { t } = useStaffWords();
  const [current, setCurrent] = useState('');
  const [secret, setSecret] = useState('');
  const [repeated, setRepeated] = useState('');
  const [problems, setProblems] = useState<SecretProblems>({});
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async (form: HTMLFormElement): Promise<void> => {
    const found: SecretProblems = {
      ...(current === '' ? { current: 'secret.problem.empty' } : {}),
      ...newSecretProblems({ secret, repeated }),
    };
    setProblems(found);
    if (Object.keys(found).length > 0) return focusFirstWrong(form);
    setRunning(true);
    const refused = await props.change({ current, secret });
    setRunning(false);
    if (refused === null) return props.onDone();
    if (refused.code !== 'staff.wrong-secret') return setFailure(refused);
    setCurrent('');
    setProblems({ current: 'secret.problem.wrongOnly' });
    focusFirstWrong(form);
  };
  return (
    <StaffDialog
      title={t('secret.changeTitle')}
      yes={running ? t('secret.changing') : t('secret.change')}
      disabled={running}
      onSubmit={(form) => void submit(form)}
      onNo={props.onNo}
    >
      <StaffField
        label={t('secret.current')}
        problem={problems.current && t(problems.current)}
        value={current}
        onEdit={setCurrent}
        secret
      />
      <NewSecretFields
        secret={secret}
        repeated={repeated}
        problems={problems}
        onSecret={setSecret}
        onRepeated={setRepeated}
      />
      {failure === null ? null : <StaffFailure failure={failure} />}
    </StaffDialog>
  );
}
