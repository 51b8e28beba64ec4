import type { DocumentPage, DocumentGuidance, DocumentReading } from '../../../shared/domain/document-reading.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';

/** The inference process as it reads documents. */
export interface DocumentInference {
  /** One live picture; a watch belongs to a certification and ends with it. */
  watch(
    watchId: string,
    page: DocumentPage,
    frame: { readonly jpeg: Uint8Array; readonly capturedAtMs: number },
  ): Promise<Result<DocumentGuidance, Failure>>;
  endWatch(watchId: string): Promise<unknown>;
  /** @param today local calendar day, `YYYY-MM-DD`. */
  read(image: Uint8Array, page: DocumentPage, today: string): Promise<Result<DocumentReading, Failure>>;
}
