import type { FieldDoubt, IdCardField, ReadField } from '../../../../shared/domain/document-reading.ts';
import { boxAround, leastConfidence, type PlacedLine } from './placed-text.ts';
import { ID_CARD_FIELD_LIMITS } from './field-limits.ts';

export const NOT_FOUND: ReadField = { text: null, confidence: 0, doubt: 'not-found', box: null };

/**
 * A field of these characters. What is wrong with its content goes before how clear it is.
 *
 * @param wrong what is wrong with the text; null when it is as such a field should be.
 */
export function fieldOf(
  field: IdCardField,
  characters: PlacedLine,
  text: string,
  wrong: FieldDoubt | null = null,
): ReadField {
  if (characters.length === 0 || text === '') return NOT_FOUND;
  const confidence = leastConfidence(characters);
  const unclear = confidence < ID_CARD_FIELD_LIMITS[field];
  return { text, confidence, doubt: wrong ?? (unclear ? 'unclear' : null), box: boxAround(characters) };
}

const WORST_FIRST: readonly (FieldDoubt | null)[] = [
  'not-found',
  'form',
  'not-listed',
  'check-digit',
  'disagrees',
  'unclear',
  null,
];

/** Of two readings of the same place the one with the lesser doubt, of equals the more confident one. */
export function better(first: ReadField, second: ReadField): ReadField {
  const rank = ({ doubt }: ReadField): number => WORST_FIRST.indexOf(doubt);
  if (rank(first) !== rank(second)) return rank(first) > rank(second) ? first : second;
  return second.confidence > first.confidence ? second : first;
}
