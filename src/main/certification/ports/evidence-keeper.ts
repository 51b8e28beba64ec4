import type { CertificationRecord } from '../../../shared/domain/certification.ts';
import type { RecordedClip } from '../../../shared/domain/clip.ts';
import type { Scene } from '../../../shared/domain/scene.ts';

/** What was learned of somebody's documents, for the caller who has asked for the certification. */
export interface DocumentMaterial {
  /** By our names: what the chip, the card's pictures, the person or the caller said; empty where nobody is known. */
  readonly fields: Readonly<Record<string, string>>;
  /** The photographed sides, upright and rectified, still encoded; null where none were taken. */
  readonly front: Uint8Array | null;
  readonly back: Uint8Array | null;
}

/** An ended certification whose pictures may be kept. */
export interface EndedCapture {
  readonly record: CertificationRecord;
  readonly scene: Scene;
  /** The chip's portrait, or the printed one that took its place, still encoded. */
  readonly portrait: Uint8Array | null;
  /** Null where no caller has asked for the certification. The pictures are overwritten once everything is kept. */
  readonly documents: DocumentMaterial | null;
  readonly camera: { readonly width: number; readonly height: number; readonly label: string } | null;
  /**
   * The clip of the last challenge as soon as it is there, which is a moment after the challenge; null when none
   * comes. Null itself where neither the scene nor a caller wants it.
   */
  readonly clip: (() => Promise<RecordedClip | null>) | null;
}

/** Keeps what a scene keeps beside the record. Whatever fails here leaves the record as it is. */
export interface EvidenceKeeper {
  /** Settles when everything is kept or could not be; the capture is closed after that. */
  keep(ended: EndedCapture): Promise<void>;
  /** Whether clips can be encoded here, for a page that can't. */
  encodesClips(): boolean;
}
