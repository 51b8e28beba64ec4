/** A scripted terminal's monotonic time runs this much faster, so that a challenge doesn't take seconds. */
export const TIME_LAPSE = 60;
