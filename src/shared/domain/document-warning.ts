import type { ReasonCode } from '../reasons.ts';

/**
 * What can be wrong with the picture of a document. `copy` … `temporary` cast doubt on the document; `border-cut` …
 * `blur` on the picture; `not-a-card` says that it isn't the document that was asked for at all.
 */
export const DOCUMENT_WARNING_KINDS = [
  'copy',
  'black-and-white-copy',
  'recapture',
  'edited',
  'temporary',
  'expired',
  'border-cut',
  'occlusion',
  'glare',
  'blur',
  'not-a-card',
] as const;
export type DocumentWarningKind = (typeof DOCUMENT_WARNING_KINDS)[number];

/** One check of a picture, raised or not. */
export interface DocumentWarning {
  readonly kind: DocumentWarningKind;
  /** 0..1, the higher the more it looks like that; 0 or 1 where it is a fact (a date). */
  readonly score: number;
  /** The score from which it is raised. */
  readonly limit: number;
  readonly raised: boolean;
}

/** Which reason a raised warning becomes. Pictures can be taken again; doubts about a document are for a clerk. */
export const DOCUMENT_WARNING_REASONS = {
  copy: 'document.copy',
  'black-and-white-copy': 'document.black-and-white-copy',
  recapture: 'document.recaptured',
  edited: 'document.edited',
  temporary: 'document.temporary',
  expired: 'document.expired',
  'border-cut': 'document.border-cut',
  occlusion: 'document.occluded',
  glare: 'document.glare',
  blur: 'document.blurred',
  'not-a-card': 'document.not-a-card',
} as const satisfies Record<DocumentWarningKind, ReasonCode>;
