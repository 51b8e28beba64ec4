import { canonicalJson } from '../../shared/canonical-json.ts';
import { reasonCodeSchema } from '../../shared/domain/certification.ts';
import { verifierAfterStaff } from '../../shared/domain/review.ts';
import type { CheckOutcome } from '../../shared/domain/verification.ts';
import {
  effectOf,
  isLeftToVerifier,
  keptDecisionSchema,
  type DecisionEffect,
  type KeptDecision,
} from '../../shared/protocol/check-queue.ts';
import type { SignedDecision } from '../../shared/protocol/kv1-sessions.ts';
import { failure, type Failure, type VerdictState } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseStoredJson } from './audit-fault.ts';
import type { AuditLog } from './audit-log.ts';
import type { StoreDatabase } from './database.ts';
import { prepareSettlement } from './record-settlement.ts';

export interface NewDecision {
  readonly certifyId: string;
  readonly outcome: CheckOutcome;
  readonly decision: SignedDecision | null;
  readonly keptAtMs: number;
}

interface NewestDecision {
  readonly revision: number;
  readonly text: string;
}

/**
 * Keeps answers to a record's question, in the transaction of the caller. What was kept stays: a later answer of the
 * same revision is a duplicate whatever it says, and only a signed amendment with a higher revision is added.
 */
export function prepareDecisions(
  database: StoreDatabase,
  audit: Pick<AuditLog, 'appendWithin'>,
): (decided: NewDecision) => 'kept' | 'duplicate' {
  const newest = database.prepare<[string], NewestDecision>(
    `SELECT revision, coalesce(decision, outcome) AS text FROM decisions
     WHERE certify_id = ? ORDER BY revision DESC LIMIT 1`,
  );
  const reasonOf = database
    .prepare<[string], string>(`SELECT json_extract(record, '$.verdict.reason') FROM records WHERE certify_id = ?`)
    .pluck();
  const insert = database.prepare(
    `INSERT INTO decisions (certify_id, revision, effect, outcome, decision, kept_at_ms) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const confirmed = database.prepare('UPDATE records SET provisional = 0 WHERE certify_id = ?');
  const settle = prepareSettlement(database, audit);
  const staffState = database
    .prepare<[string], VerdictState>(`SELECT settled_state FROM records WHERE certify_id = ? AND settled_by = 'staff'`)
    .pluck();
  return ({ certifyId, outcome, decision, keptAtMs }) => {
    const revision = decision?.body.revision ?? 1;
    const [outcomeText, decisionText] = [canonicalJson(outcome), decision === null ? null : canonicalJson(decision)];
    const before = newest.get(certifyId);
    if (before !== undefined && revision <= before.revision) {
      const differs = revision === before.revision && before.text !== (decisionText ?? outcomeText);
      if (differs) audit.appendWithin('check.duplicate-differs', { certifyId, revision, reason: outcome.reason });
      return 'duplicate';
    }
    const reason = reasonCodeSchema.parse(reasonOf.get(certifyId));
    const effect = effectOf(reason, outcome.state);
    insert.run(certifyId, revision, effect, outcomeText, decisionText, keptAtMs);
    if (effect !== 'undecided') confirmed.run(certifyId);
    auditDecision(audit, certifyId, revision, outcome, effect);
    if (effect !== 'undecided' && isLeftToVerifier(reason)) {
      const settled = afterStaff(staffState.get(certifyId) ?? null, outcome);
      if (settled !== null) settle(certifyId, settled, 'verifier');
    }
    return 'kept';
  };
}

/** What a record becomes by the verifier's word; null where the staff has decided it and that stands. */
function afterStaff(staff: VerdictState | null, outcome: CheckOutcome): Pick<CheckOutcome, 'state' | 'reason'> | null {
  if (staff === null) return outcome;
  const reopened = verifierAfterStaff(staff, outcome.state) === 'reopen';
  return reopened ? { state: 'review', reason: 'authority.contradicts' } : null;
}

function auditDecision(
  audit: Pick<AuditLog, 'appendWithin'>,
  certifyId: string,
  revision: number,
  { state, reason }: CheckOutcome,
  effect: DecisionEffect,
): void {
  audit.appendWithin('check.decided', { certifyId, revision, state, reason, effect });
  if (effect === 'contradicts') audit.appendWithin('authority.contradicts', { certifyId, revision, reason });
}

/** All decisions about a record, in order. @returns `store.corrupt` for one that does not parse */
export function readDecisions(database: StoreDatabase, certifyId: string): Result<readonly KeptDecision[], Failure> {
  const rows = database
    .prepare<[string], { revision: number; effect: string; outcome: string; decision: string | null; kept: number }>(
      `SELECT revision, effect, outcome, decision, kept_at_ms AS kept FROM decisions
       WHERE certify_id = ? ORDER BY revision`,
    )
    .all(certifyId);
  const decisions: KeptDecision[] = [];
  for (const { revision, effect, outcome, decision, kept } of rows) {
    const parsed = keptDecisionSchema.safeParse({
      revision,
      effect,
      outcome: parseStoredJson(outcome),
      decision: decision === null ? null : parseStoredJson(decision),
      keptAtMs: kept,
    });
    if (!parsed.success) return err(failure('store.corrupt', 'a decision does not parse'));
    decisions.push(parsed.data);
  }
  return ok(decisions);
}
