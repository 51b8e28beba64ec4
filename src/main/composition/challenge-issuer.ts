import type { Clock } from '../../shared/clock.ts';
import type { Challenge } from '../../shared/domain/challenge.ts';
import { drawsBlink, sendsClip } from '../../shared/domain/clip-plan.ts';
import { livenessPlanOf } from '../../shared/domain/scene.ts';
import { expiryMs } from '../certification/challenge-watch.ts';
import type { ChallengeIssuer, ChallengeRequest } from '../certification/ports/challenge-issuer.ts';
import { issueActionChallenge } from '../liveness/action-challenge.ts';
import { issueDigitsChallenge } from '../liveness/digits-challenge.ts';
import { createCodeMemory } from '../liveness/code-memory.ts';
import { DEFAULT_LIGHT_SLOTS, issueLightChallenge } from '../liveness/light-challenge.ts';
import type { RandomBytes } from '../liveness/random-choice.ts';
import { nonceOfSeed, seededBytes } from '../liveness/seeded-bytes.ts';
import type { ChallengeSeeds } from './challenge-seeds.ts';
import { issueSilentChallenge } from '../liveness/silent-challenge.ts';

const DIGITS = 4;
/** Large text goes with more time. */
const ELDER_PATIENCE = 1.5;
/**
 * Verifiers want clips of 2 s at least. A single action can be over after 1.2 s: 0.5 s until the face is at rest, 0.4 s
 * of delay, 0.15 s to react, and the action. Encoders need a moment to start, too.
 */
const CLIP_REST_MS = 1_200;
const CLIP_MORE_MS = 600;
/** What this device adds to the verifier's seed. */
const DEVICE_BYTES = 32;

export interface ChallengeIssuerParts {
  readonly clock: Clock;
  /** Cryptographically strong. */
  readonly randomBytes: RandomBytes;
  readonly seeds: Pick<ChallengeSeeds, 'take'>;
}

/**
 * Issues a fresh challenge for every use; none can be asked for again. Where the verifier has given a seed, it and this
 * device decide the challenge together and the nonce is the seed's; otherwise this device alone.
 */
export function createChallengeIssuer({ clock, randomBytes, seeds }: ChallengeIssuerParts): ChallengeIssuer {
  const recent = createCodeMemory();
  const draw = ({ scene, part, language, elder }: ChallengeRequest, bytes: RandomBytes): Challenge => {
    switch (part.kind) {
      case 'light': {
        const { palette } = scene;
        return issueLightChallenge({ randomBytes: bytes, palette, slots: DEFAULT_LIGHT_SLOTS, recent });
      }
      case 'action': {
        const { actions: count } = livenessPlanOf(scene);
        const including = sendsClip(scene) && drawsBlink(count) ? ('blink' as const) : undefined;
        const asked = part.actions ? { actions: part.actions } : { count, including };
        const drawn = issueActionChallenge({
          randomBytes: bytes,
          restMs: sendsClip(scene) ? CLIP_REST_MS : 0,
          ...asked,
        });
        return elder ? { ...drawn, patience: ELDER_PATIENCE } : drawn;
      }
      case 'digits':
        return issueDigitsChallenge({ randomBytes: bytes, language, count: DIGITS });
      case 'silent':
        return issueSilentChallenge({ randomBytes: bytes, moreMs: sendsClip(scene) ? CLIP_MORE_MS : 0 });
    }
  };
  return {
    issue: (request) => {
      const seed = seeds.take(request.certifyId);
      const drawn = draw(request, seed ? seededBytes(seed, randomBytes(DEVICE_BYTES)) : randomBytes);
      const issuedAtMs = clock.wallMs();
      const issued = seed
        ? ({ nonce: nonceOfSeed(seed), issuer: 'verifier' } as const)
        : ({ nonce: drawn.nonce, issuer: 'device' } as const);
      return { ...drawn, ...issued, issuedAtMs, expiresAtMs: issuedAtMs + expiryMs(drawn) };
    },
  };
}
