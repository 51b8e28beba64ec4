import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';

/** A byte pipe to a reader. One instance is opened once; after it closed, a new one is made. */
export interface Transport {
  /** For logs and people: the kind and where it leads. */
  readonly label: string;
  /** Fails with `reader.missing`; `detail` says whether the port is absent, in use or not permitted. */
  open(): Promise<Result<void, Failure>>;
  /** Resolves when the bytes were handed over, which doesn't mean that anyone received them. */
  write(bytes: Uint8Array): Promise<Result<void, Failure>>;
  /** Bytes as they arrive, in chunks of any size, which the transport doesn't touch again. */
  onBytes(listener: (bytes: Uint8Array) => void): void;
  /** Called once when the far end goes away; not after `close`. */
  onClosed(listener: () => void): void;
  close(): Promise<void>;
}
