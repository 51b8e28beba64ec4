import { useRef } from 'react';
import { useEnvironment } from './environment.ts';

/** Long enough that nobody gets there by accident. */
const PRESS_MS = 3_000;

/** Pressing for three seconds asks for the admin window, which asks for the PIN. */
export function useStaffEntrance() {
  const { act } = useEnvironment();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const release = (): void => clearTimeout(timer.current);
  return {
    onPointerDown: () => {
      release();
      timer.current = setTimeout(() => void act({ type: 'open-admin' }), PRESS_MS);
    },
    onPointerUp: release,
    onPointerLeave: release,
    onPointerCancel: release,
  };
}
