import { failure, type Failure } from '../reasons.ts';
import { err, type Result } from '../result.ts';
import { countryOf } from './countries.ts';
import type { CardKind, DocumentFields } from './document.ts';
import { parseIdentityNumber, type IdentityNumber } from './identity-number.ts';

/** What of a card its number can contradict. */
export type DisagreeingField = 'kind' | 'birthDate' | 'sex' | 'nationality' | 'passNumber' | 'formerNumber';

/**
 * Reads the number of a card and compares what it says with the card's other fields.
 *
 * Fails with `document.number-invalid`; `detail` is the number's own problem, or `disagrees with` and the field. What
 * the card or the number leaves open (a sex that isn't stated, countries that neither table knows) contradicts nothing.
 *
 * @param today `YYYY-MM-DD`; when given, a later birth date is refused.
 */
export function numberAgreesWith(
  kind: CardKind,
  fields: DocumentFields,
  today?: string,
): Result<IdentityNumber, Failure> {
  const parsed = parseIdentityNumber(fields.number, today);
  if (!parsed.ok) return parsed;
  const field = disagreeingField(kind, fields, parsed.value);
  return field === null ? parsed : err(failure('document.number-invalid', `disagrees with ${field}`));
}

function disagreeingField(kind: CardKind, fields: DocumentFields, number: IdentityNumber): DisagreeingField | null {
  if (number.kind !== kind) return 'kind';
  if (!bornAs(number, fields.birthDate)) return 'birthDate';
  const saysSex = fields.sex === 'male' || fields.sex === 'female';
  if (number.sex !== undefined && saysSex && number.sex !== fields.sex) return 'sex';
  if (!isNationalOf(number.nationality, fields.nationality)) return 'nationality';
  if (kind === 'hmt' && !isPassOf(number.region.code, fields.passNumber)) return 'passNumber';
  return isFormerOf(fields.formerNumber, fields.birthDate) ? null : 'formerNumber';
}

/** Numbers of 2017 hold two digits of the year. */
function bornAs(number: IdentityNumber, birthDate: string): boolean {
  if (number.birthDate !== undefined) return number.birthDate === birthDate;
  return number.text.slice(7, 13) === birthDate.slice(2).replaceAll('-', '');
}

/** The number's alpha-3 or numeric code against the card's alpha-3 one. */
function isNationalOf(inNumber: string | undefined, onCard: string | undefined): boolean {
  if (inNumber === undefined || onCard === undefined || inNumber === onCard) return true;
  const [ofNumber, ofCard] = [countryOf(inNumber), countryOf(onCard)];
  const isSameForm = inNumber.length === onCard.length && /^\D/.test(inNumber);
  return !isSameForm && ofNumber === ofCard;
}

/** Permits name the travel document: H and eight digits from Hong Kong, M from Macao, eight digits from Taiwan. */
function isPassOf(region: string, passNumber: string | undefined): boolean {
  if (passNumber === undefined) return true;
  const place = /^\d/.test(passNumber) ? '830000' : { H: '810000', M: '820000' }[passNumber[0] ?? ''];
  return place === region;
}

function isFormerOf(formerNumber: string | undefined, birthDate: string): boolean {
  if (formerNumber === undefined) return true;
  const former = parseIdentityNumber(formerNumber);
  return former.ok && former.value.kind === 'foreigner-2017' && bornAs(former.value, birthDate);
}
