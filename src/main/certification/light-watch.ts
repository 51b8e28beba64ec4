import type { Clock } from '../../shared/clock.ts';
import type { LightChallenge } from '../../shared/domain/challenge.ts';
import type { StartTimer } from './ports.ts';
import { CHALLENGE_GRACE_MS } from './timing.ts';

/** From the first frame of the lead-in to the end of the last colour, in milliseconds. */
export function challengeLengthMs(challenge: LightChallenge): number {
  const last = challenge.colours.at(-1);
  return last ? last.startMs + last.durationMs : challenge.leadInMs;
}

export interface LightWatch {
  begin(certifyId: string, challenge: LightChallenge): void;
  end(): void;
  /** Time on this process's clock since the challenge was handed out. */
  elapsedMs(): number;
}

/** Times a challenge on the main process's own clock, because the renderer's word doesn't count. */
export function createLightWatch(
  clock: Clock,
  startTimer: StartTimer,
  onExpired: (certifyId: string) => void,
): LightWatch {
  let beganMs = 0;
  let cancel: (() => void) | null = null;
  return {
    begin: (certifyId, challenge) => {
      beganMs = clock.monotonicMs();
      cancel?.();
      cancel = startTimer(
        () => onExpired(certifyId),
        challengeLengthMs(challenge) + challenge.tailMs + CHALLENGE_GRACE_MS,
      );
    },
    end: () => {
      cancel?.();
      cancel = null;
    },
    elapsedMs: () => clock.monotonicMs() - beganMs,
  };
}
