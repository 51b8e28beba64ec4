/** One start bit, eight data bits with the lowest first, one stop bit. */
const BITS = 10;

/**
 * What a serial receiver at `toBaud` makes of bytes that were sent at `fromBaud` without gaps between them. A byte
 * whose stop bit is missing arrives as zero, which is how systems hand out framing errors.
 */
export function garbled(bytes: Uint8Array, fromBaud: number, toBaud: number): Uint8Array {
  if (fromBaud === toBaud) return bytes;
  /** Length of a received bit, in sent bits. */
  const bit = fromBaud / toBaud;
  const end = bytes.length * BITS;
  const received: number[] = [];
  let at = 0;
  while (at < end) {
    if (levelAt(bytes, at) === 1 || levelAt(bytes, at + bit / 2) === 1) {
      at = Math.floor(at) + 1;
      continue;
    }
    let byte = 0;
    for (let n = 0; n < 8; n++) byte |= levelAt(bytes, at + (n + 1.5) * bit) << n;
    at += 9.5 * bit;
    const isFramed = levelAt(bytes, at) === 1;
    received.push(isFramed ? byte : 0);
    while (!isFramed && at < end && levelAt(bytes, at) === 0) at = Math.floor(at) + 1;
  }
  return Uint8Array.from(received);
}

/** Level of the line (0 or 1) at a time counted in sent bits; after the last byte it idles at 1. */
function levelAt(bytes: Uint8Array, time: number): number {
  const place = Math.floor(time);
  const byte = bytes[Math.floor(place / BITS)];
  const bit = place % BITS;
  if (byte === undefined || bit === BITS - 1) return 1;
  return bit === 0 ? 0 : (byte >> (bit - 1)) & 1;
}
