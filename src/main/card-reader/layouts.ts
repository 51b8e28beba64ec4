import { documentFieldsSchema, type CardKind, type DocumentFields } from '../../shared/domain/document.ts';
import { formerForeignerNumber } from '../../shared/domain/identity-number.ts';
import { isCalendarDate } from '../../shared/domain/calendar-date.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { TEXT_BLOCK_BYTES } from './base-reply.ts';
import { APPENDED_ADDRESS_BYTES } from './commands.ts';
import {
  FLAGS,
  FOREIGNER_2017,
  FOREIGNER_2023,
  HMT,
  KIND_FLAG,
  LONG_TERM,
  RESIDENT,
  SEX_CODES,
  type Span,
} from './layout-fields.ts';
import { nationName } from './nations.ts';

export interface CardText {
  readonly kind: CardKind;
  readonly fields: DocumentFields;
}

/**
 * Reads the 256-byte text block of any of the four card kinds.
 *
 * Fails with `card.unknown-kind` for a type flag outside the four, and with `card.malformed` (naming the field, never
 * its value) for a missing name or number, a sex outside GB/T 2261.1, a date that isn't one, which is how readers report
 * fields that they could not read (all zeros), or text that isn't whole: half a surrogate pair, a control character, or
 * one of U+FFFD to U+FFFF. Half a character can't be shown, stored or compared, so its field counts as unreadable.
 * Whether the number is valid is not judged here, and reserved places are not looked at.
 */
export function parseTextBlock(block: Uint8Array): Result<CardText, Failure> {
  if (block.length !== TEXT_BLOCK_BYTES) return err(failure('card.malformed', `text block of ${block.length} bytes`));
  const text = Buffer.from(block.buffer, block.byteOffset, block.length).toString('utf16le');
  const flag = at(text, KIND_FLAG);
  const kind = (Object.keys(FLAGS) as CardKind[]).find((each) => FLAGS[each] === flag);
  if (kind === undefined) return err(failure('card.unknown-kind', `type flag U+${codeOf(flag)}`));
  const raw = RAW_FIELDS[kind](text);
  const given = Object.fromEntries(
    Object.entries(raw)
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([field, value]) => [field, isBroken(value) ? null : value]),
  );
  const parsed = documentFieldsSchema.safeParse(given);
  if (parsed.success) return ok({ kind, fields: parsed.data });
  const fields = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
  return err(failure('card.malformed', `unreadable: ${fields.join(', ')}`));
}

/**
 * Reads the 70 bytes of an appended address; null when they are blank. Fails with `card.malformed` for another length
 * and for text that isn't whole.
 */
export function parseAppendedAddress(block: Uint8Array): Result<string | null, Failure> {
  if (block.length !== APPENDED_ADDRESS_BYTES) {
    return err(failure('card.malformed', `appended address of ${block.length} bytes`));
  }
  const text = trim(Buffer.from(block.buffer, block.byteOffset, block.length).toString('utf16le'));
  if (text === '') return ok(null);
  return BROKEN_TEXT.test(text) ? err(failure('card.malformed', 'unreadable: appendedAddress')) : ok(text);
}

/** A lone surrogate, a control character, a character that stands for a lost one, or none at all. */
const BROKEN_TEXT = /[\p{Cs}\p{Cc}\ufffd-\uffff]/u;

type RawFields = Partial<Record<keyof DocumentFields, string | number | undefined>>;

const RAW_FIELDS: Record<CardKind, (text: string) => RawFields> = {
  resident: (text) => ({
    ...shared(text, RESIDENT),
    name: trimmed(text, RESIDENT.name),
    nation: nation(trimmed(text, RESIDENT.nation)),
    address: trimmed(text, RESIDENT.address),
    issuer: trimmed(text, RESIDENT.issuer),
  }),
  hmt: (text) => ({
    ...shared(text, HMT),
    name: trimmed(text, HMT.name),
    address: trimmed(text, HMT.address),
    issuer: trimmed(text, HMT.issuer),
    passNumber: trimmed(text, HMT.passNumber),
    issueCount: count(trimmed(text, HMT.issueCount)),
  }),
  'foreigner-2017': (text) => ({
    ...shared(text, FOREIGNER_2017),
    ...bothNames(trimmed(text, FOREIGNER_2017.name), trimmed(text, FOREIGNER_2017.englishName)),
    nationality: trimmed(text, FOREIGNER_2017.nationality),
    issuer: trimmed(text, FOREIGNER_2017.issuer),
  }),
  'foreigner-2023': (text) => {
    const nationality = trimmed(text, FOREIGNER_2023.nationality);
    // Joined before trimming: the 35th character may be the space between two names.
    const english = trim(at(text, FOREIGNER_2023.englishNameStart) + at(text, FOREIGNER_2023.englishNameEnd));
    const number = trimmed(text, FOREIGNER_2023.number);
    return {
      ...shared(text, FOREIGNER_2023),
      ...bothNames(trimmed(text, FOREIGNER_2023.name), english),
      nationality,
      issueCount: count(trimmed(text, FOREIGNER_2023.issueCount)),
      formerNumber: formerForeignerNumber(nationality, number, trimmed(text, FOREIGNER_2023.formerNumberLink)),
    };
  },
};

function isBroken(value: string | number | undefined): boolean {
  return typeof value === 'string' && BROKEN_TEXT.test(value);
}

type SharedSpans = Readonly<Record<'sex' | 'birthDate' | 'number' | 'validFrom' | 'validTo', Span>>;

function shared(text: string, spans: SharedSpans): RawFields {
  const validTo = trimmed(text, spans.validTo);
  return {
    sex: sex(at(text, spans.sex)),
    birthDate: date(trimmed(text, spans.birthDate)),
    number: trimmed(text, spans.number),
    validFrom: date(trimmed(text, spans.validFrom)),
    validTo: validTo === LONG_TERM ? 'long-term' : date(validTo),
  };
}

/** Foreigners may have no Chinese name on the card; then the English one is the name. */
function bothNames(chinese: string, english: string): RawFields {
  return { name: chinese === '' ? english : chinese, englishName: english };
}

function at(text: string, [offset, bytes]: Span): string {
  return text.slice(offset / 2, (offset + bytes) / 2);
}

function trimmed(text: string, span: Span): string {
  return trim(at(text, span));
}

/** Padding is U+0020, or U+0000 on some modules; other white space belongs to the text. */
function trim(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isPadding(text.charCodeAt(from))) from++;
  while (to > from && isPadding(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

function isPadding(unit: number): boolean {
  return unit === 0x20 || unit === 0;
}

function sex(code: string): string | undefined {
  return Object.entries(SEX_CODES).find(([, each]) => each === code)?.[0];
}

function nation(code: string): string | undefined {
  return code === '' ? undefined : nationName(code);
}

/** `YYYYMMDD` → `YYYY-MM-DD`; undefined when it isn't a day of the calendar. */
function date(digits: string): string | undefined {
  if (!/^\d{8}$/.test(digits)) return undefined;
  const iso = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  return isCalendarDate(iso) ? iso : undefined;
}

/** NaN, which the schema refuses, for text that isn't digits. */
function count(digits: string): number | undefined {
  if (digits === '') return undefined;
  return /^\d+$/.test(digits) ? Number(digits) : NaN;
}

function codeOf(flag: string): string {
  return flag.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}
