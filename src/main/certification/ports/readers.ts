import type { ChipAccessKey, ChipProgress, ChipDocument } from '../../../shared/domain/travel-document.ts';
import type { IdentityDocument } from '../../../shared/domain/document.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';

/** The card reader as a certification needs it. */
export interface CardReader {
  /** Waits for a card and reads it. Aborting ends the wait; the result is then ignored. */
  read(
    signal: AbortSignal,
    onProgress: (phase: 'searching' | 'found' | 'reading') => void,
  ): Promise<Result<IdentityDocument, Failure>>;
  /** Whether a card that was found before lies there: it may have to be lifted before anything can be read. */
  isOccupied(): Promise<boolean>;
  /** The card of the last read: still there, gone, or exchanged for `other`; `unknown` when the reader can't tell. */
  presence(): Promise<'same' | 'other' | 'gone' | 'unknown'>;
  /** The SAM id of the reader in use, for the record. */
  identity(): string | null;
}

/** The readers of travel documents' chips as a certification needs them. */
export interface ChipReading {
  /** Waits for a document and reads it whole. Aborting ends the wait; the result is then ignored. */
  read(
    key: ChipAccessKey,
    signal: AbortSignal,
    onProgress: (progress: ChipProgress) => void,
  ): Promise<Result<ChipDocument, Failure>>;
}
