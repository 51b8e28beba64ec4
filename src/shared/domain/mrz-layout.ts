import type { MrzCheckedField, MrzFormat } from './machine-readable-zone.ts';

/** Some characters of one line: zero-based line, column and length. */
export interface MrzSpan {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** A check digit and what it vouches for, in the order in which the parts are weighted. */
export interface MrzCheck {
  readonly field: MrzCheckedField;
  readonly over: readonly MrzSpan[];
  readonly digit: MrzSpan;
  /** The characters that can stand in the parts: only digits (and fillers), or letters too. */
  readonly kind: 'digits' | 'mixed';
}

/** Where the fields of a format stand. */
export interface MrzLayout {
  readonly format: MrzFormat;
  readonly lines: number;
  readonly columns: number;
  readonly documentCode: MrzSpan;
  readonly issuingState: MrzSpan;
  readonly names: MrzSpan;
  readonly documentNumber: MrzSpan;
  readonly documentNumberCheck: MrzSpan;
  readonly nationality: MrzSpan;
  readonly birthDate: MrzSpan;
  readonly sex: MrzSpan;
  readonly expiryDate: MrzSpan;
  /** In the order in which the optional data are read; the first continues numbers of more than nine characters. */
  readonly optionalData: readonly MrzSpan[];
  /** Check digits, the composite last. */
  readonly checks: readonly MrzCheck[];
}

/** Of the 1-based columns as Doc 9303 gives them, both included. */
function span(line: number, first: number, last = first): MrzSpan {
  return { line: line - 1, column: first - 1, length: last - first + 1 };
}

function check(field: MrzCheckedField, kind: MrzCheck['kind'], over: readonly MrzSpan[], digit: MrzSpan): MrzCheck {
  return { field, kind, over, digit };
}

/** Doc 9303 part 5, 4.2.2.2. */
const TD1: MrzLayout = {
  format: 'TD1',
  lines: 3,
  columns: 30,
  documentCode: span(1, 1, 2),
  issuingState: span(1, 3, 5),
  documentNumber: span(1, 6, 14),
  documentNumberCheck: span(1, 15),
  birthDate: span(2, 1, 6),
  sex: span(2, 8),
  expiryDate: span(2, 9, 14),
  nationality: span(2, 16, 18),
  names: span(3, 1, 30),
  optionalData: [span(1, 16, 30), span(2, 19, 29)],
  checks: [
    check('documentNumber', 'mixed', [span(1, 6, 14)], span(1, 15)),
    check('birthDate', 'digits', [span(2, 1, 6)], span(2, 7)),
    check('expiryDate', 'digits', [span(2, 9, 14)], span(2, 15)),
    check('composite', 'mixed', [span(1, 6, 30), span(2, 1, 7), span(2, 9, 15), span(2, 19, 29)], span(2, 30)),
  ],
};

/** The second lines of TD2 and TD3 begin alike. */
const SECOND_LINE = {
  documentCode: span(1, 1, 2),
  issuingState: span(1, 3, 5),
  documentNumber: span(2, 1, 9),
  documentNumberCheck: span(2, 10),
  nationality: span(2, 11, 13),
  birthDate: span(2, 14, 19),
  sex: span(2, 21),
  expiryDate: span(2, 22, 27),
} as const;
const SECOND_LINE_CHECKS: readonly MrzCheck[] = [
  check('documentNumber', 'mixed', [span(2, 1, 9)], span(2, 10)),
  check('birthDate', 'digits', [span(2, 14, 19)], span(2, 20)),
  check('expiryDate', 'digits', [span(2, 22, 27)], span(2, 28)),
];

/** Doc 9303 part 6, 4.2.2.2. */
const TD2: MrzLayout = {
  format: 'TD2',
  lines: 2,
  columns: 36,
  ...SECOND_LINE,
  names: span(1, 6, 36),
  optionalData: [span(2, 29, 35)],
  checks: [
    ...SECOND_LINE_CHECKS,
    check('composite', 'mixed', [span(2, 1, 10), span(2, 14, 20), span(2, 22, 35)], span(2, 36)),
  ],
};

/** Doc 9303 part 4, 4.2.2.2. */
const TD3: MrzLayout = {
  format: 'TD3',
  lines: 2,
  columns: 44,
  ...SECOND_LINE,
  names: span(1, 6, 44),
  optionalData: [span(2, 29, 42)],
  checks: [
    ...SECOND_LINE_CHECKS,
    check('optionalData', 'mixed', [span(2, 29, 42)], span(2, 43)),
    check('composite', 'mixed', [span(2, 1, 10), span(2, 14, 20), span(2, 22, 43)], span(2, 44)),
  ],
};

export const MRZ_LAYOUTS: Readonly<Record<MrzFormat, MrzLayout>> = { TD1, TD2, TD3 };

/** The characters of a span. */
export function spanText(lines: readonly string[], { line, column, length }: MrzSpan): string {
  return lines[line]!.slice(column, column + length);
}
