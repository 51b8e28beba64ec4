import { useEffect, useReducer } from 'react';
import type { KioskView } from '../../shared/ipc/kiosk-view.ts';

/** The library that draws keeps what it drew last beside what it draws now; two more rounds put both behind. */
const ROUNDS_AFTER_MS = [50, 150] as const;

/**
 * Forgets the last visitor once the first screen is back: whatever was drawn of them is drawn over, also where it is
 * only held for comparison.
 */
export function useForgetting(view: KioskView | null): void {
  const [, drawAgain] = useReducer((rounds: number) => rounds + 1, 0);
  const wiped = view?.screen === 'attract';
  useEffect(() => {
    if (!wiped) return;
    const timers = ROUNDS_AFTER_MS.map((ms) => setTimeout(drawAgain, ms));
    return () => timers.forEach(clearTimeout);
  }, [wiped]);
}
