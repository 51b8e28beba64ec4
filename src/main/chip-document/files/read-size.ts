/**
 * What every chip answers: padded to the block of AES and with the status and check code of secure messaging the
 * response stays within the 256 bytes of a short length.
 */
export const SHORT_READ = 223;
/** Chips that take extended lengths answer this much; more gains little and some readers' buffers end at 2 kB. */
export const EXTENDED_READ = 1024;

const CAPABILITIES = 7;
const EXTENDED_LENGTHS = 0x40;

/**
 * How much a chip may be asked for at once, by the card capabilities in the historical bytes of its answer to reset
 * (ISO/IEC 7816-4, 12.1.1.9); what can't be read there counts as short.
 */
export function readSizeOf(atr: Uint8Array): number {
  const historical = historicalBytes(atr);
  if (historical[0] !== 0x80 && historical[0] !== 0x00) return SHORT_READ;
  for (let at = 1; at < historical.length;) {
    const head = historical[at] ?? 0;
    const length = head & 0x0f;
    if (head >> 4 === CAPABILITIES && length === 3) {
      return (historical[at + 3] ?? 0) & EXTENDED_LENGTHS ? EXTENDED_READ : SHORT_READ;
    }
    at += 1 + length;
  }
  return SHORT_READ;
}

/** ISO/IEC 7816-3, 8.2: behind the interface bytes, whose presence is told by the upper half of T0 and every TD. */
function historicalBytes(atr: Uint8Array): Uint8Array {
  const t0 = atr[1] ?? 0;
  let at = 2;
  let present = t0 >> 4;
  while (present !== 0 && at < atr.length) {
    at += [1, 2, 4].filter((bit) => present & bit).length;
    if (!(present & 8)) break;
    present = (atr[at] ?? 0) >> 4;
    at += 1;
  }
  return atr.subarray(at, at + (t0 & 0x0f));
}
