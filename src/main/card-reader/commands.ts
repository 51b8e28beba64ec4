import { TEXT_BLOCK_BYTES } from './base-reply.ts';
import { encodeFrame } from './frame-codec.ts';
import { BAUD_RATES, type BaudRate } from '../../shared/domain/reader-transport.ts';
import { STATUS, meaningOf } from './status-codes.ts';

/** One command of the SAM_V protocol, ready to be written. */
export interface Command {
  readonly name: string;
  readonly frame: Uint8Array;
  /** SW3 values that mean that the command was carried out. */
  readonly success: readonly number[];
  /**
   * Whether a successful reply to this command can carry that many bytes. Replies don't name their command, so this
   * is how a late reply to an earlier one is told apart.
   */
  readonly carries: (dataBytes: number) => boolean;
}

/** Bounds of the parameter of `61 FF nn`, in bytes. */
export const RF_BYTES = { min: 24, max: 255, usual: 0x50 } as const;

export const SAM_ID_BYTES = 16;
export const APPENDED_ADDRESS_BYTES = 70;
export const CARD_MANAGEMENT_NUMBER_BYTES = 28;

const exactly = (bytes: number) => (dataBytes: number) => dataBytes === bytes;
const atLeast = (bytes: number) => (dataBytes: number) => dataBytes >= bytes;

function command(
  name: string,
  payload: readonly number[],
  carries: Command['carries'],
  success: readonly number[] = [STATUS.ok],
): Command {
  return { name, frame: encodeFrame(Uint8Array.from(payload)), success, carries };
}

export const RESET_SAM = command('reset-sam', [0x10, 0xff], exactly(0));
export const SAM_STATUS = command('sam-status', [0x11, 0xff], exactly(0));
export const SAM_ID = command('sam-id', [0x12, 0xff], exactly(SAM_ID_BYTES));
export const FIND_CARD = command('find-card', [0x20, 0x01], exactly(4), [STATUS.cardFound]);
export const SELECT_CARD = command('select-card', [0x20, 0x02], exactly(8));
/** Length fields and the text block; less is the answer to something else. */
export const READ_BASE = command('read-base', [0x30, 0x01], atLeast(4 + TEXT_BLOCK_BYTES));
export const READ_BASE_WITH_FINGERPRINT = command(
  'read-base-with-fingerprint',
  [0x30, 0x10],
  atLeast(6 + TEXT_BLOCK_BYTES),
);
export const READ_APPENDED_ADDRESS = command('read-appended-address', [0x30, 0x03], exactly(APPENDED_ADDRESS_BYTES));
/** Reads IIN, SN and DN (the card management number); after a full read it tells whether the card is still there. */
export const READ_CARD_MANAGEMENT_NUMBER = command(
  'read-card-management-number',
  [0x30, 0x05],
  exactly(CARD_MANAGEMENT_NUMBER_BYTES),
);

/**
 * Sets how many bytes the reader moves in one radio frame.
 *
 * @param bytes 24 to 255; drivers use 0x50.
 * @throws RangeError outside those bounds.
 */
export function setMaxRfBytes(bytes: number): Command {
  if (!Number.isInteger(bytes) || bytes < RF_BYTES.min || bytes > RF_BYTES.max) {
    throw new RangeError(`radio frames hold ${RF_BYTES.min} to ${RF_BYTES.max} bytes`);
  }
  return command('set-max-rf-bytes', [0x61, 0xff, bytes], exactly(0));
}

/** Changes the line speed; the parameter counts in the order of `BAUD_RATES`. The reply comes at the old speed; the new one holds 5 ms later. */
export function setBaud(baud: BaudRate): Command {
  return command('set-baud', [0x60, BAUD_RATES.indexOf(baud)], exactly(0));
}

/** A reply as the reader sent it: SW1 and SW2 are the card's own words, SW3 the reader's status. */
export interface Reply {
  readonly sw1: number;
  readonly sw2: number;
  readonly status: number;
  readonly data: Uint8Array;
}

/** Reads a reply out of a frame's payload, which has at least three bytes (the decoder sees to that). */
export function parseReply(payload: Uint8Array): Reply {
  return { sw1: payload[0]!, sw2: payload[1]!, status: payload[2]!, data: payload.subarray(3) };
}

/**
 * Whether `reply` can be the answer to `sent`: a success only with the right amount of data, every refusal, and "not on
 * the card". The success of another command is a late reply.
 */
export function isAnswerTo(sent: Command, reply: Reply): boolean {
  if (sent.success.includes(reply.status)) return sent.carries(reply.data.length);
  return reply.status === STATUS.notOnCard || meaningOf(reply.status).reason !== null;
}

/** SAM module id: 16 bytes as `05.01-20130401-0000000042-0000000007` (u16, u16, u32, u32, u32, little-endian). */
export function formatSamId(data: Uint8Array): string {
  const view = new DataView(data.buffer, data.byteOffset, SAM_ID_BYTES);
  const decimal = (value: number, digits: number): string => String(value).padStart(digits, '0');
  const version = `${decimal(view.getUint16(0, true), 2)}.${decimal(view.getUint16(2, true), 2)}`;
  const serial = `${decimal(view.getUint32(8, true), 10)}-${decimal(view.getUint32(12, true), 10)}`;
  return `${version}-${decimal(view.getUint32(4, true), 8)}-${serial}`;
}

/** The id that only the simulated reader has: no real module has version 99.99. */
export const SIMULATED_SAM_ID = Uint8Array.of(99, 0, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

/** Whether an id, in the form of `formatSamId`, is the simulated reader's: nothing that it reads is of a real card. */
export function isSimulatedSamId(samId: string): boolean {
  return samId === formatSamId(SIMULATED_SAM_ID);
}
