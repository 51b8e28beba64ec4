import fc from 'fast-check';
import { countries } from '../../../src/shared/domain/countries.ts';
import type { CardKind, DocumentFields } from '../../../src/shared/domain/document.ts';
import { checkCharacter, formerForeignerNumber, icaoCheckDigit } from '../../../src/shared/domain/identity-number.ts';

export interface RandomCard {
  readonly kind: CardKind;
  readonly fields: DocumentFields;
}

/** Cards with right numbers that belong to nobody, and with every kind of character that names are made of. */
export function cardOf(kind: CardKind): fc.Arbitrary<RandomCard> {
  return FIELDS[kind].map((fields) => ({
    kind,
    fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as DocumentFields,
  }));
}

const han = fc.integer({ min: 0x4e00, max: 0x9fff });
const character = fc
  .oneof(
    { weight: 8, arbitrary: han },
    { weight: 2, arbitrary: fc.integer({ min: 0x20000, max: 0x2a6df }) },
    { weight: 1, arbitrary: fc.integer({ min: 0xe000, max: 0xf8ff }) },
    { weight: 1, arbitrary: fc.constantFrom(0xb7, 0x2e, 0x20, 0x3000, 0xfe00, 0xe0100) },
  )
  .map((code) => String.fromCodePoint(code));

/** 1 to `maxUnits` UTF-16 code units, often exactly as many, without padding at either end. */
function text(maxUnits: number): fc.Arbitrary<string> {
  const whole = fc.array(character, { minLength: 1, maxLength: maxUnits }).map((characters) => {
    let kept = '';
    for (const each of characters) if (kept.length + each.length <= maxUnits) kept += each;
    return kept;
  });
  const full = whole.map((start) => start.padEnd(maxUnits, '样'));
  return fc.oneof(whole, full).map((each) => each.replace(/^ +| +$/g, '') || '样');
}

const latin = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ', ' ', ',', '-', "'");

function englishName(maxUnits: number): fc.Arbitrary<string> {
  const lengths = fc.oneof(fc.integer({ min: 1, max: maxUnits }), fc.constantFrom(34, 35, 36, maxUnits));
  return lengths
    .chain((length) => fc.array(latin, { minLength: length, maxLength: length }))
    .map((letters) => letters.join('').replace(/^ +| +$/g, '') || 'A');
}

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const sex = fc.constantFrom('male' as const, 'female' as const, 'unknown' as const, 'unstated' as const);
const digits = (count: number): fc.Arbitrary<string> =>
  fc.integer({ min: 0, max: 10 ** count - 1 }).map((n) => String(n).padStart(count, '0'));
const validTo = fc.oneof(day, fc.constant('long-term' as const));
const country = fc.constantFrom(...countries());
const compact = (date: string): string => date.replaceAll('-', '');
const withCheck = (body: string): string => body + checkCharacter(body);

const shared = { name: text(15), sex, birthDate: day, validFrom: day, validTo, sequence: digits(3) };
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const nation = fc.oneof(
  fc.constantFrom('汉', '维吾尔', '外国血统中国籍人士', '其他'),
  fc.integer({ min: 57, max: 96 }).map((code) => `代码${code}`),
);

type Loose = { readonly [K in keyof DocumentFields]: DocumentFields[K] | undefined };

const resident: fc.Arbitrary<Loose> = fc
  .record({ ...shared, nation, address: optional(text(35)), issuer: optional(text(15)) })
  .map(({ sequence, ...fields }) => ({
    ...fields,
    number: withCheck(`110000${compact(fields.birthDate)}${sequence}`),
  }));

const hmt: fc.Arbitrary<Loose> = fc
  .record({
    ...shared,
    address: optional(text(35)),
    issuer: optional(text(15)),
    region: fc.constantFrom(['810000', 'H'], ['820000', 'M'], ['830000', '']),
    pass: digits(8),
    issueCount: optional(fc.integer({ min: 0, max: 99 })),
  })
  .map(({ sequence, region, pass, ...fields }) => ({
    ...fields,
    number: withCheck(`${region[0]}${compact(fields.birthDate)}${sequence}`),
    passNumber: `${region[1]}${pass}`,
  }));

const foreigner2017: fc.Arbitrary<Loose> = fc
  .record({ ...shared, chinese: optional(text(15)), englishName: englishName(60), country, office: digits(2) })
  .map(({ sequence, chinese, office, country: { alpha3 }, ...fields }) => {
    const body = `${alpha3}11${office}${compact(fields.birthDate).slice(2)}${sequence[0]}`;
    const number = body + icaoCheckDigit(body);
    return { ...fields, name: chinese ?? fields.englishName, nationality: alpha3, issuer: `11${office}`, number };
  });

const foreigner2023: fc.Arbitrary<Loose> = fc
  .record({
    ...shared,
    chinese: optional(text(15)),
    englishName: englishName(46),
    country,
    link: optional(digits(3)),
    issueCount: fc.integer({ min: 0, max: 99 }),
  })
  .map(({ sequence, chinese, link, country: { alpha3, numeric }, ...fields }) => {
    const number = withCheck(`911${numeric}${compact(fields.birthDate)}${sequence}`);
    const formerNumber = link === undefined ? undefined : formerForeignerNumber(alpha3, number, link);
    return { ...fields, name: chinese ?? fields.englishName, nationality: alpha3, number, formerNumber };
  });

const FIELDS: Readonly<Record<CardKind, fc.Arbitrary<Loose>>> = {
  resident,
  hmt,
  'foreigner-2017': foreigner2017,
  'foreigner-2023': foreigner2023,
};
