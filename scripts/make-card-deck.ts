// Writes the deck of synthetic cards and their drawn portraits. Run it after a change and commit what it writes.
// Nobody has these numbers: their regions are whole provinces, which no number was ever issued for, and the foreigners
// are nationals of Antarctica.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import sharp from 'sharp';
import { PHOTO_BLOCK_BYTES } from '../src/main/card-reader/base-reply.ts';
import type { CardFile } from '../src/main/card-reader/simulator/card-file.ts';
import type { DocumentFields } from '../src/shared/domain/document.ts';
import { checkCharacter, icaoCheckDigit } from '../src/shared/domain/identity-number.ts';

const FOLDER = join(import.meta.dirname, '../resources/cards/deck');
const PORTRAIT = { width: 102, height: 126 } as const;

type Fields = Partial<DocumentFields> & Pick<DocumentFields, 'name' | 'sex' | 'birthDate'>;

/** A resident's card, valid from 2020 to 2040; `sequence` is odd for men. */
function resident(about: string, sequence: string, fields: Fields, rest: Partial<CardFile> = {}): CardFile {
  return {
    about,
    kind: 'resident',
    fields: {
      ...inOrder(fields),
      nation: '汉',
      address: '测试省样例市示例路1号',
      number: withCheck(`110000${compact(fields.birthDate)}${sequence}`),
      issuer: '样例市公安局',
      validFrom: '2020-05-20',
      validTo: '2040-05-20',
      ...fields,
    },
    ...rest,
  };
}

/** What every card says, first. */
function inOrder({ name, sex, birthDate }: Fields): Fields {
  return { name, sex, birthDate };
}

function hmt(about: string, region: string, sequence: string, fields: Fields, rest: Partial<CardFile> = {}): CardFile {
  return {
    about,
    kind: 'hmt',
    fields: {
      ...inOrder(fields),
      address: '测试省样例市示例路2号',
      number: withCheck(`${region}${compact(fields.birthDate)}${sequence}`),
      issuer: '样例市公安局',
      validFrom: '2023-09-01',
      validTo: '2028-09-01',
      issueCount: 1,
      ...fields,
    },
    ...rest,
  };
}

function foreigner2023(about: string, sequence: string, fields: Fields): CardFile {
  return {
    about,
    kind: 'foreigner-2023',
    fields: {
      ...inOrder(fields),
      nationality: 'ATA',
      number: withCheck(`911010${compact(fields.birthDate)}${sequence}`),
      issueCount: 1,
      validFrom: '2024-01-10',
      validTo: '2034-01-10',
      ...fields,
    },
  };
}

function number2017(office: string, birthDate: string, sequence: string): string {
  const body = `ATA${office}${compact(birthDate).slice(2)}${sequence}`;
  return body + icaoCheckDigit(body);
}

function withCheck(digits: string): string {
  return digits + checkCharacter(digits);
}

/** The first three-digit sequence of the wanted parity that gives the check character X. */
function sequenceForX(digits: string, parity: 0 | 1): string {
  for (let n = 0; n < 1000; n++) {
    const sequence = String(n).padStart(3, '0');
    if (n % 2 === parity && checkCharacter(digits + sequence) === 'X') return sequence;
  }
  throw new Error('no sequence gives X');
}

function compact(date: string): string {
  return date.replaceAll('-', '');
}

const LONG_ENGLISH_NAME = 'SPECIMENSON ALEXANDRINA MAGDALENA TESTCASE';
const wrongCheck = withCheck('11000019880808001').slice(0, 17);

const CARDS: Readonly<Record<string, CardFile>> = {
  '01-resident': resident('Resident card, everything in order', '001', {
    name: '测试甲',
    sex: 'male',
    birthDate: '1990-05-20',
  }),
  '02-resident-long-term-number-x': resident(
    'Resident card that does not expire; its number ends with X',
    sequenceForX('11000019550228', 0),
    { name: '测试乙', sex: 'female', birthDate: '1955-02-28', validTo: 'long-term' },
  ),
  '03-resident-middle-dot': resident('A minority name with a middle dot', '003', {
    name: '样例江·测试木',
    sex: 'male',
    nation: '维吾尔',
    birthDate: '1984-02-29',
  }),
  '04-resident-rare-character': resident('A name with a character beyond the basic plane', '004', {
    name: '测试𠮷',
    sex: 'female',
    nation: '回',
    birthDate: '1997-11-30',
  }),
  '05-resident-full-fields': resident('Every field filled to its last character', '005', {
    name: '样例样例样例样例·测试测试测试',
    sex: 'male',
    nation: '外国血统中国籍人士',
    birthDate: '1975-12-31',
    address: '测试省样例市示例县测试镇样例村示例路一百二十三号四十五幢六单元七层八室',
    issuer: '测试省样例市公安局示例测试分局',
  }),
  '06-resident-unknown-nation': resident('A nation code that the standard does not list', '006', {
    name: '测试己',
    sex: 'female',
    nation: '代码57',
    birthDate: '1993-07-07',
  }),
  '07-resident-appended-address': resident(
    'An appended address, and two fingerprints',
    '007',
    { name: '测试庚', sex: 'male', birthDate: '1986-10-01', appendedAddress: '测试省样例市新址路77号3单元' },
    { fingerprintBytes: 1024 },
  ),
  '08-resident-expired': resident('Expired', '008', {
    name: '测试辛',
    sex: 'female',
    birthDate: '1979-03-15',
    validFrom: '2004-03-15',
    validTo: '2024-03-15',
  }),
  '09-resident-not-yet-valid': resident('Valid only from 2090 on', '009', {
    name: '测试壬',
    sex: 'male',
    birthDate: '1999-09-09',
    validFrom: '2090-01-01',
    validTo: '2099-12-31',
  }),
  '10-resident-under-14': resident('A child under 14 until 2038', '010', {
    name: '测试童',
    sex: 'female',
    birthDate: '2024-03-01',
    validFrom: '2026-01-01',
    validTo: '2031-01-01',
  }),
  '11-resident-wrong-check-digit': resident('The check character of the number is wrong', '001', {
    name: '测试错',
    sex: 'male',
    birthDate: '1988-08-08',
    number: wrongCheck + (checkCharacter(wrongCheck) === '1' ? '2' : '1'),
  }),
  '12-hmt-hong-kong': hmt('Permit for a resident of Hong Kong', '810000', '001', {
    name: '样例港',
    sex: 'male',
    birthDate: '1983-04-05',
    passNumber: 'H00000000',
  }),
  '13-hmt-macao': hmt(
    'Permit for a resident of Macao, with one fingerprint',
    '820000',
    '002',
    { name: '样例澳', sex: 'female', birthDate: '1991-12-20', passNumber: 'M00000000', issueCount: 2 },
    { fingerprintBytes: 512 },
  ),
  '14-hmt-taiwan': hmt('Permit for a resident of Taiwan', '830000', '003', {
    name: '样例台',
    sex: 'male',
    birthDate: '1972-06-18',
    passNumber: '00000000',
  }),
  '15-foreigner-2017': {
    about: 'Permanent residence card of 2017',
    kind: 'foreigner-2017',
    fields: {
      name: '样例外',
      englishName: 'SPECIMEN, ANTONIA',
      sex: 'female',
      nationality: 'ATA',
      birthDate: '1987-01-31',
      number: number2017('1100', '1987-01-31', '0'),
      issuer: '1100',
      validFrom: '2018-06-01',
      validTo: '2028-06-01',
    },
  },
  '16-foreigner-2023': foreigner2023('Permanent residence card of 2023 of someone who had none before', '001', {
    name: '样例新',
    englishName: 'SPECIMEN, BORIS',
    sex: 'male',
    birthDate: '1994-08-16',
  }),
  '17-foreigner-2023-former-number': foreigner2023('Card of 2023 that also leads to the number of 2017', '002', {
    name: '样例外',
    englishName: 'SPECIMEN, ANTONIA',
    sex: 'female',
    birthDate: '1987-01-31',
    formerNumber: number2017('1100', '1987-01-31', '0'),
    issueCount: 2,
  }),
  '18-foreigner-2023-long-name': foreigner2023('An English name of 42 characters, and no Chinese one', '003', {
    name: LONG_ENGLISH_NAME,
    englishName: LONG_ENGLISH_NAME,
    sex: 'female',
    birthDate: '2000-02-29',
  }),
};

/** A placeholder of shapes that is nobody: head, hair and shoulders in flat colours. */
function drawing(skin: string, hair: string, shirt: string, longHair: boolean): string {
  const { width, height } = PORTRAIT;
  const behind = longHair ? `<rect x="27" y="38" width="48" height="54" rx="16" fill="${hair}"/>` : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 102 126">
    <rect width="102" height="126" fill="#fff"/>${behind}
    <path d="M10 126c0-26 16-34 41-34s41 8 41 34z" fill="${shirt}"/>
    <rect x="43" y="78" width="16" height="20" fill="${skin}"/>
    <ellipse cx="51" cy="58" rx="21" ry="27" fill="${skin}"/>
    <path d="M29 56c-2-24 8-34 22-34s24 10 22 34c-4-14-12-18-22-18s-18 4-22 18z" fill="${hair}"/>
    <circle cx="43" cy="58" r="2.5" fill="#333"/><circle cx="59" cy="58" r="2.5" fill="#333"/>
    <path d="M44 73q7 4 14 0" stroke="#a55" stroke-width="2" fill="none"/>
  </svg>`;
}

const DRAWINGS: Readonly<Record<string, string>> = {
  'portrait-1.webp': drawing('#e8c39e', '#222', '#35506e', false),
  'portrait-2.webp': drawing('#f0d0b0', '#3b2a1e', '#7a3b4f', true),
  'portrait-3.webp': drawing('#d9ab82', '#777', '#3f5f3f', false),
  'portrait-4.webp': drawing('#c99a72', '#111', '#5a4a7a', true),
};

async function writeDeck(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  for (const name of readdirSync(FOLDER)) rmSync(join(FOLDER, name));
  for (const [name, svg] of Object.entries(DRAWINGS)) {
    const image = await sharp(Buffer.from(svg)).webp({ quality: 40, effort: 6, smartSubsample: true }).toBuffer();
    if (image.length > PHOTO_BLOCK_BYTES) throw new Error(`${name} has ${image.length} bytes`);
    writeFileSync(join(FOLDER, name), image);
  }
  const options = await prettier.resolveConfig(join(FOLDER, 'card.json'));
  for (const [at, [id, card]] of Object.entries(CARDS).entries()) {
    const drawn = (card.fields.sex === 'male' ? [1, 3] : [2, 4])[at % 2]!;
    const file: CardFile = { ...card, portrait: { file: `portrait-${drawn}.webp` } };
    const text = await prettier.format(JSON.stringify(file), { ...options, parser: 'json' });
    writeFileSync(join(FOLDER, `${id}.json`), text);
  }
  console.log(`${Object.keys(CARDS).length} cards in ${FOLDER}`);
}

await writeDeck();
