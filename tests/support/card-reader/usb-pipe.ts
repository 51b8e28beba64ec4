import type { Timing } from '../../../src/main/card-reader/timing.ts';
import type { UsbInResult } from '../../../src/main/card-reader/transports/usb-library.ts';
import { PACKET_BYTES } from './usb-packets.ts';

interface Waiting {
  readonly length: number;
  readonly resolve: (result: UsbInResult) => void;
  readonly fail: (words: string) => void;
  readonly received: Uint8Array[];
}

/**
 * An IN endpoint with the transfers of package `usb` 3.1 (src/webusb_device.rs, `transferIn`; nusb, `transfer_blocking`):
 * a transfer ends when it is full or with a short packet, one that is late is cancelled and loses what it received,
 * and there is one at a time.
 */
export class InPipe {
  readonly #timing: Timing;
  readonly #packets: Uint8Array[] = [];
  #waiting: Waiting | null = null;

  constructor(timing: Timing) {
    this.#timing = timing;
  }

  get isWaiting(): boolean {
    return this.#waiting !== null;
  }

  /** The reader has a packet to give; the host gets it when it asks. */
  offer(packet: Uint8Array): void {
    this.#packets.push(packet);
    this.#serve();
  }

  transfer(length: number, timeoutMs: number): Promise<UsbInResult> {
    // The library can't get at an endpoint that is in use.
    if (this.#waiting) return Promise.reject(new Error('transferIn error: endpoint not found'));
    return new Promise((resolve, reject) => {
      const end = (): void => {
        cancel();
        this.#waiting = null;
      };
      const fail = (words: string): void => {
        end();
        reject(new Error(`transferIn error: ${words}`));
      };
      const cancel = this.#timing.setTimer(() => fail('Cancelled'), timeoutMs);
      this.#waiting = {
        length: Math.ceil(length / PACKET_BYTES) * PACKET_BYTES,
        resolve: (result) => {
          end();
          resolve(result);
        },
        fail,
        received: [],
      };
      this.#serve();
    });
  }

  fail(words: string): void {
    this.#waiting?.fail(words);
  }

  clear(): void {
    this.#packets.length = 0;
  }

  #serve(): void {
    while (this.#waiting && this.#packets.length > 0) {
      const { length, received, resolve } = this.#waiting;
      const packet = this.#packets.shift()!;
      received.push(packet);
      const bytes = new Uint8Array(Buffer.concat(received));
      if (bytes.length >= length || packet.length < PACKET_BYTES) {
        resolve({ data: new DataView(bytes.buffer), status: 'ok' });
      }
    }
  }
}
