import { FrameBoundary } from './usb-frame-boundary.ts';

const MAX_WAITING_CHUNKS = 128;

/**
 * Puts replies together whose beginning and rest come by two pipes. Both pipes are listened to all the time, and
 * which of them is heard first is chance: a rest waits for its beginning.
 */
export class SplitReplies {
  readonly #boundary = new FrameBoundary();
  readonly #waiting: Uint8Array[] = [];
  readonly #emit: (bytes: Uint8Array) => void;

  constructor(emit: (bytes: Uint8Array) => void) {
    this.#emit = emit;
  }

  /** Bytes of the pipe that replies begin on; some readers send more of a reply there, or all of it. */
  fromHeaderPipe(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    // A new beginning means that the rest of the reply before it isn't coming.
    if (this.#boundary.missing > 0 && beginsFrame(bytes)) this.#boundary.reset();
    for (let at = 0; at < bytes.length;) at += this.#boundary.take(bytes.subarray(at)).taken;
    this.#emit(bytes);
    this.#join();
  }

  fromBodyPipe(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (this.#waiting.length >= MAX_WAITING_CHUNKS) this.#waiting.shift()?.fill(0);
    this.#waiting.push(bytes);
    this.#join();
  }

  /** Wipes what waits: it belongs to a command that is over. */
  reset(): void {
    this.#boundary.reset();
    for (const bytes of this.#waiting.splice(0)) bytes.fill(0);
  }

  #join(): void {
    while (this.#waiting.length > 0 && !this.#boundary.isIdle) {
      const bytes = this.#waiting.shift()!;
      // What a packet holds beyond the end of its reply is padding.
      const { taken } = this.#boundary.take(bytes);
      bytes.subarray(taken).fill(0);
      this.#emit(bytes.subarray(0, taken));
    }
  }
}

function beginsFrame(bytes: Uint8Array): boolean {
  const mark = bytes[2] === 0x96 ? 2 : 3;
  return bytes[0] === 0xaa && bytes[1] === 0xaa && bytes[mark] === 0x96 && bytes[mark + 1] === 0x69;
}
