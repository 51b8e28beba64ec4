import { PacedLine } from '../../../src/main/card-reader/simulator/pacing.ts';
import { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import type { Timing } from '../../../src/main/card-reader/timing.ts';
import type { Transport } from '../../../src/main/card-reader/transports/transport.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';

/** A transport straight into a simulated reader, at line speed. */
export class Loopback implements Transport {
  readonly label = 'loopback';
  readonly reader: SimulatedReader;
  /** Frames that the host wrote, as hexadecimal text. */
  readonly written: string[] = [];
  canOpen = true;
  #open = false;
  readonly #line: PacedLine;
  #onBytes: (bytes: Uint8Array) => void = () => undefined;
  #onClosed: () => void = () => undefined;

  constructor(timing: Timing, reader: SimulatedReader = new SimulatedReader(timing), baud = 115_200) {
    this.reader = reader;
    this.#line = new PacedLine(timing, baud, (bytes) => {
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
    for (const reply of this.reader.receive(bytes)) this.#line.send(reply);
    return ok(undefined);
  }

  onBytes(listener: (bytes: Uint8Array) => void): void {
    this.#onBytes = listener;
  }

  onClosed(listener: () => void): void {
    this.#onClosed = listener;
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
}
