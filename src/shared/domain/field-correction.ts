import type { FieldCorrection, ReadField } from './document-reading.ts';
import { editDistance } from './edit-distance.ts';

/**
 * What somebody did to a field that was read, without its value; null when it was sure and stayed as it was.
 *
 * @param value as they left it.
 */
export function correctionOf(
  field: FieldCorrection['field'],
  { text, doubt, confidence }: ReadField,
  value: string,
  by: FieldCorrection['by'],
): FieldCorrection | null {
  const charactersChanged = editDistance(text ?? '', value);
  if (charactersChanged === 0 && doubt === null) return null;
  return { field, by, action: charactersChanged === 0 ? 'confirmed' : 'changed', doubt, confidence, charactersChanged };
}
