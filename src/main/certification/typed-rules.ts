import type { IdentityNumber } from '../../shared/domain/identity-number.ts';
import { ageInYears, GUARDIAN_AGE_YEARS, ruleOnChild, type DocumentRuling } from './document-rules.ts';

/**
 * Judges a typed identity by the birth date in its number. A number of 2017 for foreigners leaves the century open:
 * the younger reading counts, so that no child is taken for somebody over a hundred.
 *
 * @param today local calendar day, `YYYY-MM-DD`.
 */
export function ruleOnTyped({ birthDate, text }: IdentityNumber, today: string): DocumentRuling {
  const born = birthDate ?? youngestBirthDate(text, today);
  return ageInYears(born, today) < GUARDIAN_AGE_YEARS ? ruleOnChild(null) : { kind: 'accepted' };
}

/** The latest day that isn't in the future and fits the `YYMMDD` of a 2017 number. */
function youngestBirthDate(text: string, today: string): string {
  const [year, month, day] = [text.slice(7, 9), text.slice(9, 11), text.slice(11, 13)];
  const inThisCentury = `20${year}-${month}-${day}`;
  return inThisCentury <= today ? inThisCentury : `19${year}-${month}-${day}`;
}
