import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';

/** A byte pipe to a reader. One instance is opened once; after it closed, a new one is made. */
export interface Transport {
  /** For logs and people: the kind and where it leads. */
  readonly label: string;
  /** Only where both ends have to agree on a line speed. */
  readonly speed?: LineSpeed;
  /** Fails with a `reader.` code that says why: absent, in use, not permitted, another device. */
  open(): Promise<Result<void, Failure>>;
  /** Resolves when the bytes were handed over, which doesn't mean that anyone received them. */
  write(bytes: Uint8Array): Promise<Result<void, Failure>>;
  /** Bytes as they arrive, in chunks of any size, which the transport doesn't touch again; the listener may wipe them. */
  onBytes(listener: (bytes: Uint8Array) => void): void;
  /** Called once when the far end goes away; not after `close`. */
  onClosed(listener: () => void): void;
  close(): Promise<void>;
}

/** The speed of a serial line, in baud. */
export interface LineSpeed {
  /** What was asked for; with `auto` every speed of the protocol is tried. */
  readonly wanted: number | 'auto';
  /** The speed that the port has now. */
  readonly baud: number;
  /** Changes the speed of an open port; what arrives from now on was read at it. */
  set(baud: number): Promise<Result<void, Failure>>;
}
