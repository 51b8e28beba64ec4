import type { ReadCharacter } from '../contract.ts';
import type { StripScores } from './text-models.ts';

/** Of the other readings of a character as many are kept, and none that is less probable. */
const MOST_OTHERS = 3;
const LEAST_OTHER = 0.01;

/** The class that stands for no character. */
const BLANK = 0;

/** What the recogniser's classes mean; the space is the last one. */
export function classTexts(dictionary: readonly string[]): readonly string[] {
  return ['', ...dictionary, ' '];
}

/** The classes that may be taken, `BLANK` among them; null for all. */
export function classesWithin(texts: readonly string[], alphabet: string | undefined): readonly number[] | null {
  if (alphabet === undefined) return null;
  const allowed = new Set(alphabet);
  return texts.flatMap((text, index) => (index === BLANK || allowed.has(text) ? [index] : []));
}

/**
 * Best path of a CTC output: at each step the most probable class, repetitions are one character, blanks none. A
 * character's confidence and its other readings are those of the step at which it is most probable, as the model gave
 * them: leaving classes out makes none of the others more probable.
 *
 * @param drawn share of the strip's width that the line fills; the rest is padding.
 */
export function decodeLine(
  scores: StripScores,
  texts: readonly string[],
  allowed: readonly number[] | null,
  drawn = 1,
): ReadCharacter[] {
  const { steps, classes, probabilities } = scores;
  const characters: ReadCharacter[] = [];
  let [last, peak, first] = [BLANK, 0, 0];
  const close = (end: number): void => {
    if (last === BLANK) return;
    const row = probabilities.subarray(peak * classes, (peak + 1) * classes);
    characters.push({
      text: texts[last]!,
      confidence: Math.min(1, row[last]!),
      at: Math.min(1, (first + end) / 2 / steps / drawn),
      others: otherReadings(row, last, texts, allowed),
    });
  };
  for (let step = 0; step < steps; step++) {
    const row = probabilities.subarray(step * classes, (step + 1) * classes);
    const best = bestOf(row, allowed);
    if (best === last) {
      if (row[best]! > probabilities[peak * classes + best]!) peak = step;
      continue;
    }
    close(step);
    [last, peak, first] = [best, step, step];
  }
  close(steps);
  return characters;
}

function bestOf(row: Float32Array, allowed: readonly number[] | null): number {
  let best = BLANK;
  if (allowed) {
    for (const index of allowed) if (row[index]! > row[best]!) best = index;
  } else {
    for (let index = 1; index < row.length; index++) if (row[index]! > row[best]!) best = index;
  }
  return best;
}

function otherReadings(
  row: Float32Array,
  taken: number,
  texts: readonly string[],
  allowed: readonly number[] | null,
): ReadCharacter['others'] {
  const others: { text: string; confidence: number }[] = [];
  const consider = (index: number): void => {
    const confidence = row[index]!;
    if (confidence < LEAST_OTHER || index === taken || index === BLANK) return;
    others.push({ text: texts[index]!, confidence });
  };
  if (allowed) for (const index of allowed) consider(index);
  else for (let index = 1; index < row.length; index++) consider(index);
  return others.sort((a, b) => b.confidence - a.confidence).slice(0, MOST_OTHERS);
}
