import { ageInYears } from './calendar-date.ts';
import type { DocumentFields } from './document.ts';
import type {
  FieldDoubt,
  IdCardBackField,
  IdCardField,
  IdCardFrontField,
  ReadField,
  ReadFields,
} from './document-reading.ts';
import { readIdentityNumber } from './identity-number.ts';

/**
 * Checks the number of a front against the birth date and the sex that are printed beside it. Fields that contradict
 * each other are given the doubt `disagrees`, unless one of them was unclear: then the other one is believed. A birth
 * date or a sex that wasn't clear, but says what a sure number says, is sure as well.
 */
export function withAgreement(fields: ReadFields<IdCardFrontField>): ReadFields<IdCardFrontField> {
  const { number } = fields;
  const read = readIdentityNumber(number.text ?? '');
  if (!read.ok) return fields;
  const birthDate = compared(fields.birthDate, read.value.birthDate, number);
  const sex = compared(fields.sex, read.value.sex, number);
  const contradicted = [birthDate, sex].some(({ doubt }) => doubt === 'disagrees');
  return { ...fields, birthDate, sex, number: contradicted ? doubted(number, 'disagrees') : number };
}

function compared(field: ReadField, byNumber: string | undefined, number: ReadField): ReadField {
  if (byNumber === undefined || field.text === null || number.doubt !== null) return field;
  if (field.text === byNumber) return field.doubt === 'unclear' ? { ...field, doubt: null } : field;
  return doubted(field, 'disagrees');
}

/** What is wrong with a field already is said before that it disagrees. */
function doubted(field: ReadField, doubt: FieldDoubt): ReadField {
  return field.doubt === null ? { ...field, doubt } : field;
}

/**
 * How long cards are valid by the holder's age at their issue (Law on resident identity cards, article 5): under 16
 * five years, to 25 ten, to 45 twenty, from 46 on without end.
 */
const TERMS = [
  { under: 16, years: 5 },
  { under: 26, years: 10 },
  { under: 46, years: 20 },
] as const;
/** Between the application and the issue, or the issue and the printed day, a birthday may lie. */
const AGE_SLACK_YEARS = 1;
/** Temporary cards: three months (Measures for temporary resident identity cards, article 4). */
const TEMPORARY_DAYS = 100;
const DAY_MS = 86_400_000;

/**
 * Checks the validity of a back: its end after its beginning, five, ten or twenty years to the day, and the length that
 * belongs to the holder's age. Dates that contradict that are given the doubt `disagrees`.
 *
 * @param birthDate `YYYY-MM-DD` from the front; null when it isn't known.
 */
export function withPlausibleValidity(
  fields: ReadFields<IdCardBackField>,
  birthDate: string | null,
): ReadFields<IdCardBackField> {
  const { validFrom, validTo } = fields;
  if (isDoubted(validFrom) || isDoubted(validTo)) return fields;
  if (isPlausibleTerm(validFrom.text!, validTo.text!, birthDate)) return fields;
  return { ...fields, validFrom: doubted(validFrom, 'disagrees'), validTo: doubted(validTo, 'disagrees') };
}

function isDoubted({ text, doubt }: ReadField): boolean {
  return text === null || doubt !== null;
}

/** Whether a card of somebody born on `birthDate` can be valid from one day to the other, or `long-term`. */
export function isPlausibleTerm(from: string, to: string, birthDate: string | null): boolean {
  const years = to === 'long-term' ? Infinity : yearsBetween(from, to);
  if (years === null) return isTemporaryTerm(from, to);
  if (years !== Infinity && !TERMS.some((term) => term.years === years)) return false;
  if (birthDate === null) return true;
  const age = ageInYears(birthDate, from);
  const possible = (at: number): number => TERMS.find(({ under }) => at < under)?.years ?? Infinity;
  return age >= 0 && [age - AGE_SLACK_YEARS, age, age + AGE_SLACK_YEARS].some((at) => possible(at) === years);
}

/** Whole years when both days have the same date; 29 February also ends on the days beside it. */
function yearsBetween(from: string, to: string): number | null {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  const [begins, ends] = [from.slice(5), to.slice(5)];
  const same = begins === ends || (begins === '02-29' && (ends === '02-28' || ends === '03-01'));
  return years > 0 && same ? years : null;
}

function isTemporaryTerm(from: string, to: string): boolean {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
  return days > 0 && days <= TEMPORARY_DAYS;
}

/** Fields that both a card's print and its chip have. */
const ON_CHIP = [
  'name',
  'sex',
  'nation',
  'birthDate',
  'address',
  'number',
  'issuer',
  'validFrom',
  'validTo',
] as const satisfies readonly IdCardField[];

/**
 * The fields whose print says something else than the chip. Unclear fields are left out, because they may only have
 * been misread; an address may be the one that was written to the chip after the issue.
 */
export function differencesFromChip(
  printed: Partial<ReadFields<IdCardField>>,
  chip: DocumentFields,
): readonly IdCardField[] {
  return ON_CHIP.filter((name) => {
    const field = printed[name];
    if (!field || field.text === null || (field.doubt !== null && field.doubt !== 'disagrees')) return false;
    const onChip = name === 'address' ? [chip.address, chip.appendedAddress] : [chip[name]];
    const known = onChip.filter((text) => text !== undefined);
    return known.length > 0 && known.every((text) => bare(text) !== bare(field.text!));
  });
}

function bare(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
}

/** Gives fields the doubt `disagrees`, those that have another doubt already aside. */
export function withDifferences<F extends string>(fields: ReadFields<F>, differing: readonly string[]): ReadFields<F> {
  const entries = Object.entries<ReadField>(fields).map(([name, field]) => [
    name,
    differing.includes(name) ? doubted(field, 'disagrees') : field,
  ]);
  return Object.fromEntries(entries) as ReadFields<F>;
}
