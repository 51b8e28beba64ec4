import { isCalendarDate } from '../../shared/domain/calendar-date.ts';
import { parseBankCardNumber } from '../../shared/domain/bank-card.ts';
import {
  BANK_CARD_FIELDS,
  ID_CARD_BACK_FIELDS,
  ID_CARD_FRONT_FIELDS,
  type BankCardField,
  type DocumentReading,
  type FieldCorrection,
  type IdCardField,
  type ReadField,
} from '../../shared/domain/document-reading.ts';
import { correctionOf } from '../../shared/domain/field-correction.ts';
import { parseIdentityNumber } from '../../shared/domain/identity-number.ts';
import { nameProblem } from '../../shared/domain/typed-identity.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** The names of a page's fields, in the order of the document. A zone has none: it is right as a whole or not. */
export function fieldsOfPage(page: DocumentReading['page']): readonly (IdCardField | BankCardField)[] {
  switch (page) {
    case 'id-card-front':
      return ID_CARD_FRONT_FIELDS;
    case 'id-card-back':
      return ID_CARD_BACK_FIELDS;
    case 'bank-card':
      return BANK_CARD_FIELDS;
    case 'travel-document':
      return [];
  }
}

/** What a clerk says a field is, or which field can't be so: `request.invalid` naming the field, never its value. */
export function clerkCorrections(
  reading: DocumentReading,
  values: Readonly<Record<string, string>>,
  today: string,
): Result<readonly FieldCorrection[], Failure> {
  if (reading.page === 'travel-document') return ok([]);
  const fields: Readonly<Record<string, ReadField>> = reading.fields;
  const corrections: FieldCorrection[] = [];
  for (const name of fieldsOfPage(reading.page)) {
    const field = fields[name]!;
    const value = (values[name] ?? field.text ?? '').trim();
    if (!canBe(reading.page, name, value, today)) return err(failure('request.invalid', name));
    const correction = correctionOf(name, field, value, 'clerk');
    if (correction) corrections.push(correction);
  }
  return ok(corrections);
}

const OPTIONAL = new Set<string>(['nation', 'expiry', 'holder']);

function canBe(page: DocumentReading['page'], field: string, value: string, today: string): boolean {
  if (value === '') return OPTIONAL.has(field);
  switch (field) {
    case 'name':
      return nameProblem(value) === null;
    case 'sex':
      return value === 'male' || value === 'female';
    case 'number':
      return page === 'bank-card' ? parseBankCardNumber(value).ok : parseIdentityNumber(value, today).ok;
    case 'birthDate':
    case 'validFrom':
      return isCalendarDate(value);
    case 'validTo':
      return value === 'long-term' || isCalendarDate(value);
    case 'expiry':
      return /^\d{4}-(0[1-9]|1[0-2])$/.test(value);
    default:
      return true;
  }
}
