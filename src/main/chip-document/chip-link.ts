import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { ChipReader } from '../../shared/domain/travel-document.ts';

/** A chip that is powered and answers. */
export interface ChipLink {
  /** The reader's name. */
  readonly reader: string;
  /** The answer to reset (ISO/IEC 7816-3, or what the reader makes up for a contactless chip: PC/SC part 3). */
  readonly atr: Uint8Array;
  /**
   * Sends a command APDU and gives the response with its status word. Fails with `chip.stopped` when the chip is gone
   * or doesn't answer, `chip.reader-lost` when the reader is.
   */
  transmit(apdu: Uint8Array): Promise<Result<Uint8Array, Failure>>;
}

/** A connection to a chip; closing takes the power off it. */
export interface OpenChip extends ChipLink {
  close(): Promise<void>;
}

/** The chip readers of this machine. */
export interface ChipReaders {
  /** Fails with `chip.driver-missing` or `chip.service-missing`; a machine without readers gives an empty list. */
  list(): Promise<Result<readonly ChipReader[], Failure>>;
  /**
   * Waits until a reader (the one with this name, or any) holds a document and connects to it. Readers may be plugged
   * in while it waits. Null when `signal` ended the wait.
   */
  waitForChip(name: string | null, signal: AbortSignal): Promise<Result<OpenChip | null, Failure>>;
}
