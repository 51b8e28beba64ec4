/** Timers as a dependency. Returns how to cancel. */
export type StartTimer = (run: () => void, delayMs: number) => () => void;
