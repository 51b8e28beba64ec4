import { assertNever } from '../../shared/assert-never.ts';
import type { Challenge } from '../../shared/domain/challenge.ts';
import type { StartTimer } from './ports/start-timer.ts';
import { CHALLENGE_GRACE_MS } from './timing.ts';
import type { Clock } from '../../shared/clock.ts';

/** What the judge of actions gives the face to come to rest, and each action, its repetitions included. */
const REST_LIMIT_MS = 8_000;
const ACTION_LIMIT_MS = 12_000;
/** Reading the last digit aloud. */
const LAST_DIGIT_MS = 3_000;

/** The shortest time in which a challenge can have been shown as a whole, in milliseconds. */
export function leastLengthMs(challenge: Challenge): number {
  switch (challenge.kind) {
    case 'light': {
      const last = challenge.colours.at(-1);
      return last ? last.startMs + last.durationMs : challenge.leadInMs;
    }
    case 'action':
      return challenge.actions.reduce((sum, { delayMs }) => sum + delayMs, 0);
    case 'digits':
      return Math.max(...challenge.revealMs);
    case 'silent':
      return challenge.durationMs;
    default:
      return assertNever(challenge);
  }
}

/** When a challenge counts as expired, counted from when it was handed out, in milliseconds; at most 120 s. */
export function expiryMs(challenge: Challenge): number {
  const lengthMs = leastLengthMs(challenge);
  switch (challenge.kind) {
    case 'light':
      return lengthMs + challenge.tailMs + CHALLENGE_GRACE_MS;
    case 'action':
      return (
        (REST_LIMIT_MS + challenge.actions.length * ACTION_LIMIT_MS) * (challenge.patience ?? 1) + CHALLENGE_GRACE_MS
      );
    case 'digits':
      return lengthMs + LAST_DIGIT_MS + CHALLENGE_GRACE_MS;
    case 'silent':
      return lengthMs + CHALLENGE_GRACE_MS;
    default:
      return assertNever(challenge);
  }
}

export interface ChallengeWatch {
  begin(certifyId: string, challenge: Challenge): void;
  end(): void;
  /** Time on this process's clock since the challenge was handed out. */
  elapsedMs(): number;
}

/** Times a challenge on the main process's own clock, because the renderer's word doesn't count. */
export function createChallengeWatch(
  clock: Clock,
  startTimer: StartTimer,
  onExpired: (certifyId: string) => void,
): ChallengeWatch {
  let beganMs = 0;
  let cancel: (() => void) | null = null;
  return {
    begin: (certifyId, challenge) => {
      beganMs = clock.monotonicMs();
      cancel?.();
      cancel = startTimer(() => onExpired(certifyId), expiryMs(challenge));
    },
    end: () => {
      cancel?.();
      cancel = null;
    },
    elapsedMs: () => clock.monotonicMs() - beganMs,
  };
}
