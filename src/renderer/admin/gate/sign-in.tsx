import { useState, type FormEvent, type ReactNode } from 'react';
import type { AdminGate } from '../../../shared/ipc/admin.ts';
import { useAction } from '../answers.ts';
import type { Problem } from '../form-problem.ts';
import { TextField } from '../parts/field.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { useWords } from '../words.tsx';
import { GateFrame, usePinText } from './gate-frame.tsx';

/** Asks for the PIN and says how many tries are left before the lock-out. */
export function SignIn(props: { readonly triesLeft: number; readonly onGate: (gate: AdminGate) => void }): ReactNode {
  const { t } = useWords();
  const [pin, setPin] = usePinText();
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const { phase, run } = useAction('admin:sign-in');
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const field = event.currentTarget.querySelector('input');
    if (pin === '') return setProblem({ key: 'gate.problem.empty' });
    const answer = await run({ pin });
    setPin('');
    field?.focus();
    if (!answer.ok) return setProblem(undefined);
    if (answer.value.state === 'signed-out')
      setProblem({ key: 'gate.problem.wrong', values: { n: answer.value.triesLeft } });
    props.onGate(answer.value);
  };
  const hint = props.triesLeft < 5 ? t('gate.triesLeft', { n: props.triesLeft }) : t('gate.pinHint');
  return (
    <GateFrame title={t('gate.signInTitle')} summary={t('gate.signInSummary')}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <TextField label={t('gate.pin')} hint={hint} problem={problem} value={pin} onEdit={setPin} secret numeric />
        {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
        <button type="submit" className="button button-primary button-wide" disabled={phase.state === 'running'}>
          {t('gate.signIn')}
        </button>
      </form>
    </GateFrame>
  );
}
