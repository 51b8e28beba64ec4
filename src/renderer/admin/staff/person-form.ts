import type { StaffRole } from '../../../shared/domain/staff.ts';
import { newSecretProblems, nameProblems, type SecretProblems } from '../../staff/new-secret.ts';
import type { StaffTranslate } from '../../staff/staff-translation.ts';
import type { Problems } from '../form-problem.ts';

export interface PersonDraft {
  readonly name: string;
  readonly role: StaffRole;
}

export interface SecretDraft {
  readonly secret: string;
  readonly repeated: string;
}

export const NO_SECRET: SecretDraft = { secret: '', repeated: '' };

type PersonField = 'name' | 'secret' | 'repeated';

/** The problems of the shared fields as those of this window's forms. */
function said(problems: SecretProblems, t: StaffTranslate): Problems<PersonField> {
  const { name, secret, repeated } = problems;
  return {
    ...(name && { name: { sentence: t(name) } }),
    ...(secret && { secret: { sentence: t(secret) } }),
    ...(repeated && { repeated: { sentence: t(repeated) } }),
  };
}

export function personProblems(name: string, t: StaffTranslate): Problems<PersonField> {
  return said(nameProblems(name), t);
}

export function secretProblems(draft: SecretDraft, t: StaffTranslate): Problems<PersonField> {
  return said(newSecretProblems(draft), t);
}
