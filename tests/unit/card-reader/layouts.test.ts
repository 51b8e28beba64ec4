import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTextBlock } from '../../../src/main/card-reader/layouts.ts';
import { nationCode, nationName } from '../../../src/main/card-reader/nations.ts';
import { encodeCard } from '../../../src/main/card-reader/simulator/text-block.ts';
import { CARD_KINDS } from '../../../src/shared/domain/document.ts';
import { CARDS } from '../../support/card-reader/cards.ts';

/** A block written by hand: text at byte offsets, the rest spaces. */
function block(parts: Readonly<Record<number, string>>, padding = ' '): Uint8Array {
  const bytes = Buffer.from(padding.repeat(128), 'utf16le');
  for (const [offset, text] of Object.entries(parts)) bytes.write(text, Number(offset), 'utf16le');
  return new Uint8Array(bytes);
}

const RESIDENT = {
  0: '样本·甲',
  30: '1',
  32: '05',
  36: '19800229',
  52: '测试路 1 号',
  122: '440524198001010013',
  158: '测试公安局',
  188: '20100101',
  204: '长期',
  248: ' ',
};

describe('text blocks at the offsets of the standard', () => {
  test('resident', () => {
    expect(parseTextBlock(block(RESIDENT))).toEqual({
      ok: true,
      value: {
        kind: 'resident',
        fields: {
          name: '样本·甲',
          sex: 'male',
          nation: '维吾尔',
          birthDate: '1980-02-29',
          address: '测试路 1 号',
          number: '440524198001010013',
          issuer: '测试公安局',
          validFrom: '2010-01-01',
          validTo: 'long-term',
        },
      },
    });
  });

  test('permit of residents of Hong Kong, Macao and Taiwan', () => {
    const bytes = block({ ...RESIDENT, 32: '  ', 204: '20200101', 220: 'H00000000', 238: '02', 248: 'J' });
    expect(parseTextBlock(bytes)).toMatchObject({
      ok: true,
      value: { kind: 'hmt', fields: { passNumber: 'H00000000', issueCount: 2, validTo: '2020-01-01' } },
    });
  });

  test('foreigner 2017', () => {
    const bytes = block({
      0: 'SPECIMEN, CHARLIE',
      120: '2',
      122: 'UTO110000070109',
      152: 'UTO',
      158: '样本丙',
      188: '20180501',
      204: '20280430',
      220: '20000701',
      236: '01',
      240: '1100',
      248: 'I',
    });
    expect(parseTextBlock(bytes)).toEqual({
      ok: true,
      value: {
        kind: 'foreigner-2017',
        fields: {
          name: '样本丙',
          englishName: 'SPECIMEN, CHARLIE',
          sex: 'female',
          nationality: 'UTO',
          birthDate: '2000-07-01',
          number: 'UTO110000070109',
          issuer: '1100',
          validFrom: '2018-05-01',
          validTo: '2028-04-30',
        },
      },
    });
  });

  test('foreigner 2023, with a long English name and a former number', () => {
    const start = 'SPECIMEN ALEXANDRA MARIA MAGDALENA ';
    expect(start).toHaveLength(35);
    const bytes = block({
      30: '2',
      32: '02',
      36: '20000701',
      52: start,
      122: '911999200007010029',
      188: '20231201',
      204: '20331130',
      220: 'VON TEST',
      242: 'UTO',
      248: 'Y',
      250: '000',
    });
    expect(parseTextBlock(bytes)).toEqual({
      ok: true,
      value: {
        kind: 'foreigner-2023',
        fields: {
          name: 'SPECIMEN ALEXANDRA MARIA MAGDALENA VON TEST',
          englishName: 'SPECIMEN ALEXANDRA MARIA MAGDALENA VON TEST',
          sex: 'female',
          nationality: 'UTO',
          birthDate: '2000-07-01',
          number: '911999200007010029',
          formerNumber: 'UTO110000070109',
          issueCount: 2,
          validFrom: '2023-12-01',
          validTo: '2033-11-30',
        },
      },
    });
  });
});

describe('padding and characters', () => {
  test('only U+0020 and U+0000 are trimmed', () => {
    const bytes = block({ ...RESIDENT, 0: '\u3000样本\u00a0', 158: '测试\u0000\u0000' });
    expect(parseTextBlock(bytes)).toMatchObject({ value: { fields: { name: '\u3000样本\u00a0', issuer: '测试' } } });
  });

  test('surrogate pairs and private-use characters are kept whole', () => {
    const bytes = block({ ...RESIDENT, 0: '𠮷\ue863\u{2a6d6}' });
    expect(parseTextBlock(bytes)).toMatchObject({ value: { fields: { name: '𠮷\ue863\u{2a6d6}' } } });
  });

  test('a block padded with U+0000 reads the same', () => {
    const spaced = parseTextBlock(block(RESIDENT));
    const zeros = parseTextBlock(block({ ...RESIDENT, 248: ' ' }, '\0'));
    expect(zeros).toEqual(spaced);
  });
});

describe('what is refused', () => {
  test.each(['A', 'j', '\0', '１'])('type flag %j', (flag) => {
    expect(parseTextBlock(block({ ...RESIDENT, 248: flag }))).toMatchObject({ error: { code: 'card.unknown-kind' } });
  });

  test.each([
    ['an all-zero birth date', { 36: '00000000' }, 'birthDate'],
    ['29 February of a common year', { 36: '19810229' }, 'birthDate'],
    ['a validity that is no date', { 204: '2020010 ' }, 'validTo'],
    ['no name', { 0: '               ' }, 'name'],
    ['no number', { 122: ' '.repeat(18) }, 'number'],
    ['sex 5', { 30: '5' }, 'sex'],
  ])('%s', (_, change, field) => {
    const result = parseTextBlock(block({ ...RESIDENT, ...change }));
    expect(result).toEqual({ ok: false, error: { code: 'card.malformed', detail: `unreadable: ${field}` } });
  });

  test('a block of another length', () => {
    expect(parseTextBlock(new Uint8Array(255))).toMatchObject({ error: { code: 'card.malformed' } });
  });

  test('random blocks never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 256, maxLength: 256 }), (bytes) => {
        expect(parseTextBlock(bytes).ok).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('nations', () => {
  test('58 codes, of which 56 are nations', () => {
    const named = Array.from({ length: 100 }, (_, code) => String(code).padStart(2, '0')).filter(
      (code) => nationName(code) !== `代码${code}`,
    );
    expect(named).toHaveLength(58);
    expect([nationName('01'), nationName('46'), nationName('56'), nationName('57'), nationName('97')]).toEqual([
      '汉',
      '德昂',
      '基诺',
      '代码57',
      '其他',
    ]);
  });

  test('names and codes lead back to codes', () => {
    expect([nationCode('汉'), nationCode('05'), nationCode('代码57'), nationCode('无')]).toEqual([
      '01',
      '05',
      '57',
      undefined,
    ]);
  });
});

test.each(CARD_KINDS)('a %s card that is encoded reads the same', (kind) => {
  const { text, photo } = encodeCard(CARDS[kind]);
  expect([text.length, photo.length]).toEqual([256, 1024]);
  expect(parseTextBlock(text)).toEqual({ ok: true, value: CARDS[kind] });
});
