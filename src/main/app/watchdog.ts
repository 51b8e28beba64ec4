import type { BrowserWindow } from 'electron';
import type { Clock } from '../../shared/clock.ts';

/** The kiosk page reports every two seconds; this long without a word means that it hangs. */
export const HEARTBEAT_LIMIT_MS = 10_000;
/** Reloads of the page in ten minutes before the application ends itself and is started anew. */
export const RELOAD_BUDGET = { reloads: 5, windowMs: 10 * 60_000 } as const;

export interface Watchdog {
  readonly beat: () => void;
  stop(): void;
}

/** Brings the kiosk page back when it crashes or hangs; `onLost` ends the certification in hand first. */
export function watchKiosk(
  window: BrowserWindow,
  clock: Clock,
  hooks: { onLost(detail: string): void; onExhausted(): void },
): Watchdog {
  const reloads: number[] = [];
  let lastBeatMs = clock.monotonicMs();
  const revive = (detail: string): void => {
    if (window.isDestroyed()) return;
    hooks.onLost(detail);
    const nowMs = clock.monotonicMs();
    while (reloads.length > 0 && nowMs - reloads[0]! > RELOAD_BUDGET.windowMs) reloads.shift();
    if (reloads.length >= RELOAD_BUDGET.reloads) return hooks.onExhausted();
    reloads.push(nowMs);
    lastBeatMs = nowMs;
    window.webContents.reload();
  };
  window.webContents.on('render-process-gone', (_event, details) => revive(`page ${details.reason}`));
  const timer = setInterval(() => {
    if (clock.monotonicMs() - lastBeatMs > HEARTBEAT_LIMIT_MS) revive('page hangs');
  }, 2000);
  return {
    beat: () => {
      lastBeatMs = clock.monotonicMs();
    },
    stop: () => clearInterval(timer),
  };
}
