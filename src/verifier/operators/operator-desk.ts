import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../shared/clock.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { problem } from '../problems.ts';
import type { VerifierDatabase } from '../storage/database.ts';
import { createGuessLock } from './guess-lock.ts';
import { isOperatorToken, OPERATOR_ROLES, operatorTokenHash, type OperatorRole } from './operator-token.ts';

export interface Operator {
  readonly name: string;
  readonly role: OperatorRole;
}

/** What operators may do. An administrator may do everything. */
export const OPERATOR_RIGHTS = {
  'open-codes': ['operator'],
  'see-devices': ['operator', 'auditor'],
  'revoke-devices': ['operator'],
  'see-reviews': ['reviewer', 'auditor'],
  review: ['reviewer'],
  erase: ['operator'],
  'see-policy': ['operator', 'auditor'],
  'change-policy': [],
  'see-reports': ['operator', 'reviewer', 'auditor'],
  'see-audit': ['auditor'],
} as const satisfies Record<string, readonly OperatorRole[]>;
export type OperatorRight = keyof typeof OPERATOR_RIGHTS;

/** Knows the verifier's operators by their bearer tokens. */
export interface OperatorDesk {
  /**
   * Whose token it is. `operator_unknown` for none that is known, `too_many_requests` for a source that guesses: then
   * no token is looked up any more, except those that were right from there a short while ago.
   */
  authenticate(authorization: string | null, source: string): Promise<Result<Operator, Problem>>;
}

export interface OperatorDeskParts {
  readonly database: VerifierDatabase;
  readonly clock: Clock;
  /** Called when a source is locked out. */
  readonly onLockOut?: () => void;
}

/** Operators behind one proxy share a source: whoever guesses there must not lock out those who work. */
const TRUSTED_FOR_MS = 12 * 3_600_000;

/** Operators are looked up with every request; which sources were right lately is in memory alone, for twelve hours. */
export function createOperatorDesk({ database, clock, onLockOut }: OperatorDeskParts): OperatorDesk {
  const lock = createGuessLock(clock);
  const rightUntilMs = new Map<string, number>();

  async function find(hash: string): Promise<Operator | null> {
    const row = await database.queries
      .selectFrom('operators')
      .select(['name', 'role', 'token_hash'])
      .where('token_hash', '=', hash)
      .where('disabled', '=', 0)
      .executeTakeFirst();
    if (row === undefined || !timingSafeEqual(Buffer.from(row.token_hash), Buffer.from(hash))) return null;
    return { name: row.name, role: z.enum(OPERATOR_ROLES).parse(row.role) };
  }

  return {
    authenticate: async (authorization, source) => {
      const token = /^Bearer (\S{1,100})$/.exec(authorization ?? '')?.[1];
      if (token === undefined) return err(problem('operator_unknown'));
      const hash = operatorTokenHash(token);
      const place = `${source} ${hash}`;
      const waitMs = lock.waitMs(source);
      const isTrusted = (rightUntilMs.get(place) ?? 0) > clock.monotonicMs();
      if (waitMs > 0 && !isTrusted) return err(problem('too_many_requests', { retryAfterMs: waitMs }));
      const operator = isOperatorToken(token) ? await find(hash) : null;
      if (operator === null) {
        rightUntilMs.delete(place);
        if (lock.wrong(source)) onLockOut?.();
        return err(problem('operator_unknown'));
      }
      rightUntilMs.set(place, clock.monotonicMs() + TRUSTED_FOR_MS);
      return ok(operator);
    },
  };
}

/** By the role alone; an administrator also may what names no role. */
export function mayOperate({ role }: Operator, right: OperatorRight): boolean {
  const roles: readonly OperatorRole[] = OPERATOR_RIGHTS[right];
  return role === 'administrator' || roles.includes(role);
}
