import { countryOf } from '../../../shared/domain/countries.ts';
import { documentFieldsSchema, type CardKind } from '../../../shared/domain/document.ts';
import { formerForeignerNumber } from '../../../shared/domain/identity-number.ts';
import { numberAgreesWith } from '../../../shared/domain/number-agreement.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { CardText } from '../layouts.ts';
import { calendarDay, countFrom, lastDay, nationFrom, nationalityFrom, sexFrom, trimmed } from './card-values.ts';

/** A card in a service's own words, with one name for each field. Absent is what the dialect has no field for. */
export interface ServiceCardText {
  /** Null when the service named a kind that is none of the four, or gave a number from which none follows. */
  readonly kind: CardKind | null;
  readonly name: string;
  readonly englishName?: string;
  readonly sex: string;
  /** Nation of residents, nationality of foreigners. */
  readonly nation: string;
  readonly birthDate: string;
  readonly address: string;
  readonly number: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly passNumber?: string;
  readonly issueCount?: string;
  /** The three characters that lead from a 2023 number to the former one. */
  readonly formerNumberLink?: string;
}

/**
 * Turns a service's text into a card, as strictly as the chip's own layout is read.
 *
 * Fails with `card.unknown-kind`, or with `card.malformed` (naming the field, never its value) for a missing name or
 * number, a date that isn't one, and where kind or birth date contradict the number: a service that keeps parts of the
 * card before could mix two people. Whether the number is valid is not judged here.
 */
export function cardTextFrom(given: ServiceCardText): Result<CardText, Failure> {
  const { kind } = given;
  if (kind === null) return err(failure('card.unknown-kind', 'kind named by the service'));
  const number = trimmed(given.number).toUpperCase();
  const raw = {
    ...names(kind, trimmed(given.name), trimmed(given.englishName ?? '')),
    sex: sexFrom(trimmed(given.sex)),
    birthDate: calendarDay(trimmed(given.birthDate)),
    address: trimmed(given.address),
    number,
    issuer: trimmed(given.issuer),
    validFrom: calendarDay(trimmed(given.validFrom)),
    validTo: lastDay(trimmed(given.validTo)),
    ...ofKind(kind, number, given),
  };
  const present = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = documentFieldsSchema.safeParse(present);
  if (!parsed.success) {
    const fields = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
    return err(failure('card.malformed', `unreadable: ${fields.join(', ')}`));
  }
  const contradicted = contradiction({ kind, fields: parsed.data });
  if (contradicted !== null) return err(failure('card.malformed', `contradicts the number: ${contradicted}`));
  return ok({ kind, fields: parsed.data });
}

function names(kind: CardKind, name: string, englishName: string) {
  if (kind === 'resident' || kind === 'hmt') return { name };
  // Foreigners may have no Chinese name on the card, and some services have only one field for both.
  const english = englishName === '' && /^[ -~]+$/.test(name) ? name : englishName;
  return { name: name === '' ? english : name, englishName: english };
}

function ofKind(kind: CardKind, number: string, given: ServiceCardText) {
  const nation = trimmed(given.nation);
  switch (kind) {
    case 'resident':
      return { nation: nationFrom(nation) };
    case 'hmt': {
      const passNumber = trimmed(given.passNumber ?? '');
      // Where a card has none, services print zeros.
      return {
        passNumber: /^0*$/.test(passNumber) ? undefined : passNumber,
        issueCount: countFrom(trimmed(given.issueCount ?? '')),
      };
    }
    case 'foreigner-2017':
      return { nationality: nationality(nation, number) };
    case 'foreigner-2023': {
      const of = nationality(nation, number);
      const link = trimmed(given.formerNumberLink ?? '');
      return {
        nationality: of,
        issueCount: countFrom(trimmed(given.issueCount ?? '')),
        // 000 is what a service prints for a card without former number; as a link it would invent one.
        formerNumber: /^0*$/.test(link)
          ? undefined
          : formerForeignerNumber(typeof of === 'string' ? of : '', number, link),
      };
    }
  }
}

/** From the text or, where its words have no code, from the number. NaN, which the schema refuses, when neither tells. */
function nationality(text: string, number: string): string | number | undefined {
  const inNumber = /^([A-Z]{3})\d{12}$/.exec(number)?.[1] ?? /^9\d{2}(\d{3})/.exec(number)?.[1];
  const code =
    nationalityFrom(text) ?? (inNumber === undefined ? undefined : (countryOf(inNumber)?.alpha3 ?? inNumber));
  if (code === undefined || /^\d/.test(code)) return text === '' ? undefined : NaN;
  return code;
}

/** Of what a valid number can contradict, only that which tells two cards from each other. */
function contradiction({ kind, fields }: CardText): string | null {
  const agreed = numberAgreesWith(kind, fields);
  if (agreed.ok) return null;
  return /^disagrees with (kind|birthDate)$/.exec(agreed.error.detail ?? '')?.[1] ?? null;
}
