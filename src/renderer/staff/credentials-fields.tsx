import { LockKeyhole } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Clock } from '../../shared/clock.ts';
import type { StaffChoice } from '../../shared/ipc/staff.ts';
import { StaffField } from './secret-fields.tsx';
import { useStaffWords } from './staff-words.tsx';
import { minutesAndSeconds } from './minutes.ts';
import { useCountdown } from './use-countdown.ts';
import { Who } from './who.tsx';

/** Tries before a lock-out; with fewer left, the field says so. */
const ALL_TRIES = 5;

function AccountLocked(props: {
  readonly seconds: number;
  readonly clock: Clock;
  readonly onOver: () => void;
}): ReactNode {
  const { t } = useStaffWords();
  const left = useCountdown(props.seconds, props.clock, props.onOver);
  return (
    <p className="account-locked">
      <LockKeyhole aria-hidden="true" size={16} />
      <span role="timer">{t('door.accountLocked', { left: minutesAndSeconds(left) })}</span>
    </p>
  );
}

/** Who somebody is, and what proves it; in the place of the proof the countdown, while that account is locked. */
export function CredentialsFields(props: {
  readonly choices: readonly StaffChoice[];
  readonly chosen: StaffChoice | null;
  readonly onChoose: (staffId: string) => void;
  readonly secret: string;
  readonly onSecret: (secret: string) => void;
  readonly problem: string | undefined;
  readonly clock: Clock;
  readonly onLockOver: () => void;
}): ReactNode {
  const { t } = useStaffWords();
  const { choices, chosen } = props;
  const alone = choices.length === 1 && chosen !== null;
  const hint = chosen && chosen.triesLeft < ALL_TRIES ? t('secret.triesLeft', { n: chosen.triesLeft }) : '';
  return (
    <>
      {alone ? (
        <p className="who-alone">{t('door.asName', { name: chosen.name })}</p>
      ) : (
        <Who choices={choices} chosen={chosen?.staffId ?? null} onChoose={props.onChoose} />
      )}
      {chosen !== null && chosen.lockedForSeconds !== null ? (
        <AccountLocked
          key={`${chosen.staffId} ${chosen.lockedForSeconds}`}
          seconds={chosen.lockedForSeconds}
          clock={props.clock}
          onOver={props.onLockOver}
        />
      ) : (
        <StaffField
          label={t('secret.secret')}
          hint={hint}
          problem={props.problem}
          value={props.secret}
          onEdit={props.onSecret}
          secret
        />
      )}
    </>
  );
}
