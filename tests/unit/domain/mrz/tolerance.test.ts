import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildZone } from '../../../../src/shared/domain/mrz-build.ts';
import { parseZone } from '../../../../src/shared/domain/mrz-parse.ts';
import { TODAY, zoneContents } from '../../../support/mrz/zone-contents.ts';

const TD3 = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'] as const;

/** `line` with other characters from a 1-based column on. */
function changed(line: string, column: number, text: string): string {
  return line.slice(0, column - 1) + text + line.slice(column - 1 + text.length);
}

describe('what readers make of a zone is the same zone', () => {
  test.each([
    ['padded with underscores', TD3.map((line) => line.replaceAll('<', '_'))],
    ['padded with spaces', TD3.map((line) => line.replaceAll('<', ' '))],
    ['in small letters', TD3.map((line) => line.toLowerCase())],
    ['with control characters', TD3.map((line) => `\u0002${line}\r\n\u0003`)],
    ['with spaces around', TD3.map((line) => `  ${line} `)],
    ['with empty lines around', ['', ...TD3, '\r']],
    ['in one line', [TD3.join('')]],
    ['in one text', [TD3.join('\r\n')]],
    ['with guillemets for single fillers', TD3.map((line) => line.replaceAll('<', '‹'))],
    ['with guillemets for pairs', [TD3[0].replace('ERIKSSON<<', 'ERIKSSON«'), TD3[1]]],
    ['with guillemets for one', [TD3[0].replaceAll('<', '«'), TD3[1].replaceAll('<', '«')]],
    ['with K behind the names', [TD3[0].replace(/<{19}$/, '<<<KKK<<KKKKKKK<<<<'), TD3[1]]],
    ['with K to the end', [TD3[0].replace(/<{19}$/, `<${'K'.repeat(18)}`), TD3[1]]],
  ])('%s', (_, lines) => {
    const zone = parseZone(lines, TODAY);
    expect(zone).toMatchObject({ ok: true, value: { lines: TD3, failedChecks: [], repairs: [] } });
  });

  test('a name that ends with K keeps it', () => {
    const lines = [TD3[0].replace('ERIKSSON<', 'NOVAK<<<<').replace('NOVAK<<<<<', 'NOVAK<<IVA'), TD3[1]];
    expect(
      parseZone(
        lines.map((line) => line.slice(0, 44).padEnd(44, '<')),
        TODAY,
      ),
    ).toMatchObject({
      ok: true,
      value: { surname: 'NOVAK' },
    });
  });
});

describe('mistaken characters', () => {
  const second = (text: string): readonly string[] => [TD3[0], text];

  test.each([
    ['a letter in a date', second(changed(TD3[1], 14, '74O812')), { line: 2, column: 16, from: 'O', to: '0' }],
    ['a letter for a check digit', second(changed(TD3[1], 20, 'Z')), { line: 2, column: 20, from: 'Z', to: '2' }],
    ['a letter in an expiry', second(changed(TD3[1], 22, '12O4')), { line: 2, column: 24, from: 'O', to: '0' }],
    ['a letter for the composite', second(changed(TD3[1], 44, 'O')), { line: 2, column: 44, from: 'O', to: '0' }],
  ])('%s', (_, lines, repair) => {
    const zone = parseZone(lines, TODAY);
    expect(zone).toMatchObject({ ok: true, value: { lines: TD3, failedChecks: [], repairs: [repair] } });
  });

  test('what agrees as it stands is never changed', () => {
    fc.assert(
      fc.property(zoneContents(), (contents) => {
        const zone = parseZone(buildZone(contents), TODAY);
        expect(zone.ok && zone.value.repairs).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('a digit that was mistaken for another is told, with its text as it was read', () => {
    expect(parseZone(second(changed(TD3[1], 14, '75')), TODAY)).toMatchObject({
      ok: true,
      value: { birthDate: '1975-08-12', failedChecks: ['birthDate', 'composite'], repairs: [] },
    });
  });

  test('a number is never changed: letters and digits can stand there', () => {
    expect(parseZone(second(changed(TD3[1], 6, 'O')), TODAY)).toMatchObject({
      ok: true,
      value: { documentNumber: 'L8989O2C3', failedChecks: ['documentNumber', 'composite'], repairs: [] },
    });
  });

  test("a letter that is a digit doesn't hide another mistake of the same field", () => {
    expect(parseZone(second(changed(TD3[1], 14, '75O812')), TODAY)).toMatchObject({
      ok: true,
      value: { birthDate: null, failedChecks: ['birthDate', 'composite'], repairs: [] },
    });
  });

  test('every repair leaves a zone whose check digits agree, and names each change', () => {
    let repaired = 0;
    fc.assert(
      fc.property(
        zoneContents(['TD3']),
        fc.constantFrom(9, 13, 14, 15, 16, 17, 18, 19, 21, 22, 23, 24, 25, 26, 27, 42, 43),
        (contents, at) => {
          const lines = buildZone(contents);
          const twin = { '0': 'O', '1': 'I', '2': 'Z', '5': 'S', '6': 'G', '8': 'B' }[lines[1]!.charAt(at)];
          if (twin === undefined) return;
          const read = [lines[0]!, changed(lines[1]!, at + 1, twin)];
          const zone = parseZone(read, TODAY);
          if (!zone.ok) throw new Error(zone.error.detail);
          const { repairs, failedChecks, lines: result } = zone.value;
          const undone = repairs.reduce(
            (text, repair) =>
              text.map((line, i) => (i === repair.line - 1 ? changed(line, repair.column, repair.from) : line)),
            [...result],
          );
          expect(undone).toEqual(read);
          repaired++;
          expect(failedChecks).toEqual([]);
          expect(result).toEqual(lines);
        },
      ),
      { numRuns: 2000 },
    );
    expect(repaired).toBeGreaterThan(300);
  });
});

describe('what is no zone', () => {
  test.each([
    ['nothing', [], 'no lines'],
    ['one line', [TD3[0]], '1 lines, of 44 characters; a zone has 2 or 3'],
    ['a lost character', [TD3[0], TD3[1].slice(1)], '2 lines of 44 and 43 characters; each has 36 or 44'],
    ['a stranger', [TD3[0], changed(TD3[1], 3, '*')], 'line 2 column 3: not a character of a zone'],
    ['an umlaut', [changed(TD3[0], 8, 'Ä'), TD3[1]], 'line 1 column 8: not a character of a zone'],
    ['a digit in a name', [changed(TD3[0], 8, '1'), TD3[1]], 'digits in a name'],
    ['no name', [`P<UTO${'<'.repeat(39)}`, TD3[1]], 'no name'],
    ['a state with a digit', [TD3[0], changed(TD3[1], 11, 'UT0')], 'the nationality has another form'],
    ['a sex that is none', [TD3[0], changed(TD3[1], 21, 'H')], 'the sex has another form'],
    ['fillers read as letters', [changed(TD3[0], 26, 'KKKKKKKK'), TD3[1]], 'fillers of line 1 read as letters'],
    ['a book', ['A'.repeat(600)], 'more text than a zone has'],
  ])('%s', (_, lines, detail) => {
    expect(parseZone(lines, TODAY)).toEqual({ ok: false, error: { code: 'mrz.malformed', detail } });
  });

  test('a visa is another kind of document', () => {
    expect(parseZone([changed(TD3[0], 1, 'V'), TD3[1]], TODAY)).toMatchObject({
      error: { code: 'document.wrong-kind' },
    });
  });

  test('no text ever throws, and no failure repeats what was read', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 4 }), (lines) => {
        const zone = parseZone(lines, TODAY);
        if (zone.ok) return;
        expect(zone.error.detail).toMatch(/^[a-z0-9 ,;:]+$/);
      }),
      { numRuns: 2000 },
    );
  });
});
