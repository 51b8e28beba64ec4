import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../../src/cli/csv.ts';

describe('CSV', () => {
  it('reads quotes, doubled quotes, line breaks within quotes and empty fields, with the line of each row', () => {
    const text = '\uFEFFa,b\r\n\r\n"one, ""1""", x \n"two\nlines",\n,last';
    expect(parseCsv(text)).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 3, fields: ['one, "1"', 'x'] },
      { line: 4, fields: ['two\nlines', ''] },
      { line: 6, fields: ['', 'last'] },
    ]);
    expect(parseCsv('')).toEqual([]);
  });

  it('comes to an end on anything, in steps that grow with the text only', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'x', ' '), maxLength: 60 }), (text) => {
        expect(parseCsv(text).every(({ fields, line }) => fields.length > 0 && line >= 1)).toBe(true);
      }),
    );
    const rows = 200_000;
    expect(parseCsv('0.5,1\n'.repeat(rows))).toHaveLength(rows);
  });

  it('gives back what was quoted', () => {
    const field = fc.string({ minLength: 1 }).filter((value) => !value.includes('\r'));
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 5 }), (rows) => {
        const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n');
        expect(parseCsv(text).map(({ fields }) => fields)).toEqual(rows);
      }),
    );
  });
});
