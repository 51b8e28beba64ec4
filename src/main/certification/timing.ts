/** Times of the public screens, in milliseconds (or seconds where the name says so). */

/** Without a touch, a card or a face for this long the screen asks whether somebody is still there. */
export const IDLE_WARNING_MS = 20_000;
/** Then it is wiped after this long. */
export const IDLE_WIPE_MS = 10_000;
/** Whoever asked for large text or a lower screen has this many times as long, for the question too. */
export const UNHURRIED_FACTOR = 2;
/** How long each result stays up before it clears by itself. */
export const RESULT_SECONDS = { passed: 8, failed: 20, review: 20, error: 20 } as const;
export const OTHER_METHOD_SECONDS = 30;
/** A good position has to be held this long before the challenge starts. */
export const HOLD_MS = 500;
/** Neutral frames that have to be in before the challenge starts. */
export const NEUTRAL_FRAMES = 3;
/** What a challenge may take beyond its own length before it counts as expired. */
export const CHALLENGE_GRACE_MS = 5_000;

/** How long the verifier's word is waited for on screen; after that it is told that the result is still to come. */
export const AWAIT_MS = 20_000;
/** How often it is looked what a person has done on their phone. */
export const HAND_OFF_LOOK_MS = 1_500;
/** A code that nobody has scanned is asked about after this long: a phone has to be found and unlocked first. */
export const HAND_OFF_IDLE_WARNING_MS = 90_000;
