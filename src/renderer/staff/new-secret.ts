import { staffNameSchema } from '../../shared/domain/staff-name.ts';
import { secretFault } from '../../shared/domain/staff-secret.ts';
import type { StaffWordKey } from './staff-translation.ts';

export interface NewSecret {
  readonly secret: string;
  readonly repeated: string;
}

export type SecretProblems = Partial<Record<'name' | 'current' | 'secret' | 'repeated', StaffWordKey>>;

const FAULTS = {
  length: 'secret.problem.length',
  guessable: 'secret.problem.guessable',
  'hidden-characters': 'secret.problem.hiddenCharacters',
} as const satisfies Record<string, StaffWordKey>;

/** What is wrong with a new secret that was typed twice. */
export function newSecretProblems({ secret, repeated }: NewSecret): SecretProblems {
  const fault = secretFault(secret);
  if (secret === '') return { secret: 'secret.problem.empty' };
  if (fault !== null) return { secret: FAULTS[fault] };
  return repeated === secret ? {} : { repeated: 'secret.problem.repeat' };
}

export function nameProblems(name: string): SecretProblems {
  return staffNameSchema.safeParse(name).success ? {} : { name: 'secret.problem.name' };
}
