import { describe, expect, it } from 'vitest';
import { listedReading } from '../../../../src/main/inference/documents/id-card/listed-reading.ts';
import {
  addressField,
  birthDateField,
  nameField,
  nationField,
  sexField,
} from '../../../../src/main/inference/documents/id-card/front-values.ts';
import {
  combinedReadings,
  numberCharacters,
  numberField,
  settledNumber,
} from '../../../../src/main/inference/documents/id-card/number-field.ts';
import type { PlacedCharacter } from '../../../../src/main/inference/documents/id-card/placed-text.ts';
import { validityFields } from '../../../../src/main/inference/documents/id-card/read-back.ts';
import { lessSure } from '../../../../src/main/inference/documents/id-card/second-look.ts';

const TODAY = '2026-11-22';
const NUMBER = '110101199003070222';

type Others = PlacedCharacter['others'];
const character = (text: string, confidence = 0.99, others: Others = []): PlacedCharacter => ({
  text,
  confidence,
  others,
  at: 0.5,
  x: 0.3,
  y: 0.2,
  width: 0.04,
  height: 0.06,
  lineFrom: 0.28,
  lineTo: 0.32,
});
const line = (text: string, confidence = 0.99): PlacedCharacter[] =>
  [...text].map((one, i) => ({ ...character(one, confidence), x: 0.1 + 0.03 * i }));
const said = ({ text, doubt }: { text: string | null; doubt: string | null }) => [text, doubt];

describe('a name', () => {
  it.each([
    ['林晓岚', '林晓岚', null],
    ['古丽•买买提', '古丽·买买提', null],
    ['逢晓岚', '逢晓岚', 'unclear'],
    ['林', '林', 'form'],
    ['林A', '林A', 'form'],
  ])('%s', (read, text, doubt) => {
    expect(said(nameField([line(read)]))).toEqual([text, doubt]);
  });

  it('is unclear by its weakest character', () => {
    const field = nameField([[character('林'), character('岚', 0.4)]]);
    expect([field.confidence, field.doubt]).toEqual([0.4, 'unclear']);
  });

  it('that was not found is null', () => {
    expect(nameField([])).toEqual({ text: null, confidence: 0, doubt: 'not-found', box: null });
  });
});

describe('sex and nation', () => {
  it('are of their lists', () => {
    expect(said(sexField(line('女')))).toEqual(['female', null]);
    expect(said(sexField(line('另')))).toEqual(['另', 'not-listed']);
    expect(said(nationField(line('维吾尔族')))).toEqual(['维吾尔', null]);
    expect(said(nationField(line('汗')))).toEqual(['汗', 'not-listed']);
  });

  it('take another reading only where it is probable itself, and keep its confidence', () => {
    const weak = nationField([character('汗', 0.6, [{ text: '汉', confidence: 0.3 }])]);
    expect([...said(weak), weak.confidence]).toEqual(['汉', 'unclear', 0.3]);
    expect(listedReading([character('汗', 0.9, [{ text: '汉', confidence: 0.02 }])], ['汉'])).toBeNull();
  });

  it('know the character that the recogniser can not say', () => {
    expect(said(nationField(line('么佬')))).toEqual(['仫佬', null]);
  });
});

describe('a birth date', () => {
  it.each([
    ['1990年3月7日', '1990-03-07', null],
    ['1990年12月31日', '1990-12-31', null],
    ['1990年2月30日', '1990-02-30', 'form'],
    ['2027年1月1日', '2027-01-01', 'form'],
    ['199年3月7日', '199年3月7日', 'form'],
  ])('%s', (read, text, doubt) => {
    expect(said(birthDateField([line(read)], TODAY))).toEqual([text, doubt]);
  });
});

describe('a number', () => {
  it('is given as it was read, with what is wrong', () => {
    expect(said(numberField(line(NUMBER), TODAY))).toEqual([NUMBER, null]);
    const wrong = `${NUMBER.slice(0, 17)}3`;
    expect(said(numberField(line(wrong), TODAY))).toEqual([wrong, 'check-digit']);
    expect(said(numberField(line(NUMBER.slice(1)), TODAY))).toEqual([NUMBER.slice(1), 'form']);
    expect(numberCharacters(line('a1Ｘx2 ')).map(({ text }) => text)).toEqual(['1', 'X', '2']);
  });

  it('is put together of readings by the mean of their confidences, whatever the check digit says', () => {
    const doubtful = line(NUMBER).with(10, character('8', 0.5, [{ text: '0', confidence: 0.4 }]));
    const clear = line(NUMBER);
    const both = combinedReadings([doubtful, clear]);
    expect(both.map(({ text }) => text).join('')).toBe(NUMBER);
    expect(both[10]!.confidence).toBeCloseTo((0.4 + 0.99) / 2);
    const wrong = line(NUMBER).with(17, character('5', 0.97));
    expect(said(numberField(combinedReadings([wrong, wrong]), TODAY))[1]).toBe('check-digit');
  });

  const replaced = (at: number, text: string, confidence: number): PlacedCharacter[] =>
    line(NUMBER).with(at, character(text, confidence));

  it.each([
    [
      'only the second passes, and it is not more certain there',
      replaced(17, '3', 0.85),
      replaced(17, '2', 0.8),
      'b',
      'unclear',
    ],
    ['only the second passes, and it is more certain there', replaced(17, '3', 0.7), replaced(17, '2', 0.9), 'b', null],
    [
      'only the first passes, and the second is more certain',
      replaced(17, '2', 0.7),
      replaced(17, '3', 0.9),
      'b',
      'check-digit',
    ],
    ['only the first passes, and it is more certain', replaced(17, '2', 0.9), replaced(17, '3', 0.8), 'a', 'unclear'],
    ['neither passes', replaced(17, '3', 0.9), replaced(17, '4', 0.8), 'a', 'check-digit'],
    ['both are the same', replaced(17, '2', 0.8), replaced(17, '2', 0.9), 'b', null],
  ] as const)('read twice: %s', (_, first, second, taken, doubt) => {
    const text = (taken === 'a' ? first : second).map((one) => one.text).join('');
    expect(said(settledNumber(first, second, TODAY))).toEqual([text, doubt]);
  });

  it('needs a reading of its length to be put together', () => {
    const short = line(NUMBER.slice(2));
    expect(combinedReadings([short, line(NUMBER.slice(1))])).toBe(short);
    expect(combinedReadings([short, line(NUMBER)]).length).toBe(18);
  });
});

describe('an address', () => {
  it('has digits, letters and dashes of half width', () => {
    expect(said(addressField([line('景明路１２－３号Ａ座')]))).toEqual(['景明路12-3号A座', null]);
  });
});

describe('a second look', () => {
  it.each([
    ['the same', line('林晓岚', 0.9), [0.9, 0.9, 0.9]],
    ['another character', line('林晚岚', 0.9), [0.9, 0, 0.9]],
    ['one fewer', line('林岚', 0.9), [0, 0, 0]],
  ])('at %s', (_, second, confidences) => {
    expect(lessSure(line('林晓岚'), second).map(({ confidence }) => confidence)).toEqual(confidences);
  });
});

describe('a validity', () => {
  it.each([
    ['2015.06.01-2035.06.01', '2015-06-01', '2035-06-01', null],
    ['2015.06.01-长期', '2015-06-01', 'long-term', null],
    ['2015060120350601', '2015-06-01', '2035-06-01', null],
    ['2015.06.01-2035.06.31', '2015-06-01', '2035-06-31', 'form'],
  ])('%s', (read, from, to, doubt) => {
    const { validFrom, validTo } = validityFields(line(read));
    expect([said(validFrom), said(validTo)]).toEqual([
      [from, null],
      [to, doubt],
    ]);
  });

  it('that is no two days is given in part', () => {
    expect(Object.values(validityFields(line('2015.06.0'))).map(said)).toEqual([
      ['2015060', 'form'],
      [null, 'not-found'],
    ]);
  });
});
