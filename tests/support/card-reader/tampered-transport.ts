import type { Transport } from '../../../src/main/card-reader/transports/transport.ts';

/** A transport whose bytes can be counted, cut in two anywhere, and put behind noise. */
export class TamperedTransport implements Transport {
  readonly label: string;
  readonly speed?: NonNullable<Transport['speed']>;
  readonly #inner: Transport;
  /** CMD and PARA of every command that was written. */
  readonly commands: string[] = [];
  /** Bytes that came since the last command. */
  heardBytes = 0;
  /** Where the reply to a command is cut in two chunks; 0 leaves it alone. */
  splitAt = 0;
  /** Comes before the first byte of every reply. */
  noise: () => Uint8Array = () => new Uint8Array(0);

  constructor(inner: Transport) {
    this.#inner = inner;
    this.label = inner.label;
    if (inner.speed) this.speed = inner.speed;
  }

  open(): ReturnType<Transport['open']> {
    return this.#inner.open();
  }

  write(bytes: Uint8Array): ReturnType<Transport['write']> {
    this.heardBytes = 0;
    this.commands.push(Buffer.from(bytes).toString('hex', 7, 9));
    return this.#inner.write(bytes);
  }

  onBytes(listener: (bytes: Uint8Array) => void): void {
    this.#inner.onBytes((bytes) => {
      const before = this.heardBytes;
      this.heardBytes += bytes.length;
      const noise = before === 0 ? this.noise() : new Uint8Array(0);
      if (noise.length > 0) listener(noise);
      const cut = this.splitAt - before;
      if (cut <= 0 || cut >= bytes.length) return listener(bytes);
      listener(bytes.subarray(0, cut));
      listener(bytes.subarray(cut));
    });
  }

  onClosed(listener: () => void): void {
    this.#inner.onClosed(listener);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}
