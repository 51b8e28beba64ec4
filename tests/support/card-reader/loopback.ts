import { garbled } from '../../../src/main/card-reader/simulator/garbled.ts';
import { PacedLine } from '../../../src/main/card-reader/simulator/pacing.ts';
import { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import type { Timing } from '../../../src/main/card-reader/timing.ts';
import type { LineSpeed, Transport } from '../../../src/main/card-reader/transports/transport.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';

const READ_REPLY_BYTES = 1000;

/** A transport straight into a simulated reader, at line speed; with `wanted` it has a speed that can be changed. */
export class Loopback implements Transport {
  readonly label = 'loopback';
  readonly reader: SimulatedReader;
  /** Frames that the host wrote, as hexadecimal text. */
  readonly written: string[] = [];
  /** Speeds that the host's end was set to. */
  readonly speeds: number[] = [];
  readonly speed?: LineSpeed;
  canOpen = true;
  #baud: number;
  #loseAfter = Infinity;
  #delayMs = 0;
  #open = false;
  readonly #line: PacedLine;
  #onBytes: (bytes: Uint8Array) => void = () => undefined;
  #onClosed: () => void = () => undefined;

  constructor(timing: Timing, reader: SimulatedReader = new SimulatedReader(timing), wanted?: number | 'auto') {
    this.reader = reader;
    this.#baud = typeof wanted === 'number' ? wanted : 115_200;
    if (wanted !== undefined) this.speed = this.#lineSpeed(wanted);
    this.#line = new PacedLine(timing, this.#baud, (bytes) => {
      // A copy, as every real line makes one: the driver wipes what it received.
      if (this.#open) this.#onBytes(bytes.slice());
    });
  }

  async open(): ReturnType<Transport['open']> {
    if (!this.canOpen) return err(failure('reader.missing', 'there is no such port'));
    this.#open = true;
    return ok(undefined);
  }

  async write(bytes: Uint8Array): ReturnType<Transport['write']> {
    if (!this.#open) return err(failure('reader.missing', 'closed'));
    this.written.push(Buffer.from(bytes).toString('hex'));
    const heard = garbled(bytes, this.#baud, this.reader.lineBaud ?? this.#baud);
    for (const reply of this.reader.receive(heard)) {
      const arrives = garbled(reply.bytes, reply.baud ?? this.#baud, this.#baud);
      const isRead = arrives.length >= READ_REPLY_BYTES;
      this.#line.send({
        ...reply,
        bytes: isRead ? arrives.subarray(0, this.#loseAfter) : arrives,
        thinkMs: reply.thinkMs + this.#delayMs,
      });
      this.#delayMs = 0;
      if (isRead) this.#loseAfter = Infinity;
    }
    return ok(undefined);
  }

  /** The line breaks off after so many bytes of the next reply to a read; the reader doesn't know. */
  loseAfter(bytes: number): void {
    this.#loseAfter = bytes;
  }

  /** The next reply comes so much later. */
  delayNext(ms: number): void {
    this.#delayMs = ms;
  }

  onBytes(listener: (bytes: Uint8Array) => void): void {
    this.#onBytes = listener;
  }

  onClosed(listener: () => void): void {
    this.#onClosed = listener;
  }

  /** Bytes that the host hears and nobody meant. */
  hear(bytes: Uint8Array): void {
    if (this.#open) this.#onBytes(bytes);
  }

  async close(): Promise<void> {
    this.#open = false;
    this.#line.clear();
  }

  unplug(): void {
    this.#open = false;
    this.#line.clear();
    this.#onClosed();
  }

  #lineSpeed(wanted: number | 'auto'): LineSpeed {
    const current = (): number => this.#baud;
    return {
      wanted,
      get baud() {
        return current();
      },
      set: async (baud) => {
        this.speeds.push(baud);
        this.#baud = baud;
        return ok(undefined);
      },
    };
  }
}
