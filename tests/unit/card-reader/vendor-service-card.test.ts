import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cardTextFrom, type ServiceCardText } from '../../../src/main/card-reader/vendor-services/card-text.ts';
import {
  calendarDay,
  kindOfNumber,
  lastDay,
  nationFrom,
  nationalityFrom,
  sexFrom,
} from '../../../src/main/card-reader/vendor-services/card-values.ts';
import { HTTP_DIALECTS } from '../../../src/main/card-reader/vendor-services/vendor-service-source.ts';
import { parseEstReading } from '../../../src/main/card-reader/vendor-services/est.ts';
import type { ServiceDialect } from '../../../src/shared/domain/reader-transport.ts';
import { CARD_KINDS } from '../../../src/shared/domain/document.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { CARD_ANSWERS } from '../../support/card-reader/services/card-answers.ts';

describe('values as services write them', () => {
  test('days', () => {
    for (const form of ['20200229', '2020.02.29', '2020-02-29', '2020/02/29', '2020年2月29日', '2020年02月29日']) {
      expect(calendarDay(form)).toBe('2020-02-29');
    }
    const none = [
      '',
      '00000000',
      '20190229',
      '2020.02-29',
      '2020.2.29',
      '200229',
      '2020-02-29 00:00:00',
      '长期',
      ' 20200229',
    ];
    expect(none.map(calendarDay)).toEqual(none.map(() => undefined));
    expect(['长期', '长期有效', '20991231', ''].map(lastDay)).toEqual([
      'long-term',
      'long-term',
      '2099-12-31',
      undefined,
    ]);
  });

  test('sexes, nations and nationalities', () => {
    expect(['男', '女', '1', '2', '0', '9', '', '3', 'toString'].map(sexFrom)).toEqual([
      'male',
      'female',
      'male',
      'female',
      'unknown',
      'unstated',
      undefined,
      undefined,
      undefined,
    ]);
    expect(['汉', '汉族', '01', '维吾尔族', '穿青人', '99', ''].map(nationFrom)).toEqual([
      '汉',
      '汉',
      '汉',
      '维吾尔',
      '穿青人',
      '代码99',
      undefined,
    ]);
    expect(['CAN', '枫叶国/CAN', '加拿大', '某国', 'can', ''].map(nationalityFrom)).toEqual([
      'CAN',
      'CAN',
      'CAN',
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('the kind follows from the form of a number, right or wrong in its check digit', () => {
    for (const kind of CARD_KINDS) expect(kindOfNumber(CARDS[kind].fields.number)).toBe(kind);
    expect(kindOfNumber('110101199001010000')).toBe('resident');
    expect(kindOfNumber('810000198512310010')).toBe('hmt');
    expect(kindOfNumber('911999200007010020')).toBe('foreigner-2023');
    expect(kindOfNumber('UTO110000070100')).toBe('foreigner-2017');
    expect(['', '110101900101001', 'H00000000', '1'].map(kindOfNumber)).toEqual(Array(4).fill(undefined));
  });
});

describe('a card in the words of a service', () => {
  const given: ServiceCardText = {
    kind: 'resident',
    name: '样本甲 ',
    sex: '女',
    nation: '汉族',
    birthDate: '19900101',
    address: '',
    number: '11010119900101004x',
    issuer: '样本市公安局\u0000',
    validFrom: '2015.02.28',
    validTo: '长期',
  };

  test('is read as strictly as the chip', () => {
    expect(cardTextFrom(given)).toEqual({
      ok: true,
      value: {
        kind: 'resident',
        fields: {
          name: '样本甲',
          sex: 'female',
          nation: '汉',
          birthDate: '1990-01-01',
          number: '11010119900101004X',
          issuer: '样本市公安局',
          validFrom: '2015-02-28',
          validTo: 'long-term',
        },
      },
    });
  });

  test.each([
    ['name', { name: '  ' }, 'unreadable: name'],
    ['number', { number: '' }, 'unreadable: number'],
    ['birth date', { birthDate: '00000000' }, 'unreadable: birthDate'],
    ['sex', { sex: '' }, 'unreadable: sex'],
    ['validity', { validFrom: '', validTo: '' }, 'unreadable: validFrom, validTo'],
    ['the birth date of another card', { birthDate: '19900102' }, 'contradicts the number: birthDate'],
    ['the kind of another card', { kind: 'hmt', passNumber: '' }, 'contradicts the number: kind'],
  ] as const)('without or with a wrong %s it is malformed', (_what, change, detail) => {
    expect(cardTextFrom({ ...given, ...change })).toEqual({ ok: false, error: { code: 'card.malformed', detail } });
  });

  test('of no known kind is of no known kind', () => {
    expect(cardTextFrom({ ...given, kind: null })).toMatchObject({ error: { code: 'card.unknown-kind' } });
  });

  test('with a wrong check digit is left to those who judge numbers', () => {
    expect(cardTextFrom({ ...given, number: '110101199001010000' })).toMatchObject({ ok: true });
  });

  test('of a foreigner has a nationality from its words or its number, or it is malformed', () => {
    const foreigner = {
      ...given,
      kind: 'foreigner-2023',
      number: '911999200007010029',
      birthDate: '20000701',
    } as const;
    const nationality = (nation: string) => cardTextFrom({ ...foreigner, nation });
    expect(nationality('某国/UTO')).toMatchObject({ ok: true, value: { fields: { nationality: 'UTO' } } });
    // The number holds 999, which is no country's.
    expect(nationality('某国')).toMatchObject({ error: { detail: 'unreadable: nationality' } });
    const canadian = { ...foreigner, number: '911124200007010024', nation: '某国' };
    expect(cardTextFrom(canadian)).toMatchObject({ ok: true, value: { fields: { nationality: 'CAN' } } });
    const older = { ...given, kind: 'foreigner-2017', number: 'UTO110000070109', birthDate: '20000701' } as const;
    expect(cardTextFrom({ ...older, nation: '某国' })).toMatchObject({ value: { fields: { nationality: 'UTO' } } });
  });
});

describe('answers of every dialect', () => {
  const parserOf = (dialect: ServiceDialect) =>
    dialect === 'est' ? parseEstReading : HTTP_DIALECTS[dialect].read.parse;

  test.each(Object.keys(CARD_ANSWERS) as (keyof typeof CARD_ANSWERS)[])('%s gives the four kinds', (dialect) => {
    for (const kind of CARD_KINDS) {
      const { name, sex, birthDate, number, validFrom, validTo } = CARDS[kind].fields;
      const answer = CARD_ANSWERS[dialect](CARDS[kind]);
      expect(parserOf(dialect)(answer)).toMatchObject({
        ok: true,
        value: { state: 'card', text: { kind, fields: { name, sex, birthDate, number, validFrom, validTo } } },
      });
    }
  });

  test('read-msg gives all that a card has, except what it prints as zeros', () => {
    for (const kind of CARD_KINDS) {
      const { fields } = CARDS[kind];
      const parsed = parserOf('read-msg')(CARD_ANSWERS['read-msg'](CARDS[kind]));
      const expected = Object.fromEntries(Object.entries(fields).filter(([field]) => field !== 'formerNumber'));
      expect(parsed.ok && parsed.value.state === 'card' && parsed.value.text).toEqual({ kind, fields: expected });
    }
    const answer = { ...CARD_ANSWERS['read-msg'](CARDS['foreigner-2023']), Reserved: '000' };
    const linked = { ...answer, Reserved: '007' };
    expect(parserOf('read-msg')(linked)).toMatchObject({
      value: { text: { fields: { formerNumber: expect.stringMatching(/^UTO11000007017\d$/) as string } } },
    });
  });

  test('cvr: a kind that is not one of the four, or that is left out, is unknown', () => {
    const answer = CARD_ANSWERS.cvr(CARDS.resident);
    const read = (certType: unknown) => HTTP_DIALECTS.cvr.read.parse({ ...answer, certType });
    expect(read('')).toMatchObject({ ok: true });
    expect(read('Z')).toMatchObject({ error: { code: 'card.unknown-kind' } });
    expect(read(undefined)).toMatchObject({ error: { code: 'card.unknown-kind' } });
    expect(read(7)).toMatchObject({ error: { code: 'reader.service-malformed', detail: 'fields: certType' } });
    expect(read('J')).toMatchObject({ error: { code: 'card.malformed' } });
  });

  test('certctl: sex 0 is what the number says', () => {
    const answer = CARD_ANSWERS.certctl(CARDS.hmt) as { resultContent: object };
    const read = (gender: unknown) =>
      HTTP_DIALECTS.certctl.read.parse({ ...answer, resultContent: { ...answer.resultContent, gender } });
    expect(read(0)).toMatchObject({ value: { text: { fields: { sex: 'male' } } } });
    expect(read('0')).toMatchObject({ value: { text: { fields: { sex: 'male' } } } });
    expect(read('女')).toMatchObject({ value: { text: { fields: { sex: 'female' } } } });
  });

  test('read-msg: the codes of the security module keep their meaning', () => {
    const read = (retcode: string, retmsg = '') => HTTP_DIALECTS['read-msg'].read.parse({ code: '1', retcode, retmsg });
    expect(read('0x80')).toEqual({ ok: true, value: { state: 'none' } });
    expect(read('0x41')).toEqual({ ok: true, value: { state: 'none' } });
    expect(read('0x1', '端口打开失败')).toMatchObject({ error: { code: 'reader.service-refused' } });
    expect(read('0x2')).toMatchObject({ error: { code: 'reader.service-refused' } });
    expect(read('0x66')).toMatchObject({ error: { code: 'reader.not-authorised' } });
    expect(read('0x60')).toMatchObject({ error: { code: 'reader.self-test-failed' } });
    expect(read('0x31')).toMatchObject({ error: { code: 'card.refused' } });
    expect(read('ok')).toMatchObject({ error: { code: 'reader.service-malformed' } });
    expect(read('0x90 0x1')).toMatchObject({ error: { code: 'reader.service-malformed' } });
  });

  test.each(Object.keys(CARD_ANSWERS) as (keyof typeof CARD_ANSWERS)[])(
    '%s: with any one value replaced, the card is the same, says that value, or is refused',
    (dialect) => {
      const answer = CARD_ANSWERS[dialect](CARDS.resident);
      const inner = Object.entries(answer).find(
        ([key, value]) => key !== 'result' && value !== null && typeof value === 'object',
      )?.[0];
      const fields = Object.keys(inner === undefined ? answer : (answer[inner] as object));
      const { name, number } = CARDS.resident.fields;
      let refused = 0;
      fc.assert(
        fc.property(fc.constantFrom(...fields), fc.jsonValue({ maxDepth: 1 }), (field, value) => {
          const changed =
            inner === undefined
              ? { ...answer, [field]: value }
              : { ...answer, [inner]: { ...(answer[inner] as object), [field]: value } };
          const parsed = parserOf(dialect)(changed);
          if (!parsed.ok || parsed.value.state === 'none') return void refused++;
          const read = parsed.value.text.fields;
          const said = typeof value === 'string' ? value : JSON.stringify(value);
          expect([name, said.replace(/^[ \0]+|[ \0]+$/g, '')]).toContain(read.name);
          expect([number, said.trim().toUpperCase()]).toContain(read.number);
        }),
        { numRuns: 2_000, seed: 5 },
      );
      expect(refused).toBeGreaterThan(200);
    },
  );
});
