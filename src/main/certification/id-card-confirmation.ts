import { isCalendarDate } from '../../shared/domain/calendar-date.ts';
import {
  ID_CARD_BACK_FIELDS,
  ID_CARD_FRONT_FIELDS,
  type DocumentReading,
  type FieldCorrection,
  type FieldDoubt,
  type IdCardField,
  type ReadField,
} from '../../shared/domain/document-reading.ts';
import { DOCUMENT_WARNING_KINDS } from '../../shared/domain/document-warning.ts';
import { isPlausibleTerm, withPlausibleValidity } from '../../shared/domain/id-card-agreement.ts';
import { correctionOf } from '../../shared/domain/field-correction.ts';
import { parseIdentityNumber } from '../../shared/domain/identity-number.ts';
import { nameProblem } from '../../shared/domain/typed-identity.ts';
import type { ConfirmField, ConfirmProblem } from '../../shared/ipc/document-capture.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ReadIdentity } from './read-identity.ts';

export type FrontReading = Extract<DocumentReading, { page: 'id-card-front' }>;
export type BackReading = Extract<DocumentReading, { page: 'id-card-back' }>;
export type IdCardValues = Readonly<Partial<Record<IdCardField, string>>>;

/** Both sides of one card. */
export interface IdCardSides {
  readonly front: FrontReading;
  readonly back: BackReading;
}

/** A back that can't belong to the front is doubted: its validity isn't that of a card for somebody of that age. */
export function sidesOf(front: FrontReading, back: BackReading): IdCardSides {
  const { text, doubt } = front.fields.birthDate;
  return { front, back: { ...back, fields: withPlausibleValidity(back.fields, doubt === null ? text : null) } };
}

const FIELDS: readonly IdCardField[] = [...ID_CARD_FRONT_FIELDS, ...ID_CARD_BACK_FIELDS];

function fieldOf({ front, back }: IdCardSides, field: IdCardField): ReadField {
  return (ID_CARD_FRONT_FIELDS as readonly string[]).includes(field)
    ? front.fields[field as keyof FrontReading['fields']]
    : back.fields[field as keyof BackReading['fields']];
}

/** What the person is shown, in the order of the card. */
export function confirmFields(sides: IdCardSides): readonly ConfirmField[] {
  return FIELDS.map((field) => {
    const { text, doubt } = fieldOf(sides, field);
    return { field, text: text ?? '', doubt };
  });
}

/** Whether somebody has to look at what was read before it is used. */
export function needsConfirming(sides: IdCardSides): boolean {
  return FIELDS.some((field) => fieldOf(sides, field).doubt !== null);
}

/** What was read, as if it had been confirmed field by field. */
export function valuesAsRead(sides: IdCardSides): IdCardValues {
  return Object.fromEntries(FIELDS.map((field) => [field, fieldOf(sides, field).text ?? '']));
}

/**
 * The identity of a photographed card by what the person confirmed, or the first field that can't be right. A
 * confirmed card is still one that nothing vouches for.
 *
 * @param shown whether the fields were shown for confirmation; then doubtful and changed ones are recorded.
 * @param today local calendar day, `YYYY-MM-DD`.
 */
export function confirmedIdentity(
  sides: IdCardSides,
  given: IdCardValues,
  { shown, today }: { readonly shown: boolean; readonly today: string },
): Result<ReadIdentity, ConfirmProblem> {
  const values = { ...valuesAsRead(sides), ...given } as Record<IdCardField, string>;
  const number = values.number.toUpperCase().replaceAll(' ', '');
  const problem = firstProblem({ ...values, number }, today);
  if (problem) return err(problem);
  const parsed = parseIdentityNumber(number, today);
  if (!parsed.ok) return err({ field: 'number', doubt: 'check-digit' });
  const { front, back } = sides;
  const raised = new Set([...front.warnings, ...back.warnings].filter((each) => each.raised).map(({ kind }) => kind));
  return ok({
    source: 'photographed',
    kind: parsed.value.kind,
    name: values.name,
    number,
    subject: number,
    birthDate: values.birthDate,
    validFrom: values.validFrom,
    validTo: values.validTo,
    sidesDiffer: !isPlausibleTerm(values.validFrom, values.validTo, values.birthDate),
    portrait: front.portrait?.bytes ?? null,
    card: { fields: { ...values, number }, front: front.picture.bytes, back: back.picture.bytes },
    warnings: DOCUMENT_WARNING_KINDS.filter((kind) => raised.has(kind)),
    corrections: shown ? correctionsOf(sides, { ...values, number }) : [],
  });
}

function firstProblem(values: Readonly<Record<IdCardField, string>>, today: string): ConfirmProblem | null {
  const problem = (field: IdCardField, doubt: FieldDoubt): ConfirmProblem => ({ field, doubt });
  const empty = FIELDS.find((field) => values[field] === '' && field !== 'nation');
  if (empty) return problem(empty, 'not-found');
  if (nameProblem(values.name) !== null) return problem('name', 'form');
  if (values.sex !== 'male' && values.sex !== 'female') return problem('sex', 'form');
  if (!isCalendarDate(values.birthDate) || values.birthDate > today) return problem('birthDate', 'form');
  const number = parseIdentityNumber(values.number, today);
  if (!number.ok) return problem('number', 'check-digit');
  if (number.value.birthDate !== values.birthDate) return problem('birthDate', 'disagrees');
  if (number.value.sex !== undefined && number.value.sex !== values.sex) return problem('sex', 'disagrees');
  if (!isCalendarDate(values.validFrom)) return problem('validFrom', 'form');
  if (values.validTo !== 'long-term') {
    if (!isCalendarDate(values.validTo)) return problem('validTo', 'form');
    if (values.validTo <= values.validFrom) return problem('validTo', 'disagrees');
  }
  return null;
}

/** Every field that was doubtful or was changed, without its value. */
function correctionsOf(sides: IdCardSides, values: Readonly<Record<IdCardField, string>>): readonly FieldCorrection[] {
  return FIELDS.flatMap((field) => correctionOf(field, fieldOf(sides, field), values[field], 'person') ?? []);
}
