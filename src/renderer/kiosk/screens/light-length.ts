import type { LightChallenge } from '../../../shared/domain/challenge.ts';

/** How long a light challenge takes on the screen, lead-in and tail included, in milliseconds. */
export function lightLengthMs({ colours, leadInMs, tailMs }: LightChallenge): number {
  const last = colours.at(-1);
  return (last ? last.startMs + last.durationMs : leadInMs) + tailMs;
}
