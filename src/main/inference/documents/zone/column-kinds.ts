import type { MrzFormat } from '../../../../shared/domain/machine-readable-zone.ts';
import { MRZ_ALPHABET } from '../../../../shared/domain/mrz-characters.ts';
import { MRZ_LAYOUTS, type MrzSpan } from '../../../../shared/domain/mrz-layout.ts';

const DIGITS = new Set('0123456789<');
const LETTERS = new Set('ABCDEFGHIJKLMNOPQRSTUVWXYZ<');
const SEXES = new Set('MFX<');
const ALL = new Set(MRZ_ALPHABET);

/** Shapes that a letter and a digit share: which of the two it is, the column says. */
export const TWINS: ReadonlyMap<string, string> = new Map(
  ['O0', 'I1', 'Z2', 'S5', 'B8', 'G6'].flatMap(([a, b]) => [
    [a!, b!],
    [b!, a!],
  ]),
);

/** Which characters can stand in a column (from 0) of a line (from 0). */
export function allowedAt(format: MrzFormat, line: number, column: number): ReadonlySet<string> {
  const layout = MRZ_LAYOUTS[format];
  const within = (span: MrzSpan): boolean => isWithin(span, line, column);
  if (within(layout.sex)) return SEXES;
  if ([layout.names, layout.nationality, layout.issuingState].some(within)) return LETTERS;
  if (within(layout.documentCode)) return column === 0 ? LETTERS : ALL;
  if ([layout.birthDate, layout.expiryDate].some(within)) return DIGITS;
  return layout.checks.some((check) => within(check.digit)) ? DIGITS : ALL;
}

/** Whether a check digit vouches for what stands in a column (both from 0), or it is a check digit itself. */
export function isChecked(format: MrzFormat, line: number, column: number): boolean {
  return MRZ_LAYOUTS[format].checks.some(({ over, digit }) =>
    [...over, digit].some((span) => isWithin(span, line, column)),
  );
}

function isWithin(span: MrzSpan, line: number, column: number): boolean {
  return span.line === line && column >= span.column && column < span.column + span.length;
}
