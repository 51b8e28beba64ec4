import { useEffect, type RefObject } from 'react';

/**
 * Closes what is open in `box` on Escape, and when a click or the focus goes elsewhere. `close` is told whether the
 * focus belongs back on what had opened it.
 */
export function useLeaving(
  box: RefObject<HTMLElement | null>,
  isOpen: () => boolean,
  close: (back: boolean) => void,
): void {
  useEffect(() => {
    const leave = (event: Event): void => {
      if (isOpen() && event.target instanceof Node && !box.current?.contains(event.target)) close(false);
    };
    const escape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || !isOpen()) return;
      event.preventDefault();
      close(true);
    };
    addEventListener('keydown', escape);
    addEventListener('pointerdown', leave);
    addEventListener('focusin', leave);
    return () => {
      removeEventListener('keydown', escape);
      removeEventListener('pointerdown', leave);
      removeEventListener('focusin', leave);
    };
  });
}
