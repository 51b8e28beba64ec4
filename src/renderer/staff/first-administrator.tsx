import { useState, type FormEvent, type ReactNode } from 'react';
import type { StaffGate } from '../../shared/ipc/staff.ts';
import type { Failure } from '../../shared/reasons.ts';
import { DoorFrame } from './door-frame.tsx';
import { StaffFailure } from './failure-note.tsx';
import { focusFirstWrong } from './first-problem.ts';
import { nameProblems, newSecretProblems, type SecretProblems } from './new-secret.ts';
import { NewSecretFields, StaffField } from './secret-fields.tsx';
import type { StaffBridge } from './staff-bridge.ts';
import { useStaffWords } from './staff-words.tsx';

/** First start: there is nobody yet, so an administrator is added. */
export function FirstAdministrator(props: {
  readonly bridge: StaffBridge;
  readonly top: ReactNode;
  readonly onGate: (gate: StaffGate) => void;
}): ReactNode {
  const { t } = useStaffWords();
  const [name, setName] = useState('');
  const [secret, setSecret] = useState('');
  const [repeated, setRepeated] = useState('');
  const [problems, setProblems] = useState<SecretProblems>({});
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const found = { ...nameProblems(name), ...newSecretProblems({ secret, repeated }) };
    setProblems(found);
    if (Object.keys(found).length > 0) return focusFirstWrong(event.currentTarget);
    setRunning(true);
    const made = await props.bridge.createFirst({ name, secret });
    setRunning(false);
    if (made.ok) props.onGate(made.value);
    else setFailure(made.error);
  };
  return (
    <DoorFrame top={props.top} title={t('door.firstTitle')} summary={t('door.firstSummary')}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <StaffField
          label={t('secret.name')}
          hint={t('secret.nameHint')}
          problem={problems.name && t(problems.name)}
          value={name}
          onEdit={setName}
        />
        <NewSecretFields
          secret={secret}
          repeated={repeated}
          problems={problems}
          onSecret={setSecret}
          onRepeated={setRepeated}
        />
        {failure === null ? null : <StaffFailure failure={failure} />}
        <button type="submit" className="button button-primary button-wide" disabled={running}>
          {t('door.firstEnter')}
        </button>
      </form>
    </DoorFrame>
  );
}
