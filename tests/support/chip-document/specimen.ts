import sharp from 'sharp';
import { accessPassword, type AccessPassword } from '../../../src/main/chip-document/access/access-password.ts';
import { encodeObject } from '../../../src/main/chip-document/apdu/tlv.ts';
import { bytesOf, concatBytes, fromHex } from '../../../src/main/chip-document/bytes.ts';
import { FILES } from '../../../src/main/chip-document/files/elementary-files.ts';
import { buildZone } from '../../../src/shared/domain/mrz-build.ts';
import type { ChipAccessKey } from '../../../src/shared/domain/travel-document.ts';
import { securityFile, type signerOf } from './signed-document.ts';

/** The synthetic person of the specimens. */
export const SPECIMEN_ZONE = buildZone({
  format: 'TD3',
  documentCode: 'P',
  issuingState: 'UTO',
  surname: 'SPECIMEN',
  givenNames: 'ANNA',
  documentNumber: 'X12345678',
  nationality: 'UTO',
  birthDate: '1990-05-06',
  sex: 'female',
  expiryDate: '2035-04-15',
});

export const SPECIMEN_KEY = {
  kind: 'mrz',
  documentNumber: 'X12345678',
  birthDate: '900506',
  expiryDate: '350415',
} as const satisfies ChipAccessKey;

export const SPECIMEN_CAN = { kind: 'can', number: '123456' } as const satisfies ChipAccessKey;

export function passwordOf(key: ChipAccessKey): AccessPassword {
  const password = accessPassword(key);
  if (!password.ok) throw new Error('not a key');
  return password.value;
}

const WIDTH = 240;
const HEIGHT = 320;
const DRAWN = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
  <rect width="100%" height="100%" fill="#d9dee4"/><ellipse cx="120" cy="300" rx="95" ry="75" fill="#44546a"/>
  <ellipse cx="120" cy="150" rx="62" ry="82" fill="#d8b08c"/><path d="M58 140a62 82 0 0 1 124 0q-62-52-124 0" fill="#3b2c20"/>
  <circle cx="97" cy="148" r="6"/><circle cx="143" cy="148" r="6"/><path d="M100 192q20 14 40 0" stroke="#803" fill="none"/>
  <text x="120" y="310" font-size="22" fill="#fff" text-anchor="middle">SPECIMEN</text></svg>`;

/** A drawn face; nobody's. */
export async function drawnJpeg(quality = 90): Promise<Uint8Array> {
  return new Uint8Array(await sharp(Buffer.from(DRAWN)).flatten().jpeg({ quality }).toBuffer());
}

export async function drawnPixels() {
  const { data } = await sharp(Buffer.from(DRAWN)).flatten().removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: WIDTH, height: HEIGHT, pixels: new Uint8Array(data) };
}

interface Encoder {
  getDecodedBuffer(frame: object): Uint8Array;
  setQuality(lossless: boolean, quality: number): void;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
}

/** The drawn face as JPEG 2000: a bare code stream, or inside the boxes of a JP2 file. */
export async function drawnJpeg2000(form: 'stream' | 'file'): Promise<Uint8Array> {
  const { width, height, pixels } = await drawnPixels();
  const loaded = (await import('@cornerstonejs/codec-openjpeg/wasmjs')) as {
    default: (options: object) => Promise<{ readonly J2KEncoder: new () => Encoder }>;
  };
  const { J2KEncoder } = await loaded.default({ print: () => undefined, printErr: () => undefined });
  const encoder = new J2KEncoder();
  const frame = { width, height, bitsPerSample: 8, componentCount: 3, isSigned: false, isUsingColorTransform: true };
  encoder.getDecodedBuffer(frame).set(pixels);
  encoder.encode();
  const stream = encoder.getEncodedBuffer().slice();
  return form === 'stream' ? stream : concatBytes(JP2_START, header(width, height), box('6A703263', stream));
}

const JP2_START = fromHex('0000000C6A5020200D0A870A 00000014667479706A703220000000006A703220');

function box(type: string, content: Uint8Array): Uint8Array {
  return concatBytes(word(content.length + 8), fromHex(type), content);
}

function word(value: number): Uint8Array {
  return bytesOf(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
}

function header(width: number, height: number): Uint8Array {
  const size = box('69686472', concatBytes(word(height), word(width), fromHex('000307070000')));
  return box('6A703268', concatBytes(size, box('636F6C72', fromHex('01000000000010'))));
}

/** A facial record (ISO/IEC 19794-5:2005) around a picture. */
export function faceRecord(picture: Uint8Array, featurePoints = 1): Uint8Array {
  const block = 20 + featurePoints * 8 + 12 + picture.length;
  return concatBytes(
    fromHex('46414300 30313000'),
    word(14 + block),
    fromHex('0001'),
    word(block),
    fromHex(`000${featurePoints}`),
    new Uint8Array(14),
    new Uint8Array(featurePoints * 8),
    fromHex('0101 00F0 0140 01 00 0000 0000'),
    picture,
  );
}

export function portraitFile(picture: Uint8Array): Uint8Array {
  const template = encodeObject(
    0x7f60,
    encodeObject(0xa1, fromHex('80020101')),
    encodeObject(0x5f2e, faceRecord(picture)),
  );
  return encodeObject(FILES.portrait.tag, encodeObject(0x7f61, encodeObject(0x02, bytesOf(1)), template));
}

export function zoneFile(lines: readonly string[] = SPECIMEN_ZONE): Uint8Array {
  return encodeObject(FILES.zone.tag, encodeObject(0x5f1f, new Uint8Array(Buffer.from(lines.join(''), 'latin1'))));
}

/** The files of a document that `signer` signed. */
export function specimenFiles(
  signer: ReturnType<typeof signerOf>,
  portrait: Uint8Array,
  zone: Uint8Array = zoneFile(),
): Map<number, Uint8Array> {
  const groups = new Map([
    [1, zone],
    [2, portraitFile(portrait)],
  ]);
  return new Map([
    [FILES.common.identifier, fromHex('6016 5F0104 30313037 5F3606 303430303030 5C02 6175')],
    [FILES.zone.identifier, groups.get(1)!],
    [FILES.portrait.identifier, groups.get(2)!],
    [FILES.security.identifier, securityFile(groups, signer)],
  ]);
}
