import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { CommandLink } from './command-link.ts';
import { READ_APPENDED_ADDRESS } from './commands.ts';
import { sendRetrying } from './retrying.ts';
import { STATUS, isUnsupported, meaningOf, statusFailure } from './status-codes.ts';

/**
 * The address that was written to the chip after the card was issued; null when the card has none (91, or a blank
 * one) and when the module can't read it. A read that failed is a failure, never "none".
 */
export async function readAppendedAddress(link: CommandLink): Promise<Result<string | null, Failure>> {
  const sent = await sendRetrying(link, READ_APPENDED_ADDRESS);
  if (!sent.ok) return err(sent.error.failure);
  const { status, data } = sent.value;
  if (status === STATUS.notOnCard || isUnsupported(status)) return ok(null);
  if (status !== STATUS.ok) {
    if (status === STATUS.readFailed) return err(failure('card.read-failed', 'the appended address was not read'));
    return err(
      meaningOf(status).cardGone ? failure('card.pulled', 'before its address was read') : statusFailure(status),
    );
  }
  const address = decodeAppendedAddress(data);
  data.fill(0);
  link.wipe();
  return ok(address === '' ? null : address);
}

/** 70 bytes of UTF-16LE, padded with U+0020 or U+0000 at either end; other white space belongs to the text. */
export function decodeAppendedAddress(data: Uint8Array): string {
  const text = Buffer.from(data.buffer, data.byteOffset, data.length).toString('utf16le');
  let from = 0;
  let to = text.length;
  while (from < to && isPadding(text.charCodeAt(from))) from++;
  while (to > from && isPadding(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

function isPadding(unit: number): boolean {
  return unit === 0x20 || unit === 0;
}
