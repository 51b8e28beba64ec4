import { concatBytes } from '../../../src/main/chip-document/bytes.ts';

/** A command as a card sees it. */
export interface CardCommand {
  readonly classByte: number;
  readonly instruction: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  /** 0 when none was asked for. */
  readonly expected: number;
}

/** Takes the bytes of a command apart (ISO/IEC 7816-4, 5.1): short and extended lengths. */
export function parseCommand(apdu: Uint8Array): CardCommand {
  const [classByte = 0, instruction = 0, p1 = 0, p2 = 0] = apdu;
  const header = { classByte, instruction, p1, p2 };
  const body = apdu.subarray(4);
  const none = new Uint8Array();
  const wide = (at: number): number => (body[at] ?? 0) * 256 + (body[at + 1] ?? 0);
  if (body.length === 0) return { ...header, data: none, expected: 0 };
  if (body.length === 1) return { ...header, data: none, expected: body[0] || 256 };
  if (body[0] === 0 && body.length === 3) return { ...header, data: none, expected: wide(1) || 65_536 };
  const extended = body[0] === 0 && body.length > 3;
  const length = extended ? wide(1) : (body[0] ?? 0);
  const start = extended ? 3 : 1;
  const rest = body.length - start - length;
  const last = start + length;
  const expected = rest === 0 ? 0 : extended ? wide(last) || 65_536 : body[last] || 256;
  return { ...header, data: body.slice(start, last), expected };
}

export function response(status: number, data: Uint8Array = new Uint8Array()): Uint8Array {
  return concatBytes(data, Uint8Array.of(status >> 8, status & 0xff));
}
