import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { bytesOf, concatBytes } from '../bytes.ts';

/** A command to a chip (ISO/IEC 7816-4, 5.1) before it is put into bytes. */
export interface Command {
  readonly classByte: number;
  readonly instruction: number;
  readonly p1: number;
  readonly p2: number;
  readonly data?: Uint8Array;
  /** How many bytes of response are expected: up to 256, or 65,536 where the chip takes extended lengths. */
  readonly expected?: number;
}

export interface Response {
  readonly data: Uint8Array;
  /** SW1 and SW2 as one number. */
  readonly status: number;
}

export const DONE = 0x9000;
export const END_OF_FILE = 0x6282;
export const WRONG_LENGTH = 0x6700;
export const OUTSIDE_OF_FILE = 0x6b00;

/** The bytes of a command: extended lengths only where short ones don't do. */
export function encodeCommand(command: Command): Uint8Array {
  const { classByte, instruction, p1, p2, data, expected } = command;
  const header = bytesOf(classByte, instruction, p1, p2);
  const extended = (data?.length ?? 0) > 255 || (expected ?? 0) > 256;
  const body = data ? concatBytes(extended ? wide(data.length, true) : bytesOf(data.length), data) : bytesOf();
  if (expected === undefined) return concatBytes(header, body);
  const le = extended ? wide(expected % 65_536, data === undefined) : bytesOf(expected % 256);
  return concatBytes(header, body, le);
}

function wide(length: number, first: boolean): Uint8Array {
  return first ? bytesOf(0, length >> 8, length & 0xff) : bytesOf(length >> 8, length & 0xff);
}

/** Splits a response into data and status word; fails with `chip.malformed` when it has no status word. */
export function decodeResponse(bytes: Uint8Array): Result<Response, Failure> {
  const { length } = bytes;
  if (length < 2) return err(failure('chip.malformed', 'an answer without a status word'));
  return ok({ data: bytes.subarray(0, length - 2), status: (bytes[length - 2] ?? 0) * 256 + (bytes[length - 1] ?? 0) });
}

/** A status word as people write it. */
export function statusName(status: number): string {
  return status.toString(16).toUpperCase().padStart(4, '0');
}
