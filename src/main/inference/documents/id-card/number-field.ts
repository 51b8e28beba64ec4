import { readIdentityNumber } from '../../../../shared/domain/identity-number.ts';
import type { FieldDoubt, ReadField } from '../../../../shared/domain/document-reading.ts';
import { ID_CARD_FIELD_LIMITS } from './field-limits.ts';
import type { PlacedCharacter, PlacedLine } from './placed-text.ts';
import { better, fieldOf } from './read-field.ts';

/** All that a number can consist of. */
export const NUMBER_ALPHABET = '0123456789X';
const NUMBER_LENGTH = 18;

/** The characters of a line that can be part of a number; a small `x` is a large one. */
export function numberCharacters(line: PlacedLine): PlacedCharacter[] {
  return line.flatMap((character) => {
    const text = character.text.toUpperCase();
    return NUMBER_ALPHABET.includes(text) ? [{ ...character, text }] : [];
  });
}

/** The number as it was read; its check digit is told, never used to choose a digit. */
export function numberField(characters: PlacedLine, today: string): ReadField {
  const text = characters.map((character) => character.text).join('');
  return fieldOf('number', characters, text, numberDoubt(text, today));
}

function numberDoubt(text: string, today: string): FieldDoubt | null {
  const read = readIdentityNumber(text, today);
  if (read.ok) return null;
  return read.error.kind === 'check-digit' ? 'check-digit' : 'form';
}

/**
 * Puts several readings of the same print together. Of the readings with the length of a number each says for every
 * place how probable its characters are; the mean decides. With no such reading the first one stays.
 */
export function combinedReadings(readings: readonly PlacedLine[]): PlacedLine {
  const whole = readings.filter(({ length }) => length === NUMBER_LENGTH);
  const [first] = whole;
  if (!first) return readings[0] ?? [];
  if (whole.length === 1) return first;
  return first.map((character, at) => {
    const sums = new Map<string, number>();
    for (const reading of whole) {
      const { text, confidence, others } = reading[at]!;
      for (const one of [{ text, confidence }, ...others]) {
        const upper = one.text.toUpperCase();
        if (NUMBER_ALPHABET.includes(upper)) sums.set(upper, (sums.get(upper) ?? 0) + one.confidence / whole.length);
      }
    }
    const [best, ...others] = [...sums]
      .map(([text, confidence]) => ({ text, confidence }))
      .sort((a, b) => b.confidence - a.confidence);
    return { ...character, text: best!.text, confidence: best!.confidence, others: others.slice(0, 3) };
  });
}

/**
 * The number of a first reading and of all readings together. Where they differ, that one is taken which is more certain
 * at the places in question. When it is the first one, and only the other number passes its check, that one is given as
 * `unclear`: a check digit must not correct a number without somebody's looking at it.
 */
export function settledNumber(first: PlacedLine, combined: PlacedLine, today: string): ReadField {
  const [before, after] = [numberField(first, today), numberField(combined, today)];
  if (before.text === after.text || first.length !== NUMBER_LENGTH) return better(before, after);
  if (combined.length !== NUMBER_LENGTH) return before;
  const changed = first.flatMap((character, at) => (character.text === combined[at]!.text ? [] : [at]));
  if (changed.every((at) => combined[at]!.confidence > first[at]!.confidence)) return after;
  const failed = ({ doubt }: ReadField): boolean => doubt === 'check-digit' || doubt === 'form';
  const taken = failed(before) && !failed(after) ? after : before;
  return { ...taken, doubt: taken.doubt ?? 'unclear' };
}

/** Whether a number should be read once more. */
export function isDoubtful({ doubt, confidence }: ReadField): boolean {
  return doubt !== null || confidence < ID_CARD_FIELD_LIMITS.number;
}
