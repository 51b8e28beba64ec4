import { describe, expect, it } from 'vitest';
import type { DocumentFields } from '../../../src/shared/domain/document.ts';
import type { FieldDoubt, ReadField } from '../../../src/shared/domain/document-reading.ts';
import {
  differencesFromChip,
  isPlausibleTerm,
  withAgreement,
  withDifferences,
  withPlausibleValidity,
} from '../../../src/shared/domain/id-card-agreement.ts';

const field = (text: string | null, doubt: FieldDoubt | null = null): ReadField => ({
  text,
  confidence: 0.9,
  doubt,
  box: null,
});
const front = {
  name: field('林晓岚'),
  sex: field('female'),
  nation: field('汉'),
  birthDate: field('1990-03-07'),
  address: field('样本路1号'),
  number: field('110101199003070222'),
};
const doubts = (fields: Readonly<Record<string, ReadField>>) =>
  Object.entries(fields).flatMap(([name, { doubt }]) => (doubt ? [[name, doubt]] : []));

describe('number, birth date and sex', () => {
  it('agree', () => {
    expect(withAgreement(front)).toEqual(front);
  });

  it('that contradict each other are both doubted', () => {
    expect(doubts(withAgreement({ ...front, birthDate: field('1990-03-08') }))).toEqual([
      ['birthDate', 'disagrees'],
      ['number', 'disagrees'],
    ]);
    expect(doubts(withAgreement({ ...front, sex: field('male') }))).toEqual([
      ['sex', 'disagrees'],
      ['number', 'disagrees'],
    ]);
  });

  it('that were unclear are sure when a sure number says the same, and stay unclear when it does not', () => {
    expect(doubts(withAgreement({ ...front, birthDate: field('1990-03-07', 'unclear') }))).toEqual([]);
    expect(doubts(withAgreement({ ...front, birthDate: field('1990-03-01', 'unclear') }))).toEqual([
      ['birthDate', 'unclear'],
    ]);
  });

  it('are not compared with a number that is unsure itself', () => {
    const unsure = { ...front, sex: field('male'), number: field('110101199003070223', 'check-digit') };
    expect(withAgreement(unsure)).toEqual(unsure);
    const unclear = {
      ...front,
      birthDate: field('1990-03-07', 'unclear'),
      number: { ...front.number, doubt: 'unclear' as const },
    };
    expect(withAgreement(unclear)).toEqual(unclear);
  });
});

describe('validity', () => {
  it.each([
    ['2015-06-01', '2035-06-01', '1985-01-01', true],
    ['2015-06-01', '2025-06-01', '1985-01-01', false],
    ['2015-06-01', '2025-06-01', '1989-05-01', true],
    ['2015-06-01', '2020-06-01', '2005-01-01', true],
    ['2015-06-01', 'long-term', '1960-01-01', true],
    ['2015-06-01', 'long-term', '1990-01-01', false],
    ['2015-06-01', '2035-06-01', null, true],
    ['2015-06-01', '2022-06-01', null, false],
    ['2015-06-01', '2035-06-02', null, false],
    ['2035-06-01', '2015-06-01', null, false],
    ['2016-02-29', '2026-02-28', null, true],
    ['2026-06-01', '2026-09-01', null, true],
    ['2015-06-01', '2035-06-01', '2016-01-01', false],
  ])('from %s to %s of somebody born on %s is plausible: %s', (from, to, birthDate, plausible) => {
    expect(isPlausibleTerm(from, to, birthDate)).toBe(plausible);
  });

  it('that is not is doubted, unless it is already', () => {
    const back = { issuer: field('样本市公安局'), validFrom: field('2015-06-01'), validTo: field('2022-06-01') };
    expect(doubts(withPlausibleValidity(back, null))).toEqual([
      ['validFrom', 'disagrees'],
      ['validTo', 'disagrees'],
    ]);
    const unclear = { ...back, validTo: field('2022-06-01', 'unclear') };
    expect(withPlausibleValidity(unclear, null)).toEqual(unclear);
  });
});

describe('print and chip', () => {
  const chip = {
    name: '林晓岚',
    sex: 'female',
    nation: '汉',
    birthDate: '1990-03-07',
    address: '样本路2号',
    appendedAddress: '样本路 1号',
    number: '110101199003070222',
    issuer: '样本市公安局',
    validFrom: '2015-06-01',
    validTo: '2035-06-01',
  } as DocumentFields;

  it('are compared field by field; an address may be the appended one', () => {
    expect(differencesFromChip(front, chip)).toEqual([]);
    expect(differencesFromChip({ ...front, name: field('林晓风') }, chip)).toEqual(['name']);
    expect(differencesFromChip({ address: field('别的路1号'), validTo: field('long-term') }, chip)).toEqual([
      'address',
      'validTo',
    ]);
  });

  it('differ in nothing that was unclear', () => {
    expect(differencesFromChip({ name: field('林晓风', 'unclear'), sex: field(null, 'not-found') }, chip)).toEqual([]);
  });

  it('that differ are doubted', () => {
    expect(doubts(withDifferences({ ...front, sex: field('male', 'unclear') }, ['name', 'sex']))).toEqual([
      ['name', 'disagrees'],
      ['sex', 'unclear'],
    ]);
  });
});
