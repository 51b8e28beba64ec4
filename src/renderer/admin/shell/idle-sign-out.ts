import { useEffect } from 'react';
import { useEnvironment } from '../environment.ts';

const CHECK_EVERY_MS = 5_000;
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel'] as const;

/** Calls `signOut` once nobody has touched the window for `afterMs`: a terminal left open is everybody's. */
export function useIdleSignOut(afterMs: number, signOut: () => void): void {
  const { clock } = useEnvironment();
  useEffect(() => {
    let lastUseMs = clock.monotonicMs();
    const used = (): void => {
      lastUseMs = clock.monotonicMs();
    };
    const timer = setInterval(() => {
      if (clock.monotonicMs() - lastUseMs >= afterMs) signOut();
    }, CHECK_EVERY_MS);
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, used, { capture: true, passive: true });
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, used, { capture: true });
    };
  }, [clock, afterMs, signOut]);
}
