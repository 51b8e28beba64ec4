import type { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import type { Transport } from '../../../src/main/card-reader/transports/transport.ts';

/** One kind of transport with a simulated reader at its far end. */
export interface DriverBench {
  /** A fresh, unopened transport to the reader. */
  connect(): Transport;
  /** Pulls the cable, also in the middle of a frame: transports notice that the far end went away. */
  unplug(): Promise<void>;
  /** Puts it in again at the same place. */
  plug(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a bench around `reader`: what a host writes goes to `reader.receive`, whose replies go back in order. Each
 * reply may be handed over as it is; nothing has to be slowed down to a line's speed.
 */
export type StartBench = (reader: SimulatedReader) => Promise<DriverBench>;

/**
 * What a transport keeps of the far end's bytes: `bytes` any pieces in any order of size (serial, TCP), `frames` whole
 * frames only (USB, HID), where noise, split and merged replies can't exist.
 */
export type BenchCarries = 'bytes' | 'frames';
