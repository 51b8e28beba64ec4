/**
 * From so many people of whom faces are stored the provincial authority has to be told within 30 working days
 * (Measures on face recognition, article 15).
 */
export const FILING_LIMIT = 100_000;
/** Staff is warned from this share of the limit on: telling the authority takes time. */
export const FILING_WARNING_SHARE = 0.8;

export type FilingState = 'below' | 'near' | 'reached';

/** `near` from `FILING_WARNING_SHARE` of `FILING_LIMIT` on, `reached` from the limit on, each included. */
export function filingState(storedSubjects: number): FilingState {
  if (storedSubjects >= FILING_LIMIT) return 'reached';
  return storedSubjects >= FILING_LIMIT * FILING_WARNING_SHARE ? 'near' : 'below';
}
