import type { CardKind } from '../../shared/domain/document.ts';

/** Offset and length in bytes within the 256-byte text block (UTF-16LE, padded with U+0020). */
export type Span = readonly [offset: number, bytes: number];

export const KIND_FLAG: Span = [248, 2];

/** The type flag of each card kind. */
export const FLAGS: Readonly<Record<CardKind, string>> = {
  resident: ' ',
  hmt: 'J',
  'foreigner-2017': 'I',
  'foreigner-2023': 'Y',
};

export const RESIDENT = {
  name: [0, 30],
  sex: [30, 2],
  nation: [32, 4],
  birthDate: [36, 16],
  address: [52, 70],
  number: [122, 36],
  issuer: [158, 30],
  validFrom: [188, 16],
  validTo: [204, 16],
} as const satisfies Record<string, Span>;

/** Permit for residents of Hong Kong, Macao and Taiwan. */
export const HMT = {
  name: [0, 30],
  sex: [30, 2],
  birthDate: [36, 16],
  address: [52, 70],
  number: [122, 36],
  issuer: [158, 30],
  validFrom: [188, 16],
  validTo: [204, 16],
  passNumber: [220, 18],
  issueCount: [238, 4],
} as const satisfies Record<string, Span>;

export const FOREIGNER_2017 = {
  englishName: [0, 120],
  sex: [120, 2],
  number: [122, 30],
  nationality: [152, 6],
  name: [158, 30],
  validFrom: [188, 16],
  validTo: [204, 16],
  birthDate: [220, 16],
  cardVersion: [236, 4],
  issuer: [240, 8],
} as const satisfies Record<string, Span>;

export const FOREIGNER_2023 = {
  name: [0, 30],
  sex: [30, 2],
  issueCount: [32, 4],
  birthDate: [36, 16],
  /** Characters 1 to 35 of the English name; `englishNameEnd` holds 36 to 46. */
  englishNameStart: [52, 70],
  number: [122, 36],
  validFrom: [188, 16],
  validTo: [204, 16],
  englishNameEnd: [220, 22],
  nationality: [242, 6],
  formerNumberLink: [250, 6],
} as const satisfies Record<string, Span>;

/** GB/T 2261.1 codes. */
export const SEX_CODES = { unknown: '0', male: '1', female: '2', unstated: '9' } as const;

/** What `validTo` holds on cards that don't expire. */
export const LONG_TERM = '长期';
