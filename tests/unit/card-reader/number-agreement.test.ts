import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countries, countryOf } from '../../../src/shared/domain/countries.ts';
import { CARD_KINDS, type CardKind, type DocumentFields } from '../../../src/shared/domain/document.ts';
import { readIdentityNumber } from '../../../src/shared/domain/identity-number.ts';
import { numberAgreesWith } from '../../../src/shared/domain/number-agreement.ts';
import { reportOnNumber, tidiedNumber } from '../../../src/shared/domain/number-report.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { cardOf } from '../../support/card-reader/random-cards.ts';

function withNumber(kind: CardKind, change: Partial<DocumentFields>): string | undefined {
  const result = numberAgreesWith(kind, { ...CARDS[kind].fields, ...change });
  return result.ok ? undefined : result.error.detail;
}

describe('a number and its card', () => {
  test.each(CARD_KINDS)('agree on a right %s card', (kind) => {
    const right = cardOf(kind).filter(({ fields }) => fields.sex === 'unknown' || fields.sex === 'unstated');
    fc.assert(
      fc.property(right, (card) => {
        expect(numberAgreesWith(card.kind, card.fields)).toMatchObject({ ok: true, value: { kind } });
      }),
      { numRuns: 500 },
    );
    expect(withNumber(kind, {})).toBeUndefined();
  });

  test.each([
    ['resident', { birthDate: '1990-01-02' }, 'disagrees with birthDate'],
    ['resident', { sex: 'male' }, 'disagrees with sex'],
    ['resident', { sex: 'unstated' }, undefined],
    ['resident', { number: CARDS.hmt.fields.number }, 'disagrees with kind'],
    ['resident', { number: '110101199001010041' }, 'check-digit'],
    ['hmt', { number: CARDS.resident.fields.number }, 'disagrees with kind'],
    ['hmt', { passNumber: 'M00000000' }, 'disagrees with passNumber'],
    ['hmt', { passNumber: '00000000' }, 'disagrees with passNumber'],
    ['foreigner-2017', { birthDate: '2000-07-02' }, 'disagrees with birthDate'],
    ['foreigner-2017', { birthDate: '1900-07-01' }, undefined],
    ['foreigner-2017', { nationality: 'USA' }, 'disagrees with nationality'],
    ['foreigner-2023', { nationality: 'USA' }, 'disagrees with nationality'],
    ['foreigner-2023', { nationality: 'XXA' }, undefined],
    ['foreigner-2023', { formerNumber: 'UTO110000070108' }, 'disagrees with formerNumber'],
    ['foreigner-2023', { formerNumber: 'UTO110001070101' }, 'disagrees with formerNumber'],
  ] as const)('%s %j: %s', (kind, change, detail) => {
    expect(withNumber(kind, change)).toBe(detail);
  });

  test('a birth that is still to come', () => {
    const { kind, fields } = CARDS.resident;
    expect(numberAgreesWith(kind, fields, '1989-12-31')).toMatchObject({ error: { detail: 'birth-date' } });
  });
});

describe('problems name their place', () => {
  test.each([
    ['110105491231002', { kind: 'first-generation', from: 0, to: 15 }],
    ['11010549123100', { kind: 'length', from: 0, to: 14 }],
    ['1101O5194912310020', { kind: 'characters', from: 4, to: 5 }],
    ['11010519491231X02X', { kind: 'characters', from: 14, to: 15 }],
    ['11010519491231002Y', { kind: 'characters', from: 17, to: 18 }],
    ['UTO1100000701X9', { kind: 'characters', from: 13, to: 14 }],
    ['990105194912310020', { kind: 'region', from: 1, to: 3 }],
    ['11010519491331002X', { kind: 'birth-date', from: 6, to: 14 }],
    ['110105194912310020', { kind: 'check-digit', from: 0, to: 18 }],
  ])('%s', (number, problem) => {
    expect(readIdentityNumber(number)).toEqual({ ok: false, error: problem });
  });
});

describe('numbers as people type them', () => {
  test.each([
    ['１１０１０５１９４９１２３１００２ｘ', '11010519491231002X'],
    [' 110105 19491231 002x\n', '11010519491231002X'],
    ['110105-1949-1231-002×', '11010519491231002X'],
    ['110105\u30001949\u00a01231\u200b002Х', '11010519491231002X'],
    ['uto 1100 000701 09', 'UTO110000070109'],
    ['×10105', '×10105'],
  ])('%j', (typed, number) => {
    expect(tidiedNumber(typed)).toBe(number);
  });

  test('are reported on with age and country', () => {
    expect(reportOnNumber('１10105 19491231 002x', '2026-12-30')).toMatchObject({ ok: true, value: { ageYears: 76 } });
    expect(reportOnNumber('11010519491231002X', '2026-12-31')).toMatchObject({ ok: true, value: { ageYears: 77 } });
    expect(reportOnNumber('911010199408160016', '2026-01-01')).toMatchObject({
      ok: true,
      value: { ageYears: 31, country: { alpha3: 'ATA', name: { zh: '南极洲', en: 'Antarctica' } } },
    });
    const open = reportOnNumber('ATA110087013101', '2026-01-01');
    expect(open.ok && Object.keys(open.value)).toEqual(['number', 'country']);
    const unknown = reportOnNumber('UTO110000070109', '2026-01-01');
    expect(unknown.ok && [unknown.value.country, unknown.value.number.nationality]).toEqual([undefined, 'UTO']);
  });

  test('no problem tells what would be right', () => {
    const wrong = reportOnNumber('110105194912310020', '2026-01-01');
    expect(wrong).toEqual({ ok: false, error: { kind: 'check-digit', from: 0, to: 18 } });
  });
});

describe('countries', () => {
  test('are the 249 of ISO 3166-1, found by either code', () => {
    const all = countries();
    expect(all).toHaveLength(249);
    expect(new Set(all.flatMap(({ alpha3, numeric }) => [alpha3, numeric])).size).toBe(498);
    for (const country of all) {
      expect(country.alpha3).toMatch(/^[A-Z]{3}$/);
      expect(country.numeric).toMatch(/^\d{3}$/);
      expect(country.name.zh).toMatch(/\p{Script=Han}/u);
      expect(country.name.en).toMatch(/^[\p{Script=Latin}]/u);
      expect([countryOf(country.alpha3), countryOf(country.numeric)]).toEqual([country, country]);
    }
  });

  test.each([
    ['USA', '840', '美国', 'United States'],
    ['DEU', '276', '德国', 'Germany'],
    ['KOR', '410', '韩国', 'South Korea'],
    ['ZWE', '716', '津巴布韦', 'Zimbabwe'],
    ['ABW', '533', '阿鲁巴', 'Aruba'],
  ])('%s', (alpha3, numeric, zh, en) => {
    expect(countryOf(alpha3)).toEqual({ alpha3, numeric, name: { zh, en } });
  });

  test.each(['UTO', 'XXA', '999', 'usa', '', 'constructor'])('%j is none', (code) => {
    expect(countryOf(code)).toBeUndefined();
  });
});
