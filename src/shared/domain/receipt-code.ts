import { z } from 'zod';
import type { Countersignature, SignedReceipt } from './receipt.ts';

/** Crockford's base 32: no I, L, O, U, so that it can be read aloud and typed. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** What is often typed for something else. */
const MISREAD: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0', U: 'V' };
/** Hexadecimal digits of the id that are random: the end of a UUID version 7. */
const ID_DIGITS = 12;
const HASH_DIGITS = 16;
const GROUP = 5;
/** 112 bits and the check character: 23 + 1. */
const DATA_CHARACTERS = Math.ceil(((ID_DIGITS + HASH_DIGITS) * 4) / 5);
/** Prime above 32, so that one wrong character, or two neighbours that changed places, always show. */
const MODULUS = 37n;
const CHECK_ALPHABET = `${ALPHABET}*~$=U`;

/** What a short code says: enough to find a receipt and to see whether it is that one. */
export interface ReceiptCode {
  /** Last twelve hexadecimal digits of the certification's id. */
  readonly idEnd: string;
  /** First sixteen hexadecimal digits of SHA-256 over the receipt's body. */
  readonly hashStart: string;
}

/**
 * Short code of a receipt: the id's random end and the first 64 bits of its hash in base 32 with a check character,
 * in groups of five for reading aloud (`0AB3C-…`). It proves nothing by itself; it names a receipt and its content.
 *
 * @param receiptHash SHA-256 over the canonical JSON of the body, 64 hexadecimal digits
 */
export function receiptCode(certifyId: string, receiptHash: string): string {
  const value = BigInt(`0x${idEndOf(certifyId)}${receiptHash.slice(0, HASH_DIGITS)}`);
  let text = '';
  for (let rest = value, at = 0; at < DATA_CHARACTERS; at += 1, rest >>= 5n)
    text = ALPHABET[Number(rest & 31n)]! + text;
  return grouped(text + checkCharacter(value));
}

/** Parses a short code as people write it: small letters, spaces and hyphens as they like; null when the check fails. */
export function parseReceiptCode(text: string): ReceiptCode | null {
  const plain = text.toUpperCase().replaceAll(/[\s-]/g, '');
  if (plain.length !== DATA_CHARACTERS + 1) return null;
  let value = 0n;
  for (const character of plain.slice(0, -1)) {
    const digit = ALPHABET.indexOf(MISREAD[character] ?? character);
    if (digit < 0) return null;
    value = (value << 5n) | BigInt(digit);
  }
  if (checkCharacter(value) !== plain.slice(-1)) return null;
  const digits = value.toString(16).padStart(ID_DIGITS + HASH_DIGITS, '0');
  if (digits.length > ID_DIGITS + HASH_DIGITS) return null;
  return { idEnd: digits.slice(0, ID_DIGITS), hashStart: digits.slice(ID_DIGITS) };
}

/** Whether a code names this receipt. */
export function codeFits({ idEnd, hashStart }: ReceiptCode, certifyId: string, receiptHash: string): boolean {
  return idEndOf(certifyId) === idEnd && receiptHash.startsWith(hashStart);
}

function idEndOf(certifyId: string): string {
  return certifyId.replaceAll('-', '').slice(-ID_DIGITS);
}

/** Weighted by place through the base: 32 and 37 share no factor, so every place counts. */
function checkCharacter(value: bigint): string {
  return CHECK_ALPHABET[Number(value % MODULUS)]!;
}

function grouped(text: string): string {
  return (text.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).join('-');
}

const base64Url64Bytes = z.string().regex(/^[\w-]{86}$/);
const keyId = z.string().regex(/^[\w.:-]{1,100}$/);

/** What the QR code holds; the hash can be checked with both public keys only together with the receipt's body. */
export const receiptQrSchema = z.strictObject({
  certifyId: z.uuidv7(),
  deviceId: z.string().regex(/^[\w-]{1,60}$/),
  receiptHash: z.string().regex(/^[0-9a-f]{64}$/),
  device: z.strictObject({ keyId, signature: base64Url64Bytes }),
  server: z.strictObject({ keyId, signature: base64Url64Bytes }).nullable(),
});
export type ReceiptQr = z.infer<typeof receiptQrSchema>;

const QR_PREFIX = 'CSR1';
/** Bytes of the longest payload, so that the code stays readable on a printed slip (QR version 16, level M). */
export const LONGEST_QR_TEXT = 700;

/** `CSR1|id|device|hash|key~signature|key~signature`: plain characters, nothing about a person. */
export function receiptQrText(
  receipt: SignedReceipt,
  receiptHash: string,
  countersignature: Countersignature | null,
): string {
  const { certifyId, deviceId } = receipt.body;
  const signatures = [receipt.device, countersignature?.server ?? null].map((each) =>
    each === null ? '' : `${each.keyId}~${each.signature}`,
  );
  return [QR_PREFIX, certifyId, deviceId, receiptHash, ...signatures].join('|');
}

/** Parses the text of a QR code; null for anything else. */
export function parseReceiptQr(text: string): ReceiptQr | null {
  if (text.length > LONGEST_QR_TEXT) return null;
  const [prefix, certifyId, deviceId, receiptHash, device, server, ...more] = text.trim().split('|');
  if (prefix !== QR_PREFIX || more.length > 0 || server === undefined) return null;
  const parsed = receiptQrSchema.safeParse({
    certifyId,
    deviceId,
    receiptHash,
    device: signatureOf(device ?? ''),
    server: server === '' ? null : signatureOf(server),
  });
  return parsed.success ? parsed.data : null;
}

function signatureOf(text: string): { keyId: string; signature: string } {
  const [id = '', signature = ''] = text.split('~');
  return { keyId: id, signature };
}
