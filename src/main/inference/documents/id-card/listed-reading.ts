import type { PlacedCharacter, PlacedLine } from './placed-text.ts';

/** A second-best reading of a character that is less probable than this isn't taken. */
const LEAST_ALTERNATIVE = 0.05;

/**
 * The entry of a list that characters can be read as: each as it was read, or as one of its other readings that is
 * probable itself. The characters carry the confidence of what was taken.
 */
export function listedReading(characters: PlacedLine, listed: readonly string[]): PlacedLine | null {
  let best: PlacedLine | null = null;
  let bestConfidence = 0;
  for (const entry of listed) {
    const wanted = [...entry];
    if (wanted.length !== characters.length) continue;
    const reading = characters.map((character, i) => readAs(character, wanted[i]!));
    if (!reading.every((character) => character !== null)) continue;
    const confidence = reading.reduce((product, character) => product * character.confidence, 1);
    if (confidence > bestConfidence) [best, bestConfidence] = [reading, confidence];
  }
  return best;
}

function readAs(character: PlacedCharacter, wanted: string): PlacedCharacter | null {
  if (character.text === wanted) return character;
  const other = character.others.find(({ text }) => text === wanted);
  if (!other || other.confidence < LEAST_ALTERNATIVE) return null;
  return { ...character, text: wanted, confidence: other.confidence };
}
