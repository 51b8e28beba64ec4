import { hash, verify, type Options } from '@node-rs/argon2';
import { normalSecret } from '../../shared/domain/staff-secret.ts';

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export interface SecretHash {
  /** The argon2id hash of a secret, with its parameters and salt. */
  of(secret: string): Promise<string>;
  /**
   * Whether the secret is the one of `secretHash`; never where that is null. Takes as long in either case, so that
   * nobody learns from the time whether there is such a person.
   */
  matches(secretHash: string | null, secret: string): Promise<boolean>;
}

/** Hashes that were made at another cost still match: each carries its own. */
export function createSecretHash(cost: Options = ARGON2): SecretHash {
  const of = (secret: string): Promise<string> => hash(normalSecret(secret), cost);
  let nobodysHash: Promise<string> | null = null;
  return {
    of,
    matches: async (secretHash, secret) => {
      nobodysHash ??= of('nobody has this one');
      const matches = await verify(secretHash ?? (await nobodysHash), normalSecret(secret));
      return secretHash !== null && matches;
    },
  };
}
