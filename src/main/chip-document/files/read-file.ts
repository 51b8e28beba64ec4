import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Channel } from '../apdu/channel.ts';
import {
  DONE,
  END_OF_FILE,
  OUTSIDE_OF_FILE,
  statusName,
  WRONG_LENGTH,
  type Command,
  type Response,
} from '../apdu/command.ts';
import { encodeObject, LONGEST_HEADER, readHeader, readOnly } from '../apdu/tlv.ts';
import { bigEndian, bytesOf } from '../bytes.ts';
import type { ElementaryFile } from './elementary-files.ts';
import { SHORT_READ } from './read-size.ts';

/** From here on an offset needs the odd form of READ BINARY (ISO/IEC 7816-4, 7.2.3). */
const FAR = 0x8000;
const DISCRETIONARY_DATA = 0x53;
/** Tag and length of the object that the odd form wraps its answer in. */
const FAR_OVERHEAD = 4;

/** SELECT by file identifier under the current directory; gives the status word. */
export async function selectFile(channel: Channel, file: ElementaryFile): Promise<Result<number, Failure>> {
  const data = bytesOf(file.identifier >> 8, file.identifier & 0xff);
  const answer = await channel.send({ classByte: 0, instruction: 0xa4, p1: 0x02, p2: 0x0c, data });
  return answer.ok ? ok(answer.value.status) : answer;
}

/** How a file is read. */
export interface Reading {
  /** How much a single command asks for. */
  readonly readBytes: number;
  /** Told after every piece; 0..1. */
  readonly onShare?: (share: number) => void;
}

/**
 * Reads the selected file whole: as long as the object at its beginning says. Fails with `chip.malformed` for another
 * object, a length beyond what such files have, or a file that ends before the length it claims.
 */
export async function readSelected(
  channel: Channel,
  file: ElementaryFile,
  { readBytes, onShare }: Reading,
): Promise<Result<Uint8Array, Failure>> {
  const start = await readPiece(channel, 0, LONGEST_HEADER + 1);
  if (!start.ok) return start;
  const header = readHeader(start.value);
  if (!header.ok) return header;
  const { tag, headerBytes, valueBytes } = header.value;
  const total = headerBytes + valueBytes;
  if (tag !== file.tag) return malformed(file, 'begins with another object');
  if (total > file.longestBytes) return malformed(file, `claims ${total} bytes`);

  const whole = new Uint8Array(total);
  whole.set(start.value.subarray(0, total));
  let at = Math.min(start.value.length, total);
  let piece = readBytes;
  while (at < total) {
    const wanted = Math.min(at < FAR ? piece : piece - FAR_OVERHEAD, total - at);
    const read = await readPiece(channel, at, wanted);
    if (!read.ok && read.error.detail === TOO_MUCH && piece > SHORT_READ) {
      piece = SHORT_READ;
      continue;
    }
    if (!read.ok) return read;
    if (read.value.length === 0) return malformed(file, `ends at ${at} of ${total} bytes`);
    whole.set(read.value, at);
    at += read.value.length;
    onShare?.(at / total);
  }
  return ok(whole);
}

/** Selects and reads a file; null when the chip hasn't got it. */
export async function readFile(
  channel: Channel,
  file: ElementaryFile,
  reading: Reading,
): Promise<Result<Uint8Array | null, Failure>> {
  const status = await selectFile(channel, file);
  if (!status.ok) return status;
  if (status.value !== DONE) return ok(null);
  return readSelected(channel, file, reading);
}

const TOO_MUCH = 'the chip gives less at once';

/** At most `wanted` bytes from `offset`; none at the end of the file. */
async function readPiece(channel: Channel, offset: number, wanted: number): Promise<Result<Uint8Array, Failure>> {
  const answer = await channel.send(offset < FAR ? near(offset, wanted) : far(offset, wanted));
  if (!answer.ok) return answer;
  const { status } = answer.value;
  if (status === OUTSIDE_OF_FILE) return ok(bytesOf());
  if (status === WRONG_LENGTH) return err(failure('chip.malformed', TOO_MUCH));
  if (status !== DONE && status !== END_OF_FILE) return err(failure('chip.stopped', `reading: ${statusName(status)}`));
  const data = offset < FAR ? ok(answer.value.data) : unwrapped(answer.value);
  if (data.ok && data.value.length > wanted) return err(failure('chip.malformed', 'more bytes than were asked for'));
  return data;
}

function near(offset: number, expected: number): Command {
  return { classByte: 0, instruction: 0xb0, p1: offset >> 8, p2: offset & 0xff, expected };
}

function far(offset: number, wanted: number): Command {
  const data = encodeObject(0x54, bigEndian(offset));
  return { classByte: 0, instruction: 0xb1, p1: 0, p2: 0, data, expected: wanted + FAR_OVERHEAD };
}

function unwrapped({ data }: Response): Result<Uint8Array, Failure> {
  return data.length === 0 ? ok(data) : readOnly(data, DISCRETIONARY_DATA);
}

function malformed(file: ElementaryFile, detail: string): { readonly ok: false; readonly error: Failure } {
  return err(failure('chip.malformed', `${file.name} ${detail}`));
}
