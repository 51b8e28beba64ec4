import { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import type { Timing } from '../../../src/main/card-reader/timing.ts';
import type { UsbConfiguration, UsbOutResult } from '../../../src/main/card-reader/transports/usb-library.ts';
import { HEADER_BYTES, packetsOf, type UsbBehaviour } from './usb-packets.ts';
import { InPipe } from './usb-pipe.ts';

/**
 * `split`: preamble and LEN by one pair of pipes, the rest by the other. `whole`: one pair. `first-pair`: four pipes
 * of which only the first two are used, with whole frames.
 */
export type UsbReaderForm = 'split' | 'whole' | 'first-pair';

/** One packet a millisecond, as a full-speed bus gives to a reader that isn't in a hurry. */
const PACKET_MS = 1;

export interface UsbReaderSetup {
  readonly timing: Timing;
  readonly form: UsbReaderForm;
  readonly reader?: SimulatedReader;
  readonly vendorId?: number;
  readonly productId?: number;
  readonly serialNumber?: string | null;
  readonly ports?: readonly number[];
}

/** The hardware: a simulated reader behind USB pipes. What a host sees of it is a `UsbHandle`. */
export class UsbReader {
  readonly reader: SimulatedReader;
  readonly setup: UsbReaderSetup;
  readonly inPipes: ReadonlyMap<number, InPipe>;
  /** What hosts did, for tests to compare. */
  readonly counts = { opened: 0, closed: 0, claimed: 0, released: 0, detached: 0, attached: 0, outTransfers: 0 };
  behaviour: UsbBehaviour = { kind: 'plain' };
  /** Who uses the interface: another program, a driver of the system, or one of our handles. */
  owner: 'program' | 'driver' | object | null = null;
  isPlugged = true;
  /** Changes each time it is plugged in. */
  connection = 1;
  #stalled: 'in' | 'out' | null = null;
  #faults = 0;
  #timers: (() => void)[] = [];

  constructor(setup: UsbReaderSetup) {
    this.setup = setup;
    this.reader = setup.reader ?? new SimulatedReader(setup.timing);
    const numbers = setup.form === 'whole' ? [1] : [1, 5];
    this.inPipes = new Map(numbers.map((number) => [number, new InPipe(setup.timing)]));
  }

  get configuration(): UsbConfiguration {
    const pipe = (endpointNumber: number, direction: 'in' | 'out') =>
      ({ endpointNumber, direction, type: 'bulk', packetSize: 64 }) as const;
    const endpoints =
      this.setup.form === 'whole'
        ? [pipe(2, 'out'), pipe(1, 'in')]
        : [pipe(2, 'out'), pipe(6, 'out'), pipe(1, 'in'), pipe(5, 'in')];
    return {
      configurationValue: 1,
      interfaces: [{ interfaceNumber: 0, alternate: { interfaceClass: 0xff, endpoints } }],
    };
  }

  /** How many transfers hosts left waiting. */
  get waitingTransfers(): number {
    return [...this.inPipes.values()].filter(({ isWaiting }) => isWaiting).length;
  }

  setBehaviour(behaviour: UsbBehaviour): void {
    this.behaviour = behaviour;
    this.#stalled = behaviour.kind === 'stalled' || behaviour.kind === 'stall-once' ? behaviour.direction : null;
    this.#faults = behaviour.kind === 'noisy' ? behaviour.faults : 0;
  }

  /** Pulls the plug: transfers under way fail, and later ones too. */
  unplug(): void {
    this.isPlugged = false;
    this.owner = null;
    for (const cancel of this.#timers.splice(0)) cancel();
    for (const pipe of this.inPipes.values()) {
      pipe.clear();
      pipe.fail('Disconnected');
    }
  }

  plug(): void {
    this.isPlugged = true;
    this.connection++;
  }

  /** Words of the error that the next transfer ends with, or null. */
  transferError(direction: 'in' | 'out'): string | null {
    if (!this.isPlugged) return 'Disconnected';
    if (this.#stalled === direction) return 'Stall';
    if (direction === 'in' && this.#faults > 0) {
      this.#faults--;
      return 'Fault';
    }
    return null;
  }

  clearHalt(direction: 'in' | 'out'): void {
    if (this.behaviour.kind === 'stall-once' && this.#stalled === direction) this.#stalled = null;
  }

  async receive(endpoint: number, data: Uint8Array, timeoutMs: number): Promise<UsbOutResult> {
    this.counts.outTransfers++;
    if (this.behaviour.kind === 'takes-nothing') {
      await new Promise<void>((resolve) => this.setup.timing.setTimer(resolve, timeoutMs));
      throw new Error('transferOut error: Cancelled');
    }
    const isListening = this.setup.form !== 'first-pair' || endpoint === 2;
    // A four-pipe reader expects no more than a frame's beginning on its first pipe.
    const taken = this.setup.form === 'split' && endpoint === 2 ? data.subarray(0, HEADER_BYTES) : data;
    const replies = isListening ? this.reader.receive(taken) : [];
    if (this.behaviour.kind !== 'answers-nothing')
      for (const { bytes, thinkMs } of replies) this.#answer(bytes, thinkMs);
    return { bytesWritten: data.length, status: 'ok' };
  }

  #answer(bytes: Uint8Array, thinkMs: number): void {
    const behaviour = this.behaviour;
    const firstBytes = behaviour.kind === 'odd-split' ? behaviour.firstBytes : HEADER_BYTES;
    const parts = this.setup.form === 'split' ? [bytes.slice(0, firstBytes), bytes.slice(firstBytes)] : [bytes];
    let dueMs = thinkMs;
    let given = 0;
    parts.forEach((part, at) => {
      for (const packet of packetsOf(part, behaviour)) {
        dueMs += PACKET_MS;
        const pulls = behaviour.kind === 'pulled-after' && given++ === behaviour.packets;
        const pipe = this.inPipes.get(at === 0 ? 1 : 5)!;
        this.#timers.push(this.setup.timing.setTimer(() => (pulls ? this.unplug() : pipe.offer(packet)), dueMs));
      }
    });
  }
}
