import { useEffect, useEffectEvent } from 'react';

/** Without a key for this long what was typed is covered. */
const HIDE_AFTER_MS = 8_000;

/** Covers what was typed a while after the last key. */
export function useHiding(typed: string, hidden: boolean, onHide: () => void): void {
  const hide = useEffectEvent(onHide);
  useEffect(() => {
    if (hidden || typed === '') return;
    const timer = setTimeout(() => hide(), HIDE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed, hidden]);
}
