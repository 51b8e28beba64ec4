import type { Clock } from '../../shared/clock.ts';
import type { FlowStep } from './flow-state.ts';
import type { StartTimer } from './ports/start-timer.ts';
import { HAND_OFF_IDLE_WARNING_MS, IDLE_WARNING_MS, IDLE_WIPE_MS, UNHURRIED_FACTOR } from './timing.ts';

/** Steps at which somebody has to be there; the others end by themselves. */
export const WATCHED_STEPS = new Set<FlowStep>([
  'guide',
  'consent',
  'card',
  'identity-entry',
  'card-photo',
  'document-capture',
  'document-confirm',
  'travel-chip',
  'position',
  'ruling',
  'guardian-card',
  'guardian-consent',
  'element-entry',
  'methods',
  'hand-off',
  'withdrawal-card',
  'withdrawal-review',
]);

export interface IdleWatch {
  /** Somebody did something: the countdown starts anew. */
  touch(): void;
  /** The flow has moved on to `step`. */
  watch(step: FlowStep): void;
  /** Seconds until the wipe while the warning is up, else null. */
  secondsLeft(): number | null;
}

/** Watches for a visitor who has left: a warning first, then a wipe. */
export function createIdleWatch(
  clock: Clock,
  startTimer: StartTimer,
  hooks: {
    onChange(): void;
    onWipe(): void;
    /** Whether this visitor takes more time than others. */
    unhurried(): boolean;
  },
): IdleWatch {
  let watching = false;
  let warningMs = IDLE_WARNING_MS;
  let lastTouchMs = clock.monotonicMs();
  let shown: number | null = null;
  let cancel: (() => void) | null = null;

  const left = (): number | null => {
    if (!watching) return null;
    const idleMs = clock.monotonicMs() - lastTouchMs;
    const factor = hooks.unhurried() ? UNHURRIED_FACTOR : 1;
    const leftMs = factor * (warningMs + IDLE_WIPE_MS) - idleMs;
    return idleMs < factor * warningMs ? null : Math.max(0, Math.ceil(leftMs / 1000));
  };
  const tick = (): void => {
    cancel = null;
    if (!watching) return;
    const seconds = left();
    if (seconds === 0) {
      watching = false;
      hooks.onWipe();
      return;
    }
    if (seconds !== shown) {
      shown = seconds;
      hooks.onChange();
    }
    cancel = startTimer(tick, 500);
  };
  return {
    touch: () => {
      lastTouchMs = clock.monotonicMs();
      if (shown !== null) {
        shown = null;
        hooks.onChange();
      }
    },
    watch: (step) => {
      watching = WATCHED_STEPS.has(step);
      warningMs = step === 'hand-off' ? HAND_OFF_IDLE_WARNING_MS : IDLE_WARNING_MS;
      lastTouchMs = clock.monotonicMs();
      shown = null;
      cancel?.();
      cancel = watching ? startTimer(tick, 500) : null;
    },
    secondsLeft: left,
  };
}
