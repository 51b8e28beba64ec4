/** One picture of the motion stays for this long: four a second are enough to be seen, and cost nothing. */
export const FRAME_MS = 250;
/** The motion, in pictures; then it rests as long again twice over. */
export const MOVING_FRAMES = 12;
export const CYCLE_FRAMES = 36;
/** Nobody has come for this long: the last picture stays until somebody does. */
export const MOVES_FOR_MS = 180_000;

/** Which picture of the motion is shown after `frames` of them; 0 is the one at rest. */
export function pictureAt(frames: number): number {
  const at = frames % CYCLE_FRAMES;
  return at < MOVING_FRAMES ? at : 0;
}

/** Milliseconds until the next picture differs from the one after `frames`. */
export function untilNext(frames: number): number {
  const at = frames % CYCLE_FRAMES;
  return at < MOVING_FRAMES ? FRAME_MS : (CYCLE_FRAMES - at) * FRAME_MS;
}
