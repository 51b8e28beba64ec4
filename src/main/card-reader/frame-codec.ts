/**
 * Frames of the SAM_V serial protocol (GA 450, GA/T 467), both directions:
 *
 *     AA AA AA 96 69 | LEN hi lo | payload … | CHK        LEN = payload length + 1
 *
 * CHK is the XOR of every byte from LEN hi to the end of the payload, so that XOR over LEN … CHK is zero. A command's
 * payload is `CMD PARA data…`, a reply's is `SW1 SW2 SW3 data…`.
 */
export const PREAMBLE = Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69);

/** Largest LEN that is believed: a whole frame of 4,096 bytes. */
export const MAX_LENGTH = 4089;

/** LEN of the shortest command (CMD, PARA, CHK) and of the shortest reply (SW1, SW2, SW3, CHK). */
export const MIN_COMMAND_LENGTH = 3;
export const MIN_REPLY_LENGTH = 4;

/** Silence inside a frame after which the rest is not going to come. */
export const IDLE_GAP_MS = 200;

const SYNC = 0xaa;
const MARK_1 = 0x96;
const MARK_2 = 0x69;
const BUFFER_BYTES = 8192;
const NOTHING: readonly FrameEvent[] = [];

/** What the decoder found, in the order of the bytes. Only `frame` carries data; the others count what was dropped. */
export type FrameEvent =
  | { readonly kind: 'frame'; readonly payload: Uint8Array }
  | { readonly kind: 'bad-checksum'; readonly length: number }
  | { readonly kind: 'bad-length'; readonly length: number }
  | { readonly kind: 'noise'; readonly bytes: number }
  | { readonly kind: 'idle-gap'; readonly bytes: number };

/**
 * Builds a whole frame around `payload`.
 *
 * @throws RangeError when the payload is longer than a frame can hold (4,088 bytes).
 */
export function encodeFrame(payload: Uint8Array): Uint8Array {
  const length = payload.length + 1;
  if (length > MAX_LENGTH) throw new RangeError(`a frame holds at most ${MAX_LENGTH - 1} bytes of payload`);
  const frame = new Uint8Array(PREAMBLE.length + 2 + length);
  frame.set(PREAMBLE);
  frame[5] = length >> 8;
  frame[6] = length & 0xff;
  frame.set(payload, 7);
  frame[frame.length - 1] = xorOf(frame, 5, frame.length - 1);
  return frame;
}

/** XOR of `bytes[from … to)`, eight bytes a turn. */
export function xorOf(bytes: Uint8Array, from: number, to: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let at = from;
  for (const end = to - 7; at < end; at += 8) {
    a ^= bytes[at]! ^ bytes[at + 4]!;
    b ^= bytes[at + 1]! ^ bytes[at + 5]!;
    c ^= bytes[at + 2]! ^ bytes[at + 6]!;
    d ^= bytes[at + 3]! ^ bytes[at + 7]!;
  }
  for (; at < to; at++) a ^= bytes[at]!;
  return a ^ b ^ c ^ d;
}

/**
 * Finds frames in a byte stream that may be split, merged, damaged or mixed with noise.
 *
 * A frame that lies whole within one chunk is given as a view of that chunk; one that spans chunks is a copy. After a
 * wrong checksum or an impossible length the search goes on one byte later, so a true frame behind a false start is
 * found. The decoder keeps less than one frame (4,096 bytes) between calls.
 */
export class FrameDecoder {
  readonly #minLength: number;
  readonly #idleGapMs: number;
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  #held = 0;
  /** With how many held bytes there is something to decide; less than a whole frame and its header. */
  #wanted = 0;
  #lastByteMs = 0;

  constructor(minLength: number = MIN_REPLY_LENGTH, idleGapMs: number = IDLE_GAP_MS) {
    this.#minLength = minLength;
    this.#idleGapMs = idleGapMs;
  }

  /** Bytes of an unfinished frame, or of what may become a preamble. */
  get pendingBytes(): number {
    return this.#held;
  }

  /** Takes the next bytes, which arrived at `nowMs` (monotonic), and gives what they complete. */
  push(chunk: Uint8Array, nowMs: number): readonly FrameEvent[] {
    if (chunk.length === 0) return this.expire(nowMs);
    const held = this.#held;
    if (held > 0 && held + chunk.length < this.#wanted && nowMs - this.#lastByteMs <= this.#idleGapMs) {
      this.#buffer.set(chunk, held);
      this.#held = held + chunk.length;
      this.#lastByteMs = nowMs;
      return NOTHING;
    }
    const events: FrameEvent[] = [];
    this.#dropIdle(nowMs, events);
    this.#lastByteMs = nowMs;
    let taken = 0;
    while (this.#held > 0 && taken < chunk.length) {
      const part = Math.min(chunk.length - taken, this.#wanted - this.#held);
      this.#buffer.set(chunk.subarray(taken, taken + part), this.#held);
      taken += part;
      this.#held += part;
      if (this.#held < this.#wanted) return events;
      this.#hold(this.#buffer, this.#scan(this.#buffer, this.#held, true, events), this.#held);
    }
    if (taken < chunk.length) {
      const rest = taken === 0 ? chunk : chunk.subarray(taken);
      this.#hold(rest, this.#scan(rest, rest.length, false, events), rest.length);
    }
    return events;
  }

  /** Drops an unfinished frame whose line has been silent for longer than the gap; call it when a timer says so. */
  expire(nowMs: number): readonly FrameEvent[] {
    const events: FrameEvent[] = [];
    this.#dropIdle(nowMs, events);
    return events;
  }

  /** Forgets everything held, as after opening a port. */
  reset(): void {
    this.#held = 0;
    this.#wanted = 0;
  }

  /** Forgets everything held, and overwrites what earlier frames left in memory. */
  wipe(): void {
    this.reset();
    this.#buffer.fill(0);
  }

  #dropIdle(nowMs: number, events: FrameEvent[]): void {
    if (this.#held === 0 || nowMs - this.#lastByteMs <= this.#idleGapMs) return;
    // The unfinished start may have been a false one with a true frame behind it: look again behind each.
    const found: FrameEvent[] = [];
    let dropped = 0;
    while (this.#held > 0) {
      const skip = Math.min(4, this.#held);
      dropped += skip;
      this.#buffer.copyWithin(0, skip, this.#held);
      const end = this.#held - skip;
      this.#hold(this.#buffer, this.#scan(this.#buffer, end, true, found), end);
    }
    for (const event of found) if (event.kind === 'noise') dropped += event.bytes;
    events.push({ kind: 'idle-gap', bytes: dropped }, ...found.filter((event) => event.kind === 'frame'));
  }

  #hold(source: Uint8Array, from: number, end: number): void {
    this.#held = end - from;
    if (this.#held === 0) return;
    if (source === this.#buffer) this.#buffer.copyWithin(0, from, end);
    else this.#buffer.set(source.subarray(from, end));
    this.#wanted = wantedBytes(this.#buffer, this.#held);
  }

  /** Gives events for `bytes[0 … end)`; the result is where the part to keep begins. */
  #scan(bytes: Uint8Array, end: number, copy: boolean, events: FrameEvent[]): number {
    let noise = 0;
    let at = 0;
    for (;;) {
      const mark = markAt(bytes, at, end);
      const start = mark < 0 ? tailStart(bytes, at, end) : preambleStart(bytes, at, mark);
      noise += start - at;
      if (mark < 0 || mark + 4 > end) return keepFrom(start, noise, events);
      const length = (bytes[mark + 2]! << 8) | bytes[mark + 3]!;
      const body = mark + 4;
      if (length < this.#minLength || length > MAX_LENGTH) {
        events.push({ kind: 'bad-length', length });
      } else if (body + length > end) {
        return keepFrom(start, noise, events);
      } else if (xorOf(bytes, mark + 2, body + length) === 0) {
        if (noise > 0) events.push({ kind: 'noise', bytes: noise });
        noise = 0;
        const last = body + length - 1;
        events.push({ kind: 'frame', payload: copy ? bytes.slice(body, last) : bytes.subarray(body, last) });
        at = body + length;
        continue;
      } else {
        events.push({ kind: 'bad-checksum', length });
      }
      // Nothing between the start and its mark can begin another frame, so one byte later means behind the mark.
      noise += mark + 2 - start;
      at = mark + 2;
    }
  }
}

/** How many bytes the start of a frame in `held[0 … end)` needs: its header, or the whole frame once LEN is there. */
function wantedBytes(held: Uint8Array, end: number): number {
  const mark = held[2] === MARK_1 ? 2 : 3;
  if (mark + 4 > end) return mark + 4;
  return mark + 4 + ((held[mark + 2]! << 8) | held[mark + 3]!);
}

function keepFrom(start: number, noise: number, events: FrameEvent[]): number {
  if (noise > 0) events.push({ kind: 'noise', bytes: noise });
  return start;
}

/** Index of the first 96 of an `AA AA 96 69` that lies whole in `bytes[from … end)`, or -1. */
function markAt(bytes: Uint8Array, from: number, end: number): number {
  // Frames mostly follow each other without a gap.
  if (from + 5 <= end && bytes[from + 3] === MARK_1 && isMark(bytes, from, from + 3, end)) return from + 3;
  for (let mark = bytes.indexOf(MARK_1, from + 2); mark >= 0 && mark < end; mark = bytes.indexOf(MARK_1, mark + 1)) {
    if (isMark(bytes, from, mark, end)) return mark;
  }
  return -1;
}

function isMark(bytes: Uint8Array, from: number, mark: number, end: number): boolean {
  return (
    mark - 2 >= from &&
    mark + 1 < end &&
    bytes[mark + 1] === MARK_2 &&
    bytes[mark - 1] === SYNC &&
    bytes[mark - 2] === SYNC
  );
}

/** Where the preamble of the mark begins: two AA, or three where the third is there. */
function preambleStart(bytes: Uint8Array, from: number, mark: number): number {
  return mark - 3 >= from && bytes[mark - 3] === SYNC ? mark - 3 : mark - 2;
}

/** Where an unfinished preamble at the very end begins (`AA`, `AA AA`, `AA AA AA`, each with or without `96`). */
function tailStart(bytes: Uint8Array, from: number, end: number): number {
  let at = end;
  if (at - 1 >= from && bytes[at - 1] === MARK_1) at--;
  const syncEnd = at;
  while (at > from && syncEnd - at < 3 && bytes[at - 1] === SYNC) at--;
  const found = syncEnd - at;
  return found >= (syncEnd === end ? 1 : 2) ? at : end;
}
