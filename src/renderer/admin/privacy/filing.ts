import type { PrivacyStatus } from '../../../shared/ipc/admin-schemes.ts';

/** From this share of the filing limit on it is near. */
export const NEAR_SHARE = 0.8;

/** How far the stored people are from the number at which the authority has to be told. */
export function filingState({ storedSubjects, filingLimit }: PrivacyStatus): 'far' | 'near' | 'over' {
  if (storedSubjects >= filingLimit) return 'over';
  return storedSubjects >= NEAR_SHARE * filingLimit ? 'near' : 'far';
}
