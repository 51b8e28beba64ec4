import { LockKeyhole } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useEnvironment } from '../environment.ts';
import { minutesAndSeconds } from '../formats.ts';
import { useWords } from '../words.tsx';
import { GateFrame } from './gate-frame.tsx';

/** Seconds until `retryInSeconds` have gone by, counted on the monotonic clock; asks again at zero. */
function useCountdown(retryInSeconds: number, onOver: () => void): number {
  const { clock } = useEnvironment();
  const [left, setLeft] = useState(retryInSeconds);
  useEffect(() => {
    const endsAtMs = clock.monotonicMs() + retryInSeconds * 1000;
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((endsAtMs - clock.monotonicMs()) / 1000));
      setLeft(now);
      if (now > 0) return;
      clearInterval(timer);
      onOver();
    }, 500);
    return () => clearInterval(timer);
  }, [clock, retryInSeconds, onOver]);
  return left;
}

/** Too many wrong PINs: says until when, and counts down. */
export function LockedOut(props: { readonly retryInSeconds: number; readonly onOver: () => void }): ReactNode {
  const { t } = useWords();
  const left = useCountdown(props.retryInSeconds, props.onOver);
  return (
    <GateFrame title={t('gate.lockedTitle')} summary={t('gate.lockedSummary')}>
      <p className="lock-countdown">
        <LockKeyhole aria-hidden="true" size={28} />
        <span role="timer" aria-label={t('gate.lockedLeft')}>
          {minutesAndSeconds(left)}
        </span>
      </p>
    </GateFrame>
  );
}
