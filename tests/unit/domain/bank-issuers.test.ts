import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  bankPrefixTableSchema,
  cardSchemeOf,
  createBankIssuers,
  fitsScheme,
} from '../../../src/shared/domain/bank-issuers.ts';
import { luhnCheckDigit } from '../../../src/shared/domain/luhn.ts';

const file: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../../resources/bank/bins.json'), 'utf8'));
const table = bankPrefixTableSchema.parse(file);
const issuers = createBankIssuers(table);

/** A number of nobody's: a prefix, zeros and the check digit. */
function number(prefix: string, digits: number): string {
  const body = prefix.padEnd(digits - 1, '0');
  return body + luhnCheckDigit(body);
}

const UNKNOWN = { issuer: null, issuerCode: null, type: null, cardName: null };

describe('the shipped table of prefixes', () => {
  it('holds the prefixes of the package that it names', () => {
    expect(table.source).toMatchObject({ package: 'bankcardinfo', version: '2.0.6', licence: 'ISC' });
    expect(table.issuers).toHaveLength(122);
    expect(issuers.size).toBe(1758);
  });

  it('tells whose card a number is by prefix and length', () => {
    expect(issuers.issueOf(number('622202', 19))).toEqual({
      issuer: '中国工商银行',
      issuerCode: 'ICBC',
      type: 'debit',
      cardName: null,
    });
    expect(issuers.issueOf(number('622230', 16))).toMatchObject({ issuerCode: 'ICBC', type: 'credit' });
    expect(issuers.issueOf(number('370246', 15))).toMatchObject({ issuerCode: 'ICBC', type: 'credit' });
    expect(issuers.issueOf(number('622202', 16))).toEqual(UNKNOWN);
    expect(issuers.issueOf('4111111111111111')).toEqual(UNKNOWN);
    expect(issuers.knows(number('622202', 19))).toBe(true);
    expect(issuers.knows('')).toBe(false);
  });

  it('takes the longest prefix', () => {
    const issuer = (code: string, prefixes: string): unknown => ({ code, name: code, cards: { 'debit-19': prefixes } });
    const small = bankPrefixTableSchema.parse({ ...table, issuers: [issuer('A', '6222'), issuer('B', '622202')] });
    const found = createBankIssuers(small);
    expect(found.issueOf(number('622202', 19)).issuerCode).toBe('B');
    expect(found.issueOf(number('622203', 19)).issuerCode).toBe('A');
  });
});

describe('a scheme', () => {
  it('is told by the first digits, also of a masked number', () => {
    const prefixes = ['62', '81', '4', '51', '55', '2221', '2720', '3528', '3589', '34', '37'];
    expect(prefixes.map((prefix) => cardSchemeOf(prefix.padEnd(6, '0') + '******0000'))).toEqual([
      ...['unionpay', 'unionpay', 'visa', 'mastercard', 'mastercard', 'mastercard', 'mastercard', 'jcb', 'jcb'],
      ...['american-express', 'american-express'],
    ]);
  });

  it('is none next to its ranges', () => {
    const prefixes = ['50', '56', '2220', '2721', '3527', '3590', '36', '9558', '1', ''];
    expect(prefixes.map((prefix) => cardSchemeOf(prefix.padEnd(prefix ? 16 : 0, '0')))).toEqual(
      prefixes.map(() => null),
    );
  });

  it('has its lengths', () => {
    expect([number('34', 15), number('51', 16), number('62', 19), number('9558', 19)].map(fitsScheme)).toEqual(
      Array(4).fill(true),
    );
    expect([number('34', 16), number('51', 17), number('62', 15), number('9558', 20)].map(fitsScheme)).toEqual(
      Array(4).fill(false),
    );
  });
});
