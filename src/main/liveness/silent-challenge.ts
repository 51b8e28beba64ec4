import type { SilentChallenge } from '../../shared/domain/challenge.ts';
import type { RandomBytes } from './random-choice.ts';

/** Long enough for small movements and eight scored pictures; clouds want silent clips of about two seconds. */
const DURATION_MS = 2_000;
const NONCE_BYTES = 16;

/** A clip in which a person is asked for nothing. Times of issue and expiry are the caller's to add. */
export function issueSilentChallenge({
  randomBytes,
  moreMs = 0,
}: {
  readonly randomBytes: RandomBytes;
  /** Added to the clip's length; 0–8,000. */
  readonly moreMs?: number;
}): SilentChallenge {
  return {
    kind: 'silent',
    nonce: Buffer.from(randomBytes(NONCE_BYTES)).toString('hex'),
    durationMs: DURATION_MS + moreMs,
  };
}
