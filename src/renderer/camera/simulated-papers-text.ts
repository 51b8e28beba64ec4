import { buildZone } from '../../shared/domain/mrz-build.ts';
import type { SimulatedPapers } from './simulated-papers.ts';

/** A text on a document: its left end and base line in millimetres, and the height of its type. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly heightMm: number;
  readonly kind: 'caption' | 'value' | 'figures' | 'mark';
  /** Millimetres between characters, beside their own. */
  readonly spread?: number;
  readonly weight?: number;
}

/** Characters of an address on a line of the card. */
const ADDRESS_COLUMNS = 11;
/** Two letters that name no country (ICAO Doc 9303 part 3): specimens come from Utopia. */
const SPECIMEN_STATE = 'UTO';
const VALUE_X = 15.8;
const CAPTION_X = 5.6;

/** The lines that an address takes on a card. */
export function addressLines(address: string): readonly string[] {
  const characters = [...address];
  return Array.from({ length: Math.ceil(characters.length / ADDRESS_COLUMNS) }, (_, line) =>
    characters.slice(line * ADDRESS_COLUMNS, (line + 1) * ADDRESS_COLUMNS).join(''),
  );
}

/** The texts of a resident's card beside the photo. */
export function papersOnFront(papers: SimulatedPapers): readonly PlacedText[] {
  const [year, month, day] = papers.birthDate.split('-').map(Number) as [number, number, number];
  return [
    caption('姓名', CAPTION_X, 11),
    value(papers.name, VALUE_X, 11.2, { heightMm: 3.7 }),
    caption('性别', CAPTION_X, 18),
    value(papers.sex === 'male' ? '男' : '女', VALUE_X, 18),
    caption('民族', 24.5, 18),
    value(papers.nation, 34.3, 18),
    caption('出生', CAPTION_X, 24.8),
    value(String(year), VALUE_X, 24.8),
    caption('年', 25.2, 24.8),
    value(String(month), month < 10 ? 31.2 : 30, 24.8),
    caption('月', 34.4, 24.8),
    value(String(day), day < 10 ? 40.2 : 39, 24.8),
    caption('日', 43.3, 24.8),
    caption('住址', CAPTION_X, 31.8),
    ...addressLines(papers.address).map((line, at) => value(line, VALUE_X, 31.8 + 4.6 * at)),
    caption('公民身份号码', CAPTION_X, 48.2),
    value(papers.number, 29.5, 48.4, { kind: 'figures', heightMm: 3.9, spread: 0.22, weight: 600 }),
    { text: '样本 SPECIMEN', x: 59.5, y: 42.8, heightMm: 2.1, kind: 'mark' },
  ];
}

/** The texts of the side with the emblem. */
export function papersOnBack(papers: SimulatedPapers): readonly PlacedText[] {
  return [
    value('中华人民共和国', 25.5, 12.4, { heightMm: 5.6, spread: 1.6, weight: 500 }),
    value('居民身份证', 25.5, 22.4, { heightMm: 8, spread: 2.6, weight: 600 }),
    caption('签发机关', 17.2, 41.6, 500),
    value(papers.issuer, 32.6, 41.6),
    caption('有效期限', 17.2, 48.4, 500),
    value(validity(papers), 32.6, 48.4),
    { text: '样本 SPECIMEN', x: 64, y: 4.6, heightMm: 2.1, kind: 'mark' },
  ];
}

function validity({ validFrom, validTo }: SimulatedPapers): string {
  const dotted = (day: string): string => day.replaceAll('-', '.');
  return `${dotted(validFrom)}-${validTo === 'long-term' ? '长期' : dotted(validTo)}`;
}

/** What the person's passport says; its state doesn't exist either. */
export function passportContents(papers: SimulatedPapers) {
  return {
    format: 'TD3',
    documentCode: 'P',
    issuingState: SPECIMEN_STATE,
    surname: 'SPECIMEN',
    givenNames: papers.sex === 'male' ? 'FAN LI' : 'FAN LIAN',
    documentNumber: `U${papers.number.slice(-8, -1)}`,
    nationality: SPECIMEN_STATE,
    birthDate: papers.birthDate,
    sex: papers.sex,
    expiryDate: '2034-05-19',
  } as const;
}

/** The two lines at the bottom of the passport's photo page. */
export function passportZone(papers: SimulatedPapers): readonly string[] {
  return buildZone(passportContents(papers));
}

function caption(text: string, x: number, y: number, weight = 400): PlacedText {
  return { text, x, y, heightMm: 2.9, kind: 'caption', weight };
}

function value(text: string, x: number, y: number, more: Partial<PlacedText> = {}): PlacedText {
  return { text, x, y, heightMm: 3.4, kind: 'value', weight: 500, ...more };
}
