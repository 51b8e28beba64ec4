import { createHash } from 'node:crypto';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { mrzCheckDigit } from '../../../shared/domain/mrz-characters.ts';
import type { ChipAccessKey } from '../../../shared/domain/travel-document.ts';

/** What a chip's password is made of; nothing of it leaves this process. */
export interface AccessPassword {
  readonly kind: ChipAccessKey['kind'];
  /** SHA-1 of the zone's fields with their check digits, or the digits of the CAN (Doc 9303 part 11, 4.3.2, 9.7.3). */
  readonly secret: Uint8Array;
}

const NUMBER_LENGTH = 9;

/** Fails with `chip.access-denied` when the parts have not the form of such a key; the text says which, never what. */
export function accessPassword(key: ChipAccessKey): Result<AccessPassword, Failure> {
  if (key.kind === 'can') {
    if (!/^\d{6}$/.test(key.number)) return err(failure('chip.access-denied', 'a card access number has six digits'));
    return ok({ kind: 'can', secret: new Uint8Array(Buffer.from(key.number, 'latin1')) });
  }
  const number = key.documentNumber.toUpperCase().replace(/[\s-]/g, '').padEnd(NUMBER_LENGTH, '<');
  if (!/^[A-Z0-9<]{9,22}$/.test(number)) return err(failure('chip.access-denied', 'the form of the document number'));
  for (const date of [key.birthDate, key.expiryDate]) {
    if (!/^[0-9<]{6}$/.test(date)) return err(failure('chip.access-denied', 'the dates of the access key'));
  }
  const fields = [number, key.birthDate, key.expiryDate].map((field) => field + (mrzCheckDigit(field) ?? '')).join('');
  return ok({ kind: 'mrz', secret: new Uint8Array(createHash('sha1').update(fields, 'latin1').digest()) });
}
