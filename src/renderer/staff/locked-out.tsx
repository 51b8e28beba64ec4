import { LockKeyhole } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Clock } from '../../shared/clock.ts';
import { DoorFrame } from './door-frame.tsx';
import { useStaffWords } from './staff-words.tsx';
import { minutesAndSeconds } from './minutes.ts';
import { useCountdown } from './use-countdown.ts';

/** Too many wrong tries: says for how long, and counts down. */
export function LockedOut(props: {
  readonly retryInSeconds: number;
  readonly clock: Clock;
  readonly top: ReactNode;
  readonly onOver: () => void;
}): ReactNode {
  const { t } = useStaffWords();
  const left = useCountdown(props.retryInSeconds, props.clock, props.onOver);
  return (
    <DoorFrame top={props.top} title={t('door.lockedTitle')} summary={t('door.lockedSummary')}>
      <p className="lock-countdown">
        <LockKeyhole aria-hidden="true" size={28} />
        <span role="timer" aria-label={t('door.lockedLeft')}>
          {minutesAndSeconds(left)}
        </span>
      </p>
    </DoorFrame>
  );
}
