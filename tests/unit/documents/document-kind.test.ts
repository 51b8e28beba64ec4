import { describe, expect, it } from 'vitest';
import type { ReadLine } from '../../../src/main/inference/documents/contract.ts';
import { kindOf } from '../../../src/main/inference/documents/document-kind.ts';

const lines = (...texts: readonly string[]): ReadLine[] =>
  texts.map((text) => ({
    text,
    characters: [],
    region: {
      quad: [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ],
      score: 1,
    },
  }));

describe('the kind of a document', () => {
  it("takes a residence permit, which names its holder's pass, for a back", () => {
    const read = lines(
      '港澳居民居住证',
      '通行证号码H01234567',
      '签发机关景明市公安局',
      '有效期限2024.05.06-2029.05.06',
    );
    expect(kindOf(read, 'id-card-back')).toBe('id-card-back');
  });

  it.each([
    [
      'a front with its captions',
      ['姓名林晓岚', '性别女民族汉', '出生1990年3月7日', '公民身份号码110101199003070222'],
      'id-card-front',
    ],
    ['a front whose captions are faint', ['林晓岚', '1990年3月7日', '110101199003070222'], 'id-card-front'],
    ['a back', ['中华人民共和国', '居民身份证', '签发机关样本市公安局'], 'id-card-back'],
    ['a back without its title', ['发机关', '2015.06.01-2035.06.01'], 'id-card-back'],
    ['a bank card', ['样本银行', '6222 0200 0000 0000 000', 'VALID THRU 12/30'], 'bank-card'],
    ['a bank card that holds the digits of an ID number', ['样本银行', '银联', '110101199003070222'], 'bank-card'],
    ['a passport', ['PASSPORT', '护照', 'P<CHNLIN<<XIAOLAN<<<<<<<<<<<<<<<<<<<<<<<<<'], 'travel-document'],
    ['a driving licence', ['中华人民共和国机动车驾驶证', '姓名林晓岚', '性别女'], 'other-document'],
    ['a menu', ['红烧肉 38', '青菜 12', '米饭 2'], null],
    ['a number alone', ['6222020000000000'], null],
    ['nothing', [], null],
  ])('%s', (_, texts, kind) => {
    expect(kindOf(lines(...texts), 'id-card-front')).toBe(kind);
  });

  it('is the one that was asked for among equals', () => {
    const both = lines('姓名', '性别', '签发机关');
    expect([kindOf(both, 'id-card-front'), kindOf(both, 'id-card-back')]).toEqual(['id-card-front', 'id-card-back']);
  });
});
