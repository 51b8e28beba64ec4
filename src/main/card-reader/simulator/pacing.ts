import type { Timing } from '../timing.ts';
import type { SimulatedReply } from './simulated-reader.ts';

/** Eight data bits, one start and one stop bit: ten bit times a byte. */
const BITS_PER_BYTE = 10;
const MAX_CHUNK_BYTES = 64;
const USUAL_CHUNK_BYTES = 32;

/**
 * Puts replies on a line at the speed of a serial one (115,200 baud: 11.52 bytes a millisecond), in chunks of at most
 * 64 bytes. Each chunk is due when its last byte would have arrived, counted from the start of the reply, so late
 * timers delay single chunks but never the whole.
 */
export class PacedLine {
  readonly #timing: Timing;
  readonly #baud: number;
  readonly #write: (bytes: Uint8Array) => void;
  readonly #unplug: () => void;
  readonly #queue: SimulatedReply[] = [];
  #sent = 0;
  #startMs = 0;
  #cancelTimer: (() => void) | null = null;

  /** @param unplug called behind a reply that pulls the cable. */
  constructor(timing: Timing, baud: number, write: (bytes: Uint8Array) => void, unplug: () => void = () => undefined) {
    this.#timing = timing;
    this.#baud = baud;
    this.#write = write;
    this.#unplug = unplug;
  }

  send(reply: SimulatedReply): void {
    this.#queue.push(reply);
    if (this.#queue.length === 1) this.#start(this.#timing.clock.monotonicMs());
  }

  /** Forgets what was not sent yet. */
  clear(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#queue.length = 0;
  }

  #start(fromMs: number): void {
    const reply = this.#queue[0];
    if (!reply) return;
    this.#sent = 0;
    this.#startMs = fromMs + reply.thinkMs;
    this.#schedule();
  }

  #schedule(): void {
    const reply = this.#queue[0]!;
    const upTo = Math.min(this.#sent + (reply.chunkBytes ?? USUAL_CHUNK_BYTES), reply.bytes.length);
    const dueMs = this.#startMs + upTo / this.#bytesPerMs(reply);
    this.#cancelTimer = this.#timing.setTimer(
      () => this.#pump(),
      Math.max(0, dueMs - this.#timing.clock.monotonicMs()),
    );
  }

  #pump(): void {
    this.#cancelTimer = null;
    const reply = this.#queue[0]!;
    const { bytes, chunkBytes = MAX_CHUNK_BYTES } = reply;
    const bytesPerMs = this.#bytesPerMs(reply);
    const arrived = Math.floor((this.#timing.clock.monotonicMs() - this.#startMs) * bytesPerMs + 0.001);
    const end = Math.min(bytes.length, Math.max(arrived, 0));
    while (this.#sent < end) {
      const upTo = Math.min(end, this.#sent + chunkBytes);
      this.#write(bytes.subarray(this.#sent, upTo));
      this.#sent = upTo;
    }
    if (this.#sent < bytes.length) return this.#schedule();
    this.#queue.shift();
    if (reply.thenUnplug) {
      this.clear();
      return this.#unplug();
    }
    this.#start(this.#startMs + bytes.length / bytesPerMs);
  }

  #bytesPerMs({ baud = this.#baud }: { readonly baud?: number }): number {
    return baud / BITS_PER_BYTE / 1000;
  }
}
