import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIdentityNumber } from '../../../src/shared/domain/identity-number.ts';
import { nameProblem, parseTypedIdentity } from '../../../src/shared/domain/typed-identity.ts';
import { lookAtNumber, withCharacter } from '../../../src/shared/domain/typed-number.ts';

const TODAY = '2026-11-21';
const NUMBER = '11010519491231002X';

function typed(text: string): string {
  return [...text].reduce((number, character) => withCharacter(number, character) ?? number, '');
}

describe('a number that is being typed', () => {
  it('is grouped 6-8-4, and 3-4-6-2 when it begins with letters', () => {
    expect(lookAtNumber(NUMBER, TODAY).groups).toEqual(['110105', '19491231', '002X']);
    expect(lookAtNumber('1101051', TODAY).groups).toEqual(['110105', '1', '']);
    expect(lookAtNumber('USA11008', TODAY)).toMatchObject({ length: 15, groups: ['USA', '1100', '8', ''] });
  });

  it('is not judged before a part is whole', () => {
    for (const [text, problem] of [
      ['99999', null],
      ['009999', 'region'],
      ['1101051949133', null],
      ['11010519491331', 'birth-date'],
      ['11010520261122', 'birth-date'],
      ['11010520261121', null],
      ['110105194912310020', 'check-digit'],
      [NUMBER, null],
      ['900101', 'region'],
      ['USA990', null],
      ['USA9900', 'region'],
      ['USA1100851340', 'birth-date'],
    ] as const) {
      expect([text, lookAtNumber(text, TODAY).problem]).toEqual([text, problem]);
    }
  });

  it('takes only what can stand at a place', () => {
    expect(typed('1a2b3')).toBe('123');
    expect(typed('x1x2')).toBe('XX');
    expect(typed(`${NUMBER}1`)).toBe(NUMBER);
    expect(typed('usa1x1')).toBe('USA11');
    expect(withCharacter('1', '·')).toBeNull();
  });

  it('is valid exactly when the whole of it is', () => {
    let valid = 0;
    fc.assert(
      fc.property(fc.stringMatching(/^(11|31|90|00)[0-9]{4}(19|20)[0-9]{6}[0-9]{3}[0-9X]$/), (text) => {
        const look = lookAtNumber(text, TODAY);
        expect(look.valid).toBe(parseIdentityNumber(text, TODAY).ok);
        if (look.valid) valid += 1;
      }),
      { numRuns: 3000, seed: 20261122 },
    );
    expect(valid).toBeGreaterThan(0);
  });

  it('that is found wrong on its way never turns out right', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{17}[0-9X]$/), fc.integer({ min: 0, max: 17 }), (text, length) => {
        if (lookAtNumber(text.slice(0, length), TODAY).problem === null) return;
        expect(parseIdentityNumber(text, TODAY).ok).toBe(false);
      }),
      { numRuns: 3000, seed: 20261122 },
    );
  });
});

describe('a typed name', () => {
  it.each(['王明', '阿里木·买买提', '𠮷田', 'Jane Roe', "Mary-Ann O'Neil Jr.", 'José Ñandú'])('may be %s', (name) => {
    expect(nameProblem(name)).toBeNull();
  });

  it.each([
    ['', 'short'],
    [' 王 ', 'short'],
    ['王'.repeat(61), 'long'],
    ['王明1', 'characters'],
    ['·王明', 'characters'],
    ['<b>王</b>', 'characters'],
    ['王\u0000明', 'characters'],
  ])('may not be %j: %s', (name, problem) => {
    expect(nameProblem(name)).toBe(problem);
  });

  it('is taken with its number, or the field that does not fit is named', () => {
    expect(parseTypedIdentity({ name: ' 王  明 ', number: '11010519491231002x' }, TODAY)).toMatchObject({
      ok: true,
      value: { identity: { name: '王 明', number: NUMBER, kind: 'resident' } },
    });
    expect(parseTypedIdentity({ name: '1', number: NUMBER }, TODAY)).toEqual({
      ok: false,
      error: { code: 'request.invalid', detail: 'name' },
    });
    expect(parseTypedIdentity({ name: '王明', number: '110105194912310020' }, TODAY)).toEqual({
      ok: false,
      error: { code: 'document.number-invalid', detail: 'check-digit' },
    });
  });
});
