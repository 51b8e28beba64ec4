import { FILLER, mrzCheckDigit, withoutFillers } from './mrz-characters.ts';
import { spanText, type MrzCheck, type MrzLayout } from './mrz-layout.ts';

/** Whether a check digit agrees with what it vouches for. */
export function checkAgrees(lines: readonly string[], layout: MrzLayout, check: MrzCheck): boolean {
  const digit = spanText(lines, check.digit);
  const text = check.over.map((part) => spanText(lines, part)).join('');
  if (check.field === 'documentNumber') {
    const long = longNumberOf(lines, layout);
    if (long) return long.agrees;
  }
  if (check.kind === 'digits' && !/^[\d<]*$/.test(text)) return false;
  const unused = withoutFillers(text) === '' && (check.field === 'optionalData' || check.kind === 'digits');
  return mrzCheckDigit(text) === digit || (unused && digit === FILLER);
}

/**
 * A document number of more than nine characters in a card's zone: a filler stands in place of its check digit, and
 * the number goes on in the optional data, with the check digit behind it, up to a filler (Doc 9303 part 5, 4.2.2.2,
 * note j; part 6 likewise). Null for a number that ends where numbers end.
 */
export function longNumberOf(
  lines: readonly string[],
  layout: MrzLayout,
): { readonly number: string; readonly rest: string; readonly agrees: boolean } | null {
  const continued = layout.optionalData[0]!;
  if (layout.format === 'TD3' || spanText(lines, layout.documentNumberCheck) !== FILLER) return null;
  const optional = spanText(lines, continued);
  const tail = optional.split(FILLER)[0]!;
  const first = spanText(lines, layout.documentNumber);
  if (tail === '') return null;
  const [more, digit] = [tail.slice(0, -1), tail.slice(-1)];
  // Some issuers weigh the filler too; the standard's own example comes out alike.
  const agrees = more !== '' && [first + more, `${first}<${more}`].some((text) => mrzCheckDigit(text) === digit);
  return { number: first + more, rest: optional.slice(tail.length), agrees };
}
