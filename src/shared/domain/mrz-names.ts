import { MRZ_LAYOUTS, spanText } from './mrz-layout.ts';
import type { MachineReadableZone } from './machine-readable-zone.ts';
import { FILLER, withoutFillers } from './mrz-characters.ts';

/** The two parts of a name (Doc 9303 part 3, 4.6): before and after the first `<<`; single fillers are spaces. */
export function namesOf(field: string): { readonly surname: string; readonly givenNames: string } {
  const text = withoutFillers(field);
  const end = text.indexOf('<<');
  if (end < 0) return { surname: words(text), givenNames: '' };
  return { surname: words(text.slice(0, end)), givenNames: words(text.slice(end)) };
}

function words(text: string): string {
  return text.split(FILLER).filter(Boolean).join(' ');
}

/** Whether names may have been cut: a field that is full to its last column has no room for more. */
export function namesMayBeCut({ format, lines }: Pick<MachineReadableZone, 'format' | 'lines'>): boolean {
  return !spanText(lines, MRZ_LAYOUTS[format].names).endsWith(FILLER);
}

/**
 * The field of a name, filled to `columns`. Spaces and hyphens are fillers, apostrophes and commas are left out. Too
 * long a name loses the end of its given names, then of its surname, so that every part keeps a letter and the last
 * column is one (Doc 9303 part 3, 4.6.1).
 *
 * @param surname capital letters `A`–`Z`, spaces, hyphens and apostrophes, as are given names.
 */
export function namesField(surname: string, givenNames: string, columns: number): string {
  const [first, second] = [fieldWords(surname), fieldWords(givenNames)];
  const whole = second === '' ? first : `${first}<<${second}`;
  if (whole.length <= columns) return whole.padEnd(columns, FILLER);
  // At least one letter of the given names stays.
  const surnameColumns = second === '' ? columns : Math.min(first.length, columns - 3);
  const kept = withoutFillers(first.slice(0, surnameColumns));
  const cut = (second === '' ? kept : `${kept}<<${second}`).slice(0, columns);
  return withoutFillers(cut).padEnd(columns, FILLER);
}

function fieldWords(name: string): string {
  return name
    .replace(/[',.’]/g, '')
    .split(/[\s<-]+/)
    .filter(Boolean)
    .join(FILLER);
}
