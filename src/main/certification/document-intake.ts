import type { DocumentGuidance } from '../../shared/domain/document-reading.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';

export interface DocumentIntake {
  /** One small live picture of the document. */
  documentFrame(
    certifyId: string,
    frame: { readonly jpeg: Uint8Array; readonly capturedAtMs: number },
  ): Promise<Result<DocumentGuidance, Failure>>;
  /** The picture that is read. */
  documentPicture(certifyId: string, jpeg: Uint8Array): Promise<Result<null, Failure>>;
}
