import { stateAfter } from '../../shared/protocol/check-machine.ts';
import type { CheckChange, KeptCheck } from '../../shared/protocol/check-queue.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AuditDetail } from './audit-log.ts';

/**
 * A check after a change.
 *
 * @returns `request.invalid` where the event can't happen now: nothing is to be changed then
 */
export function changeCheck(check: KeptCheck, change: CheckChange): Result<KeptCheck, Failure> {
  const state = stateAfter(check.state, change.event);
  if (state === null) return err(failure('request.invalid', `${change.event} in state ${check.state}`));
  if (check.closed !== null && change.event === 'retry') {
    return err(failure('request.invalid', 'its materials are gone'));
  }
  return ok({ ...check, ...fieldsAfter(check, change), state });
}

function fieldsAfter(check: KeptCheck, change: CheckChange): Partial<KeptCheck> {
  switch (change.event) {
    case 'submit':
      // From here on a new try carries on with what was asked: a clerk's word and an earlier answer are spent.
      return { reference: change.reference ?? check.reference, clerk: null, outcome: null };
    case 'defer':
      return {
        attempts: check.attempts + 1,
        priority: 'backlog',
        lastFailure: change.failure,
        outcome: change.outcome ?? check.outcome,
        refusedDay: change.refusedDay,
      };
    case 'refuse':
      return {
        attempts: check.attempts + 1,
        priority: 'backlog',
        lastFailure: change.failure,
        outcome: change.outcome ?? check.outcome,
        clerk: null,
      };
    case 'lose':
      return {
        attempts: check.attempts + 1,
        priority: 'backlog',
        lastFailure: failure('outcome.unknown', change.outcome.vendor?.operation),
        outcome: change.outcome,
        clerk: null,
      };
    case 'decide':
      // What is left to do isn't waited for.
      return {
        reference: change.reference ?? check.reference,
        priority: 'backlog',
        lastFailure: null,
        outcome: null,
        clerk: null,
        refusedDay: null,
        closed: null,
      };
    case 'retry':
      return { clerk: check.state === 'unknown' ? change.clerk : null, refusedDay: null };
    case 'give-up':
      return { closed: change.clerk };
    case 'expire':
      return { closed: check.closed ?? 'expired' };
    case 'upload':
    case 'acknowledge':
    case 'erase':
      return {};
  }
}

/** Kind and detail of the audit entry that a change leaves; null for progress that nobody has to account for. */
export function auditOfChange(check: KeptCheck, change: CheckChange): readonly [string, AuditDetail] | null {
  const { certifyId } = check;
  switch (change.event) {
    case 'refuse':
      return ['check.stopped', { certifyId, reason: change.failure.code, detail: change.failure.detail ?? null }];
    case 'lose':
      return ['check.unknown', { certifyId, reason: change.outcome.reason, orderId: check.orderId }];
    case 'retry':
      return ['check.retried', { certifyId, by: change.clerk, from: check.state }];
    case 'give-up':
      return ['check.given-up', { certifyId, by: change.clerk, from: check.state }];
    case 'expire':
      return check.closed === null ? ['check.expired', { certifyId, from: check.state }] : null;
    case 'erase':
      return ['check.erased', { certifyId }];
    case 'upload':
    case 'submit':
    case 'defer':
    case 'decide':
    case 'acknowledge':
      return null;
  }
}
