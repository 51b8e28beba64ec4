import type { CardKind, DocumentFields } from '../../../shared/domain/document.ts';
import { PHOTO_BLOCK_BYTES, TEXT_BLOCK_BYTES } from '../base-reply.ts';
import { APPENDED_ADDRESS_BYTES } from '../commands.ts';
import {
  FLAGS,
  FOREIGNER_2017,
  FOREIGNER_2023,
  HMT,
  KIND_FLAG,
  LONG_TERM,
  RESIDENT,
  SEX_CODES,
  type Span,
} from '../layout-fields.ts';
import { nationCode } from '../nations.ts';

/** The blocks that a reader hands out for a card. */
export interface EncodedCard {
  /** 256 bytes. */
  readonly text: Uint8Array;
  /** 1,024 bytes; all zero for a card without a portrait. */
  readonly photo: Uint8Array;
  /** Random-looking, but always the same, and no fingerprint at all. */
  readonly fingerprint: Uint8Array;
  /** 70 bytes; absent on cards without one. */
  readonly appendedAddress?: Uint8Array | undefined;
}

/**
 * Encodes a synthetic card the way its chip holds it.
 *
 * @throws RangeError when a field or the portrait doesn't fit; card files that were loaded always do.
 */
export function encodeCard(card: {
  readonly kind: CardKind;
  readonly fields: DocumentFields;
  readonly portrait?: Uint8Array | undefined;
  readonly fingerprintBytes?: 0 | 512 | 1024 | undefined;
}): EncodedCard {
  const unfit = fieldsThatDoNotFit(card.kind, card.fields);
  if (unfit.length > 0) throw new RangeError(`fields that do not fit: ${unfit.join(', ')}`);
  const text = Buffer.from(' '.repeat(TEXT_BLOCK_BYTES / 2), 'utf16le');
  for (const { span, value } of placed(card.kind, card.fields)) text.write(value, span[0], 'utf16le');
  text.write(FLAGS[card.kind], KIND_FLAG[0], 'utf16le');
  const photo = new Uint8Array(PHOTO_BLOCK_BYTES);
  if (card.portrait) photo.set(card.portrait);
  const fingerprint = fingerprintOf(card.fingerprintBytes ?? 0);
  const { appendedAddress } = card.fields;
  const appended = appendedAddress === undefined ? {} : { appendedAddress: addressBlock(appendedAddress) };
  return { text: new Uint8Array(text), photo, fingerprint, ...appended };
}

/** Bytes that look random, but always are the same, and no fingerprint at all. */
export function fingerprintOf(bytes: 0 | 512 | 1024): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, at) => (at * 73 + 11) & 0xff);
}

function addressBlock(address: string): Uint8Array {
  return new Uint8Array(Buffer.from(address.padEnd(APPENDED_ADDRESS_BYTES / 2), 'utf16le'));
}

/** Names of the fields whose text is longer than their place on the card, or can't be put there at all. */
export function fieldsThatDoNotFit(kind: CardKind, fields: DocumentFields): readonly string[] {
  const unfit = placed(kind, fields)
    .filter(({ span, value }) => value.length * 2 > span[1])
    .map(({ field }) => field);
  if (kind === 'resident' && fields.nation !== undefined && nationCode(fields.nation) === undefined) {
    unfit.push('nation');
  }
  if ((fields.appendedAddress ?? '').length * 2 > APPENDED_ADDRESS_BYTES) unfit.push('appendedAddress');
  return [...new Set(unfit)];
}

interface Placed {
  readonly field: string;
  readonly span: Span;
  readonly value: string;
}

function placed(kind: CardKind, fields: DocumentFields): Placed[] {
  const values = VALUES[kind](fields);
  return Object.entries(values.spans).map(([field, span]) => ({ field, span, value: values.texts[field] ?? '' }));
}

interface Values {
  readonly spans: Readonly<Record<string, Span>>;
  readonly texts: Readonly<Record<string, string | undefined>>;
}

const VALUES: Record<CardKind, (fields: DocumentFields) => Values> = {
  resident: (fields) => ({
    spans: RESIDENT,
    texts: { ...sharedTexts(fields), nation: fields.nation === undefined ? '' : nationCode(fields.nation) },
  }),
  hmt: (fields) => ({ spans: HMT, texts: sharedTexts(fields) }),
  'foreigner-2017': (fields) => ({
    spans: FOREIGNER_2017,
    texts: { ...sharedTexts(fields), name: chineseName(fields), cardVersion: '01' },
  }),
  'foreigner-2023': (fields) => ({
    spans: FOREIGNER_2023,
    texts: {
      ...sharedTexts(fields),
      name: chineseName(fields),
      englishNameStart: fields.englishName?.slice(0, 35),
      englishNameEnd: fields.englishName?.slice(35),
      formerNumberLink: linkTo(fields.formerNumber),
    },
  }),
};

function sharedTexts(fields: DocumentFields): Record<string, string | undefined> {
  return {
    name: fields.name,
    englishName: fields.englishName,
    sex: SEX_CODES[fields.sex],
    birthDate: compact(fields.birthDate),
    address: fields.address,
    number: fields.number,
    issuer: fields.issuer,
    validFrom: compact(fields.validFrom),
    validTo: fields.validTo === 'long-term' ? LONG_TERM : compact(fields.validTo),
    passNumber: fields.passNumber,
    issueCount: fields.issueCount === undefined ? '' : String(fields.issueCount).padStart(2, '0'),
    nationality: fields.nationality,
  };
}

function compact(date: string): string {
  return date.replaceAll('-', '');
}

/** Blank when the holder has only an English name. */
function chineseName(fields: DocumentFields): string {
  return fields.name === fields.englishName ? '' : fields.name;
}

/** The three characters of the 2017 number that a 2023 card keeps. */
function linkTo(formerNumber: string | undefined): string {
  return formerNumber === undefined ? '' : formerNumber.slice(5, 7) + formerNumber.slice(13, 14);
}
