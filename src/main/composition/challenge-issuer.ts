import type { Clock } from '../../shared/clock.ts';
import type { ChallengeIssuer } from '../certification/ports.ts';
import { CHALLENGE_GRACE_MS } from '../certification/timing.ts';
import { issueLightChallenge } from '../liveness/light-challenge.ts';
import { ON_SCREEN_LIMIT_MS } from '../liveness/light-challenge.ts';

/** Ten colours: the gentle palette needs them, and the vivid one guesses three times harder than with eight. */
const SLOTS = 10;

/** Issues a fresh challenge for every use; none can be asked for again. */
export function createChallengeIssuer(clock: Clock, randomBytes: (size: number) => Uint8Array): ChallengeIssuer {
  return {
    issue: (scene) => {
      const issuedAtMs = clock.wallMs();
      return {
        ...issueLightChallenge({ randomBytes, palette: scene.palette, slots: SLOTS }),
        issuedAtMs,
        expiresAtMs: issuedAtMs + ON_SCREEN_LIMIT_MS + CHALLENGE_GRACE_MS,
      };
    },
  };
}
