import type { MrzFormat } from './machine-readable-zone.ts';
import { FILLER, mrzCheckDigit } from './mrz-characters.ts';
import { zoneDate } from './mrz-dates.ts';
import { MRZ_LAYOUTS, spanText, type MrzLayout, type MrzSpan } from './mrz-layout.ts';
import { namesField } from './mrz-names.ts';

/** What a zone is written from. Texts are capital letters and digits; names also spaces, hyphens and apostrophes. */
export interface ZoneContents {
  readonly format: MrzFormat;
  readonly documentCode: string;
  readonly issuingState: string;
  readonly surname: string;
  readonly givenNames: string;
  /** More than nine characters only on cards (TD1, TD2), where the rest goes to the optional data. */
  readonly documentNumber: string;
  readonly nationality: string;
  /** `YYYY-MM-DD`, or six characters as they are to stand there (unknown parts as fillers); null: unknown. */
  readonly birthDate: string | null;
  readonly sex: 'male' | 'female' | 'unstated';
  readonly expiryDate: string | null;
  readonly optionalData?: string;
  /** The second field of optional data; only TD1 has one. */
  readonly optionalDataLower?: string;
}

/** The lines of a zone with all its check digits. What is too long for its field is cut. */
export function buildZone(contents: ZoneContents): readonly string[] {
  const layout = MRZ_LAYOUTS[contents.format];
  const lines = Array.from({ length: layout.lines }, () => Array.from({ length: layout.columns }, () => FILLER));
  const put = ({ line, column, length }: MrzSpan, text: string): void => {
    for (let at = 0; at < Math.min(length, text.length); at++) lines[line]![column + at] = text[at]!;
  };
  const written = (): readonly string[] => lines.map((line) => line.join(''));
  put(layout.documentCode, contents.documentCode);
  put(layout.issuingState, contents.issuingState);
  put(layout.names, namesField(contents.surname, contents.givenNames, layout.names.length));
  put(layout.nationality, contents.nationality);
  put(layout.birthDate, dateText(contents.birthDate));
  put(layout.sex, contents.sex === 'male' ? 'M' : contents.sex === 'female' ? 'F' : FILLER);
  put(layout.expiryDate, dateText(contents.expiryDate));
  put(layout.documentNumber, contents.documentNumber.replace(/[ -]/g, FILLER));
  const more = continuation(contents.documentNumber, layout);
  put(layout.optionalData[0]!, `${more}${contents.optionalData ?? ''}`);
  if (layout.optionalData[1]) put(layout.optionalData[1], contents.optionalDataLower ?? '');
  for (const check of layout.checks) {
    if (check.field === 'documentNumber' && more !== '') continue;
    put(check.digit, mrzCheckDigit(check.over.map((part) => spanText(written(), part)).join(''))!);
  }
  return written();
}

/** What stands of a long number in the optional data: the rest, its check digit and a filler. */
function continuation(number: string, layout: MrzLayout): string {
  if (number.length <= layout.documentNumber.length || layout.format === 'TD3') return '';
  return number.slice(layout.documentNumber.length) + mrzCheckDigit(number)! + FILLER;
}

function dateText(date: string | null): string {
  return date !== null && date.length === 6 ? date : zoneDate(date);
}
