import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cardExpired,
  formatBankCardNumber,
  maskBankCardNumber,
  parseBankCardNumber,
  parseCardExpiry,
} from '../../../src/shared/domain/bank-card.ts';
import { luhnCheckDigit, passesLuhn } from '../../../src/shared/domain/luhn.ts';

/** The example of ISO/IEC 7812-1 annex B: the check digit of 7992739871 is 3. */
const EXAMPLE = '7992739871';
/** Test numbers that the schemes publish. */
const TEST_NUMBERS = ['4111111111111111', '5555555555554444', '378282246310005', '3530111333300000', '4222222222222'];

const accountDigits = fc.stringMatching(/^\d{12,18}$/);

describe('the Luhn check digit', () => {
  it('is that of the standard’s example', () => {
    expect(luhnCheckDigit(EXAMPLE)).toBe('3');
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].filter((digit) => passesLuhn(`${EXAMPLE}${digit}`))).toEqual([3]);
    expect(TEST_NUMBERS.filter(passesLuhn)).toEqual(TEST_NUMBERS);
  });

  it('is one digit for every number, and catches every single wrong digit', () => {
    fc.assert(
      fc.property(accountDigits, fc.nat(), fc.integer({ min: 1, max: 9 }), (digits, at, difference) => {
        const number = digits + luhnCheckDigit(digits);
        expect(passesLuhn(number)).toBe(true);
        const index = at % number.length;
        const other = String((Number(number[index]) + difference) % 10);
        expect(passesLuhn(number.slice(0, index) + other + number.slice(index + 1))).toBe(false);
      }),
    );
  });

  it('is nothing that other texts have', () => {
    expect(['', '0', '4111x11111111111', '４１１１'].map(passesLuhn)).toEqual([false, false, false, false]);
  });
});

describe('a bank card number', () => {
  it('is its digits alone', () => {
    expect(parseBankCardNumber(' 4111 1111-1111 1111 ')).toEqual({ ok: true, value: '4111111111111111' });
    expect(parseBankCardNumber('3782 822463 10005')).toEqual({ ok: true, value: '378282246310005' });
  });

  it('tells what is wrong with it', () => {
    const problems = ['', '4111 x111', '4111 - 1111', '411111111111', '41111111111111111111', '4111111111111112'];
    expect(problems.map((text) => parseBankCardNumber(text))).toEqual(
      ['characters', 'characters', 'characters', 'length', 'length', 'check-digit'].map((error) => ({
        ok: false,
        error,
      })),
    );
  });

  it('is shown in groups of four', () => {
    expect(formatBankCardNumber('6222020000000000003')).toBe('6222 0200 0000 0000 003');
    expect(formatBankCardNumber('4111111111111111')).toBe('4111 1111 1111 1111');
    expect(formatBankCardNumber(maskBankCardNumber('4111111111111111'))).toBe('4111 11** **** 1111');
  });

  it('keeps at most the first six and the last four digits when it is masked', () => {
    fc.assert(
      fc.property(accountDigits, (digits) => {
        const number = digits + luhnCheckDigit(digits);
        const masked = maskBankCardNumber(number);
        expect(masked).toHaveLength(number.length);
        expect(masked.replaceAll('*', '')).toBe(number.slice(0, 6) + number.slice(-4));
        expect(masked.slice(6, -4)).toMatch(/^\*+$/);
      }),
    );
    expect(maskBankCardNumber('411111111111')).toBe('************');
  });
});

describe('an expiry', () => {
  it('is a month of this century', () => {
    const texts = ['09/28', '12/2031', '01-27', '0930', ' 11 / 29 ', '13/28', '00/28', '9/28', '09/1928', '09/28/01'];
    expect(texts.map(parseCardExpiry)).toEqual([
      ...['2028-09', '2031-12', '2027-01', '2030-09', '2029-11'],
      ...[null, null, null, null, null],
    ]);
  });

  it('ends with its month', () => {
    expect(['2026-10', '2026-11', '2026-12'].map((month) => cardExpired(month, '2026-11-30'))).toEqual([
      true,
      false,
      false,
    ]);
  });
});
