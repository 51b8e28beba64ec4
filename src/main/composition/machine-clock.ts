import type { Clock } from '../../shared/clock.ts';
import type { ClockState } from '../../shared/ipc/admin-system.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { StartTimer } from '../certification/ports/start-timer.ts';

/** Time servers correct a clock by less than this; a person or a dead battery by more. */
export const NOTICEABLE_JUMP_MS = 60_000;
/** A jump ahead of more than this could let something be erased long before its time. */
export const HOLDING_JUMP_MS = 2 * 3_600_000;
/** How far the verifier's signed time may differ for a jump to have been a correction. */
const AGREES_MS = 5 * 60_000;
const LOOK_EVERY_MS = 30_000;

export interface MachineClockParts {
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  readonly audit: { append(kind: string, detail: Readonly<Record<string, number>>): Result<null, Failure> };
  /** When the newest thing that is kept was written; null: nothing is. */
  readonly newestEntryAtMs: () => Result<number | null, Failure>;
  /** Verifier's clock minus this one, from an answer after the jump; null: not known. */
  readonly verifierOffsetMs: () => number | null;
  readonly log: (event: string, failure?: Failure) => void;
}

/** Watches this machine's clock for as long as the program runs. */
export interface MachineClock {
  state(): ClockState;
  /** Whether erasing by time may go on. */
  mayErase(): boolean;
  /** The machine has slept, so that the clock has a cause to be ahead. */
  resumed(): void;
  /** Somebody has looked at the clock and says that it is right. */
  confirm(): Result<null, Failure>;
  /** Looks at both clocks now; for everything that asks just afterwards. */
  look(): void;
  start(): void;
  stop(): void;
}

/**
 * Holds the wall clock against the monotonic one every 30 s and whenever it is asked. After a jump ahead of
 * `HOLDING_JUMP_MS` or more nothing is erased until somebody confirms the clock or the verifier's time agrees with it.
 */
export function createMachineClock(parts: MachineClockParts): MachineClock {
  const { clock, audit, log } = parts;
  let last = { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() };
  let jump: ClockState['jump'] = null;
  let holding = false;
  let cancel: () => void = () => undefined;

  const settle = (): void => {
    last = { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() };
  };
  const note = (byMs: number): void => {
    jump = { byMs, atMs: clock.wallMs() };
    if (byMs >= HOLDING_JUMP_MS) holding = true;
    const noted = audit.append('clock.jumped', { byMs });
    log('clock jumped', noted.ok ? undefined : noted.error);
  };
  const look = (): void => {
    const byMs = Math.round(clock.wallMs() - last.wallMs - (clock.monotonicMs() - last.monotonicMs));
    if (Math.abs(byMs) >= NOTICEABLE_JUMP_MS) {
      note(byMs);
      settle();
    }
    const offsetMs = holding ? parts.verifierOffsetMs() : null;
    if (offsetMs !== null && Math.abs(offsetMs) <= AGREES_MS) holding = false;
  };
  const lookAgain = (): void => {
    look();
    cancel = parts.startTimer(lookAgain, LOOK_EVERY_MS);
  };
  return {
    state: () => {
      look();
      return { jump, holding };
    },
    mayErase: () => {
      look();
      return !holding;
    },
    resumed: settle,
    confirm: () => {
      const noted = audit.append('clock.confirmed', { jumpMs: jump?.byMs ?? 0 });
      if (!noted.ok) return noted;
      jump = null;
      holding = false;
      settle();
      return ok(null);
    },
    look,
    start: () => {
      const newest = parts.newestEntryAtMs();
      if (!newest.ok) log('clock', newest.error);
      else if (newest.value !== null && clock.wallMs() < newest.value - NOTICEABLE_JUMP_MS) {
        note(clock.wallMs() - newest.value);
      }
      settle();
      cancel = parts.startTimer(lookAgain, LOOK_EVERY_MS);
    },
    stop: () => cancel(),
  };
}
