import type { Committed } from './ports/record-store.ts';

/** The receipt for the eye, and the text of its QR code: id and hash, nothing personal. */
export function receiptCode({ receipt, receiptHash }: Committed): {
  readonly receiptNumber: string;
  readonly receiptCode: string;
} {
  return {
    receiptNumber: receiptNumber(receiptHash),
    receiptCode: `countersign:1:${receipt.body.certifyId}:${receiptHash.slice(0, 16)}`,
  };
}

/** Eight characters of the receipt's hash in two groups, in an alphabet without look-alikes (Crockford's base 32). */
export function receiptNumber(receiptHash: string): string {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const bits = BigInt(`0x${receiptHash.slice(0, 10)}`);
  const characters = Array.from(
    { length: 8 },
    (_, index) => alphabet[Number((bits >> BigInt(5 * (7 - index))) & 31n)]!,
  );
  return `${characters.slice(0, 4).join('')}-${characters.slice(4).join('')}`;
}
