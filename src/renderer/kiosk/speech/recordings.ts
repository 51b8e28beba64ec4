import type { Language } from '../../../shared/reason-texts.ts';
import { sentencesIn } from './sentences.ts';

/** Recorded sentences of one language: the address of each by its words. */
export type Recordings = ReadonlyMap<string, string>;

/**
 * What is played for a text, in order. A sentence with a value in it has no recording: the first of a run of them is
 * replaced by one that sends people to the screen, and the others are left out.
 */
export function recordingsFor(
  text: string,
  language: Language,
  recordings: Recordings,
  instead: string,
): readonly string[] {
  const found = sentencesIn(text, language).map((sentence) => recordings.get(sentence) ?? null);
  const standIn = recordings.get(instead) ?? null;
  return found
    .map((address, at) => address ?? (at === 0 || found[at - 1] !== null ? standIn : null))
    .filter((address) => address !== null);
}
