import { parseReceiptCode } from './receipt-code.ts';

/** What somebody has typed or scanned to find a receipt. */
export type ReceiptReference =
  /** Its place in this device's chain, which anybody could count up to. */
  | { readonly kind: 'place'; readonly seq: number }
  /** What only the receipt says: how its hash begins and, except on the short number, how its certification's id ends. */
  | { readonly kind: 'printed'; readonly hashStart: string; readonly idEnd: string | null };

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const MISREAD: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0', U: 'V' };
const SHORT_NUMBER = /^[0-9A-Z]{4}([ -]?)[0-9A-Z]{4}$/;
/** What the QR code on the screen and on the slip says. */
const SLIP_QR = /^countersign:1:([0-9a-f-]{36}):([0-9a-f]{16})$/;

/**
 * A receipt's place (digits alone), the eight characters that are printed on it (`3F7K-0QXM`), its code of 24
 * characters, or its QR code; null for anything else.
 */
export function parseReceiptReference(text: string): ReceiptReference | null {
  const plain = text.trim();
  if (/^\d{1,15}$/.test(plain)) return { kind: 'place', seq: Number(plain) };
  const qr = SLIP_QR.exec(plain);
  if (qr) return { kind: 'printed', hashStart: qr[2]!, idEnd: qr[1]!.replaceAll('-', '').slice(-12) };
  const upper = plain.toUpperCase();
  if (SHORT_NUMBER.test(upper)) {
    const hashStart = hashStartOf(upper.replace(/[ -]/, ''));
    return hashStart === null ? null : { kind: 'printed', hashStart, idEnd: null };
  }
  const code = parseReceiptCode(plain);
  return code && { kind: 'printed', hashStart: code.hashStart, idEnd: code.idEnd };
}

/** Whether what is printed names this receipt. */
export function referenceFits(reference: ReceiptReference, certifyId: string, receiptHash: string): boolean {
  if (reference.kind === 'place' || !receiptHash.startsWith(reference.hashStart)) return false;
  return reference.idEnd === null || certifyId.replaceAll('-', '').endsWith(reference.idEnd);
}

/** Forty bits in base 32 as ten hexadecimal digits. */
function hashStartOf(characters: string): string | null {
  let bits = 0n;
  for (const character of characters) {
    const digit = ALPHABET.indexOf(MISREAD[character] ?? character);
    if (digit < 0) return null;
    bits = (bits << 5n) | BigInt(digit);
  }
  return bits.toString(16).padStart(10, '0');
}
