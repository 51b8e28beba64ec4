import type { CheckMaterials } from '../../../shared/domain/verification.ts';

/** What may be a number of a person, a card or a telephone. */
const LONG_NUMBERS = /\d{6,}[\dXx]?/g;
const LONGEST_MESSAGE = 500;

/** A vendor's message without what it may repeat of the person: the name, and every long number. */
export function withoutPersonalData(message: string, { identity }: Pick<CheckMaterials, 'identity'>): string {
  const nameless = identity ? message.replaceAll(identity.name, '*') : message;
  return nameless.replace(LONG_NUMBERS, '*').slice(0, LONGEST_MESSAGE);
}
