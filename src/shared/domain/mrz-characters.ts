/** What a machine-readable zone is written in (Doc 9303 part 3, 4.3). `<` is the filler. */
export const MRZ_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<';
export const FILLER = '<';

const WEIGHTS = [7, 3, 1] as const;

/**
 * The check digit of a part of a zone: digits count as themselves, `A`–`Z` as 10–35, fillers as 0, weighted 7, 3, 1,
 * modulo 10 (Doc 9303 part 3, 4.9). Null when a character is none of a zone.
 */
export function mrzCheckDigit(text: string): string | null {
  let sum = 0;
  for (let at = 0; at < text.length; at++) {
    const value = valueOf(text[at]!);
    if (value === null) return null;
    sum += value * WEIGHTS[at % 3]!;
  }
  return String(sum % 10);
}

function valueOf(character: string): number | null {
  if (character === FILLER) return 0;
  const value = MRZ_ALPHABET.indexOf(character);
  return value < 0 ? null : value;
}

/** Without the fillers at the end. */
export function withoutFillers(text: string): string {
  return text.replace(/<+$/, '');
}
