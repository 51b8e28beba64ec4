import { describe, expect, test } from 'vitest';
import { formerForeignerNumber, parseIdentityNumber } from '../../../src/shared/domain/identity-number.ts';

describe('numbers that are right', () => {
  test.each([
    // The two examples of GB 11643-1999.
    [
      '11010519491231002X',
      { kind: 'resident', birthDate: '1949-12-31', sex: 'female', region: { code: '110105', province: '北京市' } },
    ],
    [
      '440524188001010014',
      { kind: 'resident', birthDate: '1880-01-01', sex: 'male', region: { code: '440524', province: '广东省' } },
    ],
    [
      '810000198512310019',
      { kind: 'hmt', birthDate: '1985-12-31', sex: 'male', region: { code: '810000', province: '香港特别行政区' } },
    ],
    [
      '911999200007010029',
      {
        kind: 'foreigner-2023',
        birthDate: '2000-07-01',
        region: { code: '11', province: '北京市' },
        nationality: '999',
      },
    ],
    ['UTO110000070109', { kind: 'foreigner-2017', region: { code: '1100', province: '北京市' }, nationality: 'UTO' }],
  ])('%s', (number, expected) => {
    expect(parseIdentityNumber(number)).toEqual({ ok: true, value: { ...expected, text: number } });
  });

  test('a lower-case x is raised', () => {
    expect(parseIdentityNumber('11010519491231002x')).toMatchObject({
      ok: true,
      value: { text: '11010519491231002X' },
    });
  });
});

describe('numbers that are wrong', () => {
  test.each([
    ['', 'length'],
    ['1101051949123100', 'length'],
    ['110105194912310 2X', 'characters'],
    ['1101051949123100２X', 'characters'],
    ['X10105194912310021', 'characters'],
    ['010105194912310020', 'region'],
    ['110105194913310020', 'birth-date'],
    ['110105198102290029', 'birth-date'],
    ['110105194912310021', 'check-digit'],
    ['UTO110000070108', 'check-digit'],
    ['UTO110000133109', 'birth-date'],
    ['UTO11000007010X', 'characters'],
    ['UTO990000070109', 'region'],
  ])('%j: %s', (number, detail) => {
    expect(parseIdentityNumber(number)).toEqual({ ok: false, error: { code: 'document.number-invalid', detail } });
  });

  test('a birth in the future, when today is known', () => {
    expect(parseIdentityNumber('11010519491231002X', '1949-12-30')).toMatchObject({ error: { detail: 'birth-date' } });
    expect(parseIdentityNumber('11010519491231002X', '1949-12-31').ok).toBe(true);
  });

  test('every single wrong digit is noticed', () => {
    const right = '11010519491231002X';
    let noticed = 0;
    for (let at = 0; at < 17; at++) {
      for (const digit of '0123456789') {
        if (digit === right[at]) continue;
        if (!parseIdentityNumber(right.slice(0, at) + digit + right.slice(at + 1)).ok) noticed++;
      }
    }
    expect(noticed).toBe(17 * 9);
  });
});

describe('the former number of a 2023 card', () => {
  test('is put together from the link', () => {
    expect(formerForeignerNumber('UTO', '911999200007010029', '000')).toBe('UTO110000070109');
  });

  test.each(['', '0', 'A00'])('is absent with the link %j', (link) => {
    expect(formerForeignerNumber('UTO', '911999200007010029', link)).toBeUndefined();
  });
});
