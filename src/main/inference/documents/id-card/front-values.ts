import { isCalendarDate } from '../../../../shared/domain/calendar-date.ts';
import type { ReadField } from '../../../../shared/domain/document-reading.ts';
import { NATION_NAMES } from '../../../../shared/domain/nations.ts';
import { LOOK_ALIKES } from './field-limits.ts';
import { listedReading } from './listed-reading.ts';
import { inReadingOrder, textOf, type PlacedCharacter, type PlacedLine } from './placed-text.ts';
import { fieldOf } from './read-field.ts';

/** The dot between the parts of a name has many shapes in dictionaries; cards print this one (U+00B7). */
const NAME_DOT = '·';
const NAME_DOTS = /^[·•‧・.．∙⋅●。]$/;
const SEXES: Readonly<Record<string, string>> = { 男: 'male', 女: 'female' };
/** What stands in a name: Chinese characters of any plane, and the dot. */
const NAME = /^[\p{Script=Han}〇]+(?:·[\p{Script=Han}〇]+)*$/u;

/**
 * The name with every kind of dot as `·` (U+00B7). `form` unless it is two or more Chinese characters, with dots inside
 * only; `unclear` with one of `LOOK_ALIKES`.
 */
export function nameField(lines: readonly PlacedLine[]): ReadField {
  const characters = inReadingOrder(lines).map((character) =>
    NAME_DOTS.test(character.text) ? { ...character, text: NAME_DOT } : character,
  );
  const text = textOf(characters);
  const field = fieldOf('name', characters, text, NAME.test(text) && [...text].length >= 2 ? null : 'form');
  const looksAlike = [...text].some((one) => LOOK_ALIKES.includes(one));
  return looksAlike && field.doubt === null ? { ...field, doubt: 'unclear' } : field;
}

/**
 * `male` or `female`, by the first character that can be read as 男 or 女; else the text as it was read, and
 * `not-listed`.
 */
export function sexField(characters: PlacedLine): ReadField {
  const first = characters.find((character) => listedReading([character], Object.keys(SEXES)));
  const listed = first && listedReading([first], Object.keys(SEXES));
  return listed
    ? fieldOf('sex', listed, SEXES[textOf(listed)]!)
    : fieldOf('sex', characters, textOf(characters), 'not-listed');
}

/** The one character of nations that the recogniser can't say (仫佬), and what it says instead. */
const UNSAYABLE = { wanted: '仫', saidAs: ['么', '仏', '公', '仕'], before: '佬' } as const;

/** The nation's name of GB/T 3304, without a 族 behind it; else the text as it was read, and `not-listed`. */
export function nationField(characters: PlacedLine): ReadField {
  const named = (characters.at(-1)?.text === '族' ? characters.slice(0, -1) : characters).map((character, i, all) =>
    (UNSAYABLE.saidAs as readonly string[]).includes(character.text) && all[i + 1]?.text === UNSAYABLE.before
      ? { ...character, text: UNSAYABLE.wanted }
      : character,
  );
  const listed = listedReading(named, NATION_NAMES);
  return fieldOf('nation', listed ?? named, textOf(listed ?? named), listed ? null : 'not-listed');
}

/** What a birth date is read with: its digits and their captions. */
export const DATE_ALPHABET = '0123456789年月日';

/** @param today a later day is none of a birth. */
export function birthDateField(lines: readonly PlacedLine[], today: string): ReadField {
  const characters = inReadingOrder(lines);
  const text = textOf(characters);
  const match = /^((?:19|20)\d{2})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?$/.exec(text);
  if (!match) return fieldOf('birthDate', characters, text, 'form');
  const digits = characters.filter((character) => /\d/.test(character.text));
  const date = `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}`;
  return fieldOf('birthDate', digits, date, isCalendarDate(date) && date <= today ? null : 'form');
}

/** No address is shorter. */
const SHORTEST_ADDRESS = 5;

/**
 * The lines as one text, digits, letters and dashes of ordinary width. `form` when it is shorter than five characters.
 */
export function addressField(lines: readonly PlacedLine[]): ReadField {
  const characters = inReadingOrder(lines).map(halfWide);
  const text = textOf(characters);
  return fieldOf('address', characters, text, [...text].length >= SHORTEST_ADDRESS ? null : 'form');
}

/** Dashes that print alike: of full width, of two lengths, the hyphen, the minus. */
const DASHES = /^[－—–‐−]$/;

/** Digits, letters and dashes of full width as ordinary ones: an address has one form, whichever was printed. */
export function halfWide(character: PlacedCharacter): PlacedCharacter {
  if (DASHES.test(character.text)) return { ...character, text: '-' };
  return /[０-９Ａ-Ｚａ-ｚ]/.test(character.text)
    ? { ...character, text: character.text.normalize('NFKC') }
    : character;
}
