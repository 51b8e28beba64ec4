import { failure, type Failure } from '../reasons.ts';
import { err, ok, type Result } from '../result.ts';
import type { TypedIdentity } from './document.ts';
import { parseIdentityNumber, type IdentityNumber } from './identity-number.ts';

/** The chip of a foreigner's card holds names of up to 60 characters; other names are shorter. */
export const LONGEST_NAME = 60;

/** Letters of any script with what stands between them in names: middle dots, spaces, hyphens, apostrophes, stops. */
const NAME = /^\p{L}[\p{L}\p{M}·・•‧.'’\- ]*$/u;

/** What is wrong with a name; null when it can be one. A single character is no name, but half of one. */
export function nameProblem(name: string): 'short' | 'long' | 'characters' | null {
  const trimmed = name.trim();
  const length = [...trimmed].length;
  if (length > LONGEST_NAME) return 'long';
  if (length > 0 && !NAME.test(trimmed)) return 'characters';
  return length < 2 ? 'short' : null;
}

/**
 * What was typed in, checked as a whole. Fails with `request.invalid` and the detail `name`, or with
 * `document.number-invalid` and the part of the number as its detail.
 *
 * @param today local calendar day, `YYYY-MM-DD`; a later birth date is refused.
 */
export function parseTypedIdentity(
  typed: { readonly name: string; readonly number: string },
  today: string,
): Result<{ readonly identity: TypedIdentity; readonly number: IdentityNumber }, Failure> {
  if (nameProblem(typed.name) !== null) return err(failure('request.invalid', 'name'));
  const number = parseIdentityNumber(typed.number, today);
  if (!number.ok) return number;
  const { kind, text } = number.value;
  const name = typed.name.trim().replace(/ +/g, ' ');
  return ok({ identity: { name, number: text, kind }, number: number.value });
}
