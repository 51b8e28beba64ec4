import { useEffect, useEffectEvent, useRef } from 'react';
import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import { useEnvironment } from './environment.ts';

/** Touches and keys tell the main process that somebody is there, at most this often. */
const TELL_EVERY_MS = 1_000;

/** Whether somebody is at the kiosk: for a certification, or to withdraw their consent. */
function isUsed({ certifyId, screen }: KioskView): boolean {
  return certifyId !== null || screen.startsWith('withdrawal-');
}

/**
 * Escape cancels (an input method has its own Escape), Ctrl+Alt+A and Ctrl+Alt+C are the staff's entrances, and everything counts as a
 * sign of life.
 */
export function useKeys(view: KioskView): void {
  const { act } = useEnvironment();
  const toldAtMs = useRef(-Infinity);
  const signOfLife = useEffectEvent((event: Event) => {
    const running = isUsed(view) && view.screen !== 'result' && view.screen !== 'withdrawal-done';
    if (!running || event.timeStamp - toldAtMs.current < TELL_EVERY_MS) return;
    toldAtMs.current = event.timeStamp;
    void act({ type: 'still-here' });
  });
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    signOfLife(event);
    if (event.key === 'Escape' && !event.isComposing && isUsed(view)) void act({ type: 'cancel' });
    if (event.ctrlKey && event.altKey && event.code === 'KeyA') void act({ type: 'open-admin' });
    if (event.ctrlKey && event.altKey && event.code === 'KeyC') void act({ type: 'open-clerk' });
  });
  useEffect(() => {
    const touched = (event: Event): void => signOfLife(event);
    const pressed = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('pointerdown', touched);
    window.addEventListener('input', touched);
    window.addEventListener('keydown', pressed);
    return () => {
      window.removeEventListener('pointerdown', touched);
      window.removeEventListener('input', touched);
      window.removeEventListener('keydown', pressed);
    };
  }, []);
}
