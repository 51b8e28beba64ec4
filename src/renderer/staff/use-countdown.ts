import { useEffect, useState } from 'react';
import type { Clock } from '../../shared/clock.ts';

const TICK_MS = 250;

/** Seconds that are left of `forSeconds`, on the monotonic clock; calls `onOver` once at zero. */
export function useCountdown(forSeconds: number, clock: Clock, onOver: () => void): number {
  const [left, setLeft] = useState(forSeconds);
  useEffect(() => {
    const endsAtMs = clock.monotonicMs() + forSeconds * 1_000;
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((endsAtMs - clock.monotonicMs()) / 1_000));
      setLeft(now);
      if (now > 0) return;
      clearInterval(timer);
      onOver();
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [clock, forSeconds, onOver]);
  return left;
}
