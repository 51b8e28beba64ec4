import type { IdentityDocument } from '../../shared/domain/document.ts';
import type { ReasonCode } from '../../shared/reasons.ts';

/** Below this age a guardian's consent is needed before a face may be captured (PIPL, article 31). */
export const GUARDIAN_AGE_YEARS = 14;

export type DocumentRuling =
  | { readonly kind: 'accepted' }
  /** The check goes on; at best a clerk decides. */
  | { readonly kind: 'warning'; readonly reason: ReasonCode }
  /** No face may be captured on this document. */
  | { readonly kind: 'stop'; readonly reason: ReasonCode };

/**
 * Judges a document by its own words.
 *
 * @param today local calendar day, `YYYY-MM-DD`.
 */
export function ruleOnDocument(document: IdentityDocument, today: string, numberValid: boolean): DocumentRuling {
  const { birthDate, validFrom, validTo } = document.fields;
  if (ageInYears(birthDate, today) < GUARDIAN_AGE_YEARS) return { kind: 'stop', reason: 'document.guardian-needed' };
  if (!numberValid) return { kind: 'warning', reason: 'document.number-invalid' };
  if (validTo !== 'long-term' && validTo < today) return { kind: 'warning', reason: 'document.expired' };
  if (validFrom > today) return { kind: 'warning', reason: 'document.not-yet-valid' };
  return { kind: 'accepted' };
}

/** Whole years between two calendar days (`YYYY-MM-DD`). Someone born on 29 February ages on 1 March. */
export function ageInYears(birthDate: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
