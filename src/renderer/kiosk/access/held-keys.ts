/** Two switches held for this long begin the scan where nobody has set it up. */
export const HOLD_TO_SCAN_MS = 2_000;

/** Keys that switch boxes send: they go on or choose. */
const SWITCH_KEYS = new Set([' ', 'Enter', 'Tab']);

export function isSwitchKey(key: string): boolean {
  return SWITCH_KEYS.has(key);
}

export interface HeldKeys {
  /** Whether two switches have been held for long enough. */
  press(key: string, nowMs: number): boolean;
  release(key: string): void;
}

/** Watches which switches are down; a key that is held repeats itself, which is how time is seen to pass. */
export function createHeldKeys(): HeldKeys {
  const down = new Map<string, number>();
  return {
    press: (key, nowMs) => {
      if (!isSwitchKey(key)) return false;
      if (!down.has(key)) down.set(key, nowMs);
      const latestMs = Math.max(...down.values());
      return down.size >= 2 && nowMs - latestMs >= HOLD_TO_SCAN_MS;
    },
    release: (key) => void down.delete(key),
  };
}
