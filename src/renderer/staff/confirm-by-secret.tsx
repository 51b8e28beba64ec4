import { useState, type ReactNode } from 'react';
import type { Clock } from '../../shared/clock.ts';
import type { Credentials, StaffChoice } from '../../shared/ipc/staff.ts';
import type { Failure } from '../../shared/reasons.ts';
import { Loading } from '../ui/section.tsx';
import { CredentialsFields } from './credentials-fields.tsx';
import { StaffFailure } from './failure-note.tsx';
import { focusSecret } from './first-problem.ts';
import { StaffDialog } from './staff-dialog.tsx';
import { useStaffWords } from './staff-words.tsx';

export interface ConfirmProps {
  readonly title: string;
  /** What the button does, in a word. */
  readonly yes: string;
  /** Who may confirm it; null while nobody knows yet. */
  readonly choices: readonly StaffChoice[] | null;
  /** Who is suggested: usually whoever has signed in. */
  readonly suggested: string | null;
  /** Somebody who has to be another person, when a second one has to confirm. */
  readonly otherThan: string | null;
  readonly clock: Clock;
  /** Does it; why not, where it didn't work. */
  readonly confirm: (credentials: Credentials) => Promise<Failure | null>;
  /** Asks anew who may confirm: a lock-out is over, or a try was wrong. */
  readonly onChoicesOld: () => void;
  readonly onNo: () => void;
  /** What it is that is being confirmed. */
  readonly children: ReactNode;
}

interface Tried {
  readonly running: boolean;
  readonly problem: string | undefined;
  readonly failure: Failure | null;
}

const UNTRIED: Tried = { running: false, problem: undefined, failure: null };

/** One action by somebody's PIN or password, without signing in; by a second person where one is asked for. */
export function ConfirmBySecret(props: ConfirmProps): ReactNode {
  const { t } = useStaffWords();
  const [staffId, setStaffId] = useState(props.suggested);
  const [secret, setSecret] = useState('');
  const [tried, setTried] = useState(UNTRIED);
  const choices = props.choices?.filter((one) => one.staffId !== props.otherThan) ?? null;
  const chosen = choices?.find((one) => one.staffId === staffId) ?? (choices?.length === 1 ? choices[0]! : null);
  const isLocked = chosen !== null && chosen.lockedForSeconds !== null;
  const submit = async (form: HTMLFormElement): Promise<void> => {
    const missing = chosen === null ? 'secret.problem.nobody' : secret === '' ? 'secret.problem.empty' : null;
    if (missing !== null || chosen === null)
      return setTried({ ...UNTRIED, problem: t(missing ?? 'secret.problem.nobody') });
    setTried({ ...UNTRIED, running: true });
    const refused = await props.confirm({ staffId: chosen.staffId, secret });
    if (refused === null) return;
    setSecret('');
    const wrong = refused.code === 'staff.wrong-secret';
    setTried({
      running: false,
      problem: wrong ? t('secret.problem.wrongOnly') : undefined,
      failure: wrong ? null : refused,
    });
    props.onChoicesOld();
    focusSecret(form);
  };
  return (
    <StaffDialog
      title={props.title}
      yes={tried.running ? t('secret.confirming') : props.yes}
      disabled={tried.running || isLocked || choices?.length === 0}
      onSubmit={(form) => void submit(form)}
      onNo={props.onNo}
    >
      {props.children}
      {props.otherThan === null ? null : (
        <p>{choices?.length === 0 ? t('secret.confirmNobody') : t('secret.confirmSecond')}</p>
      )}
      {choices === null ? <Loading>{t('door.opening')}</Loading> : null}
      {choices === null || choices.length === 0 ? null : (
        <CredentialsFields
          choices={choices}
          chosen={chosen}
          onChoose={setStaffId}
          secret={secret}
          onSecret={setSecret}
          problem={tried.problem}
          clock={props.clock}
          onLockOver={props.onChoicesOld}
        />
      )}
      {tried.failure === null ? null : <StaffFailure failure={tried.failure} />}
    </StaffDialog>
  );
}
