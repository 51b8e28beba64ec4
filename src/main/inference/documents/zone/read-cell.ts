import type { ReadCharacter } from '../contract.ts';

/** What was read in one column of a zone. */
export interface ReadCell {
  readonly text: string;
  /** Probability of the character among all that can stand there, 0..1. */
  readonly confidence: number;
  /** How much like the character it looks, 0..1. */
  readonly likeness: number;
  /** What else it may be, most probable first; at most three, none below 0.01. */
  readonly others: ReadCharacter['others'];
}
