import type { IdentityDocument } from '../../shared/domain/document.ts';
import type { ReaderTransport } from '../../shared/domain/reader-transport.ts';
import type { Failure } from '../../shared/reasons.ts';

/** What a reader said about itself when it was opened. */
export interface ReaderIdentity {
  /** Id of the security module, `05.01-20130401-0000000042-0000000007`. */
  readonly samId: string;
  /** True for the simulated reader, whose id is reserved for it. */
  readonly simulated: boolean;
}

export type ReaderState =
  | { readonly state: 'ready'; readonly identity: ReaderIdentity }
  /** No reader is configured, or it can't be opened; it is tried again by itself. */
  | { readonly state: 'missing'; readonly failure: Failure }
  /** The port is open, but what answers there (if anything) isn't a working reader; tried again by itself. */
  | { readonly state: 'fault'; readonly failure: Failure };

export type CardProgress = 'searching' | 'found' | 'reading';

export interface PortDescription {
  readonly path: string;
  readonly manufacturer?: string;
  readonly serialNumber?: string;
  readonly vendorId?: string;
  readonly productId?: string;
}

/** Calls that the device process answers. */
export type DeviceContract = {
  /**
   * Opens the reader, closing the one before. A failure means that it isn't there yet: the process keeps trying and
   * emits `reader-state`. Null params.transport closes the reader and gives null.
   */
  configure: {
    params: { readonly transport: ReaderTransport | null; readonly simulatedPhotos: boolean };
    result: ReaderIdentity | null;
  };
  /** Waits for a new card and reads it; `user.timed-out` and `user.cancelled` end the wait. */
  readCard: { params: { readonly timeoutMs: number }; result: IdentityDocument };
  cancelRead: { params: null; result: null };
  /** Whether the card that was read last still lies on the reader. */
  isPresent: { params: null; result: boolean };
  status: { params: null; result: ReaderState };
  listPorts: { params: null; result: readonly PortDescription[] };
  /** Puts a card file on the simulated reader (null takes the card off); sets a fault or, with `none`, clears it. */
  simulate: { params: { readonly card?: string | null; readonly fault?: string }; result: null };
};

/** Events that the device process emits, with their payloads. */
export interface DeviceEvents {
  readonly 'reader-state': ReaderState;
  readonly 'card-progress': CardProgress;
}
