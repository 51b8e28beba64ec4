import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { StaffChoice, StaffGate } from '../../shared/ipc/staff.ts';
import type { Failure } from '../../shared/reasons.ts';
import { CredentialsFields } from './credentials-fields.tsx';
import { DoorFrame } from './door-frame.tsx';
import { StaffFailure } from './failure-note.tsx';
import { focusSecret } from './first-problem.ts';
import type { StaffBridge } from './staff-bridge.ts';
import { useStaffWords, type StaffTranslate } from './staff-words.tsx';

/** What is said about a try that the gate stayed closed after; nothing where the countdown says it. */
function afterTry(gate: StaffGate, staffId: string, t: StaffTranslate): string | undefined {
  if (gate.state !== 'signed-out') return undefined;
  const choice = gate.choices.find((one) => one.staffId === staffId);
  if (choice === undefined) return t('secret.problem.wrongOnly');
  return choice.lockedForSeconds === null ? t('secret.problem.wrong', { n: choice.triesLeft }) : undefined;
}

/** Asks who it is and for their PIN or password, and says how many tries are left before the lock-out. */
export function SignIn(props: {
  readonly bridge: StaffBridge;
  readonly choices: readonly StaffChoice[];
  readonly top: ReactNode;
  readonly onGate: (gate: StaffGate) => void;
  readonly onLockOver: () => void;
}): ReactNode {
  const { t } = useStaffWords();
  const form = useRef<HTMLFormElement>(null);
  const [staffId, setStaffId] = useState<string | null>(null);
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { choices } = props;
  const chosen = choices.find((one) => one.staffId === staffId) ?? (choices.length === 1 ? choices[0]! : null);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (chosen === null) return setProblem(t('secret.problem.nobody'));
    if (secret === '') return setProblem(t('secret.problem.empty'));
    setRunning(true);
    const answer = await props.bridge.signIn({ staffId: chosen.staffId, secret });
    setRunning(false);
    setSecret('');
    focusSecret(form.current);
    setFailure(answer.ok ? null : answer.error);
    setProblem(answer.ok ? afterTry(answer.value, chosen.staffId, t) : undefined);
    if (answer.ok) props.onGate(answer.value);
  };
  return (
    <DoorFrame top={props.top} title={t('door.signInTitle')} summary={t('door.signInSummary')}>
      <form ref={form} noValidate onSubmit={(event) => void submit(event)}>
        <CredentialsFields
          choices={choices}
          chosen={chosen}
          onChoose={(id) => {
            setStaffId(id);
            setProblem(undefined);
          }}
          secret={secret}
          onSecret={setSecret}
          problem={problem}
          clock={props.bridge.clock}
          onLockOver={props.onLockOver}
        />
        {failure === null ? null : <StaffFailure failure={failure} />}
        <button
          type="submit"
          className="button button-primary button-wide"
          disabled={running || (chosen !== null && chosen.lockedForSeconds !== null)}
        >
          {running ? t('door.entering') : t('door.enter')}
        </button>
      </form>
    </DoorFrame>
  );
}
