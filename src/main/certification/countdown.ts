import type { StartTimer } from './ports/start-timer.ts';

export interface Countdown {
  start(seconds: number): void;
  stop(): void;
  secondsLeft(): number;
}

/** Counts whole seconds down to the moment at which a screen clears by itself. */
export function createCountdown(startTimer: StartTimer, hooks: { onChange(): void; onEnd(): void }): Countdown {
  let secondsLeft = 0;
  let cancel: (() => void) | null = null;
  const tick = (): void => {
    secondsLeft -= 1;
    if (secondsLeft <= 0) {
      cancel = null;
      hooks.onEnd();
      return;
    }
    cancel = startTimer(tick, 1000);
    hooks.onChange();
  };
  return {
    start: (seconds) => {
      cancel?.();
      secondsLeft = seconds;
      cancel = startTimer(tick, 1000);
    },
    stop: () => {
      cancel?.();
      cancel = null;
    },
    secondsLeft: () => secondsLeft,
  };
}
