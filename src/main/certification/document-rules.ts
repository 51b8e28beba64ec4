import { ageInYears, isCalendarDate } from '../../shared/domain/calendar-date.ts';
import type { IdentityDocument } from '../../shared/domain/document.ts';
import type { ReasonCode } from '../../shared/reasons.ts';

export { ageInYears };

/** Below this age a guardian's consent is needed before a face may be captured (PIPL, article 31). */
export const GUARDIAN_AGE_YEARS = 14;

export type DocumentRuling =
  | { readonly kind: 'accepted' }
  /** The check goes on; at best a clerk decides. */
  | { readonly kind: 'warning'; readonly reason: ReasonCode }
  /** No face may be captured on this document. `beside`: what a child's document gives a clerk to look at as well. */
  | { readonly kind: 'stop'; readonly reason: ReasonCode; readonly beside?: ReasonCode };

/** A document of somebody under 14. */
export function ruleOnChild(beside: ReasonCode | null): DocumentRuling {
  return { kind: 'stop', reason: 'document.guardian-needed', ...(beside === null ? {} : { beside }) };
}

/**
 * Judges a document by its own words. Both days of its validity belong to it. A date that doesn't exist, or a birth
 * that is still to come, stops the check as `card.malformed`: it can't be ruled out that a child stands there, or that
 * the card isn't valid.
 *
 * @param today local calendar day, `YYYY-MM-DD`.
 * @param numberValid whether the number is right and agrees with the other fields.
 */
export function ruleOnDocument(document: IdentityDocument, today: string, numberValid: boolean): DocumentRuling {
  const { birthDate, validFrom, validTo } = document.fields;
  const dates = validTo === 'long-term' ? [birthDate, validFrom] : [birthDate, validFrom, validTo];
  if (!dates.every(isCalendarDate) || birthDate > today) return { kind: 'stop', reason: 'card.malformed' };
  const doubt = numberValid ? validityDoubt({ validFrom, validTo }, today) : 'document.number-invalid';
  if (ageInYears(birthDate, today) < GUARDIAN_AGE_YEARS) return ruleOnChild(doubt);
  return doubt === null ? { kind: 'accepted' } : { kind: 'warning', reason: doubt };
}

/** Why a document isn't valid on this day; null where it is. */
export function validityDoubt(
  { validFrom, validTo }: { readonly validFrom?: string; readonly validTo: string },
  today: string,
): ReasonCode | null {
  if (validTo !== 'long-term' && validTo < today) return 'document.expired';
  return validFrom !== undefined && validFrom > today ? 'document.not-yet-valid' : null;
}
