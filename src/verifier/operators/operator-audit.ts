import type { Clock } from '../../shared/clock.ts';
import type { Queries, VerifierDatabase } from '../storage/database.ts';

/** What operators and clerks do that is written down. */
export const OPERATOR_ACTIONS = [
  'code-opened',
  'server-key-added',
  'operator-added',
  'device-revoked',
  'policy-changed',
  'review-begun',
  'review-decided',
  'artifacts-erased',
  'subject-erased',
] as const;
export type OperatorActionName = (typeof OPERATOR_ACTIONS)[number];

export interface OperatorAction {
  /** The operator's name, or a clerk's as a device gave it. */
  readonly operator: string;
  readonly action: OperatorActionName;
  /** A device, a session, a version; never a person. */
  readonly target: string | null;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

export interface KeptAction {
  readonly actionId: string;
  readonly operator: string;
  readonly action: string;
  readonly target: string | null;
  readonly detail: unknown;
  readonly atMs: number;
}

/** What was done by whom; nothing is ever changed or taken out here. */
export interface OperatorAudit {
  /** Writes an action down, with `queries` as part of the transaction in which it happens. */
  append(queries: Queries, action: OperatorAction): Promise<void>;
  record(action: OperatorAction): Promise<void>;
  /** Newest first, older than `beforeMs`. */
  list(beforeMs: number, limit: number): Promise<readonly KeptAction[]>;
}

export interface OperatorAuditParts {
  readonly database: VerifierDatabase;
  readonly clock: Clock;
  /** A UUID version 7. */
  readonly newId: () => string;
}

/** Times are the clock's when an action is written, not when its transaction ends. */
export function createOperatorAudit({ database, clock, newId }: OperatorAuditParts): OperatorAudit {
  const append: OperatorAudit['append'] = async (queries, { operator, action, target, detail }) => {
    await queries
      .insertInto('operator_actions')
      .values({ action_id: newId(), operator, action, target, detail: JSON.stringify(detail), at_ms: clock.wallMs() })
      .execute();
  };
  return {
    append,
    record: (action) => append(database.queries, action),
    list: async (beforeMs, limit) => {
      const rows = await database.queries
        .selectFrom('operator_actions')
        .selectAll()
        .where('at_ms', '<', beforeMs)
        .orderBy('at_ms', 'desc')
        .orderBy('action_id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        actionId: row.action_id,
        operator: row.operator,
        action: row.action,
        target: row.target,
        detail: row.detail === null ? null : (JSON.parse(row.detail) as unknown),
        atMs: row.at_ms,
      }));
    },
  };
}
