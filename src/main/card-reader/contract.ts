import type { CardReading } from '../../shared/domain/card-reading.ts';
import type { IdentityDocument } from '../../shared/domain/document.ts';
import type { PhotoDecoding } from '../../shared/domain/photo-decoding.ts';
import type {
  DetectedReader,
  ReaderCandidate,
  ReaderDiagnosis,
  ReaderIdentity,
} from '../../shared/domain/reader-diagnosis.ts';
import type { DeviceIdentity, ReaderTransport } from '../../shared/domain/reader-transport.ts';
import type { DocumentDevices } from '../../shared/domain/document-devices.ts';
import type { MachineReadableZone } from '../../shared/domain/machine-readable-zone.ts';
import type { ChipAccessKey, ChipDocument, ChipProgress, ChipReader } from '../../shared/domain/travel-document.ts';
import type { Failure } from '../../shared/reasons.ts';

export type ReaderState =
  | { readonly state: 'ready'; readonly identity: ReaderIdentity }
  /** No reader is configured, or it can't be opened; it is tried again by itself. */
  | { readonly state: 'missing'; readonly failure: Failure }
  /** The port is open, but what answers there (if anything) isn't a working reader; tried again by itself. */
  | { readonly state: 'fault'; readonly failure: Failure };

/**
 * Whether the card of the last read still lies on the reader: `other` when a card with another number answers,
 * `unknown` when the reader can't tell (a vendor's service without such a call).
 */
export type CardPresence = 'same' | 'other' | 'gone' | 'unknown';

export type CardProgress = 'searching' | 'found' | 'reading';

export type { ReaderIdentity };

export interface PortDescription {
  readonly path: string;
  /** What tells the device at this port from others; absent for ports without. */
  readonly device?: DeviceIdentity;
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
    params: {
      readonly transport: ReaderTransport | null;
      readonly simulatedPhotos: boolean;
      readonly photoDecoding?: PhotoDecoding;
      readonly cardReading?: CardReading;
    };
    result: ReaderIdentity | null;
  };
  /** Waits for a new card and reads it; `user.timed-out` and `user.cancelled` end the wait. */
  readCard: { params: { readonly timeoutMs: number }; result: IdentityDocument };
  cancelRead: { params: null; result: null };
  presence: { params: null; result: CardPresence };
  status: { params: null; result: ReaderState };
  listPorts: { params: null; result: readonly PortDescription[] };
  /** Everything that may be a reader, without opening any of it. */
  candidates: { params: null; result: readonly ReaderCandidate[] };
  /** Asks every candidate in turn who it is; `reader-detected` tells each answer. The reader in use keeps its port. */
  detect: { params: null; result: readonly DetectedReader[] };
  /** Goes through a reader's steps one by one. The reader in use is closed meanwhile and opened again. */
  diagnose: {
    params: { readonly transport: ReaderTransport | null; readonly photoDecoding: PhotoDecoding };
    result: ReaderDiagnosis;
  };
  /** Loads a photo library and has it decode a block; the picture only says that it can. */
  tryPhotoDecoder: {
    params: { readonly photoDecoding: PhotoDecoding };
    result: { readonly name: string; readonly tookMs: number };
  };
  /** Which readers of travel documents are used; a zone reader at a serial port is opened and kept open. */
  configureDocuments: {
    params: Pick<DocumentDevices, 'chipReader' | 'zoneReader' | 'certificates'>;
    result: null;
  };
  listChipReaders: { params: null; result: readonly ChipReader[] };
  /**
   * Waits for a travel document on the PC/SC reader and reads it whole; `chip-progress` tells how far. Every failure is
   * a `chip.` code, `user.timed-out` or `user.cancelled`.
   */
  readChip: { params: { readonly key: ChipAccessKey; readonly timeoutMs: number }; result: ChipDocument };
  cancelChip: { params: null; result: null };
  /** Puts a card file on the simulated reader (null takes the card off); sets a fault or, with `none`, clears it. */
  simulate: { params: { readonly card?: string | null; readonly fault?: string }; result: null };
};

/** Events that the device process emits, with their payloads. */
export interface DeviceEvents {
  readonly 'reader-state': ReaderState;
  readonly 'card-progress': CardProgress;
  readonly 'reader-detected': DetectedReader;
  readonly 'chip-progress': ChipProgress;
  /** A document was drawn through the zone reader. */
  readonly 'zone-swiped':
    { readonly ok: true; readonly zone: MachineReadableZone } | { readonly ok: false; readonly failure: Failure };
}
