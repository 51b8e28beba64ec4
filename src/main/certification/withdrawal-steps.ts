import type { KeptOfSubject } from '../../shared/domain/subject-erasure.ts';
import { REASONS, type Failure } from '../../shared/reasons.ts';
import { CARD_TRIES } from './flow-state.ts';
import type { FlowEffect, Step } from './flow-effect.ts';
import type { FlowEvent } from './flow-event.ts';
import type { WithdrawalOutcome, WithdrawalState } from './withdrawal-state.ts';
import { go, stay } from './flow-moves.ts';

type At<S extends WithdrawalState['step']> = Extract<WithdrawalState, { step: S }>;

/** Somebody wants what is kept of them erased: their card says who they are. */
export function beginWithdrawal(withdrawalId: string): Step {
  return awaitHolder(withdrawalId, null, 0);
}

function awaitHolder(withdrawalId: string, problem: At<'withdrawal-card'>['problem'], tries: number): Step {
  return {
    state: { step: 'withdrawal-card', withdrawalId, phase: 'searching', problem, tries },
    effects: [{ type: 'read-holder', withdrawalId }],
  };
}

/**
 * A withdrawal of consent. Nothing is erased before the person has seen what is kept and has confirmed; what could not
 * be read or counted is a failure and never "nothing kept". An erasure that runs isn't broken off by anybody.
 */
export function inWithdrawal(state: WithdrawalState, event: FlowEvent): Step {
  if ('withdrawalId' in event && event.withdrawalId !== state.withdrawalId) return stay(state);
  if (event.type === 'out-of-service') return leave(state, { step: 'maintenance', reason: event.reason });
  switch (state.step) {
    case 'withdrawal-card':
      return isLeaving(event) ? leave(state) : inHolderCard(state, event);
    case 'withdrawal-review':
      if (isLeaving(event)) return leave(state);
      return event.type === 'confirm-withdrawal' ? erase(state) : stay(state);
    case 'withdrawal-erasing':
      return inErasing(state, event);
    case 'withdrawal-done':
      return isLeaving(event) ? go({ step: 'attract' }) : stay(state);
  }
}

function isLeaving({ type }: FlowEvent): boolean {
  return type === 'cancel' || type === 'done' || type === 'timed-out';
}

/** Whatever is known of the holder is dropped on the way out. */
function leave({ withdrawalId }: WithdrawalState, next: Step['state'] = { step: 'attract' }): Step {
  return { state: next, effects: [{ type: 'stop-reading' }, { type: 'forget-holder', withdrawalId }] };
}

function inHolderCard(state: At<'withdrawal-card'>, event: FlowEvent): Step {
  const { withdrawalId } = state;
  switch (event.type) {
    case 'holder-progress':
      return go({ ...state, phase: event.phase, problem: event.phase === 'searching' ? state.problem : null });
    case 'holder-occupied':
      return go({ ...state, problem: 'card.left-on-reader' });
    case 'holder-read':
      return isNothing(event.kept)
        ? finish(withdrawalId, { kind: 'nothing-kept' })
        : go({ step: 'withdrawal-review', withdrawalId, kept: event.kept });
    case 'holder-failed':
      return holderFailed(state, event.failure);
    default:
      return stay(state);
  }
}

function isNothing(kept: KeptOfSubject): boolean {
  const { records, pictures, waiting, requests, returnedFaces, sent } = kept;
  return records + pictures + waiting + requests + returnedFaces === 0 && !sent;
}

function holderFailed(state: At<'withdrawal-card'>, failure: Failure): Step {
  const tries = state.tries + 1;
  const again = REASONS[failure.code].next === 'replace-card' && tries < CARD_TRIES;
  return again
    ? awaitHolder(state.withdrawalId, failure.code, tries)
    : finish(state.withdrawalId, { kind: 'failed', failure });
}

function erase({ withdrawalId }: At<'withdrawal-review'>): Step {
  return {
    state: { step: 'withdrawal-erasing', withdrawalId },
    effects: [{ type: 'erase-holder', withdrawalId }],
  };
}

function inErasing(state: At<'withdrawal-erasing'>, event: FlowEvent): Step {
  switch (event.type) {
    case 'erased':
      return finish(state.withdrawalId, { kind: 'erased', slip: event.slip });
    case 'erasure-failed':
      return finish(state.withdrawalId, { kind: 'failed', failure: event.failure });
    default:
      return stay(state);
  }
}

function finish(withdrawalId: string, outcome: WithdrawalOutcome): Step {
  const forget: FlowEffect = { type: 'forget-holder', withdrawalId };
  return { state: { step: 'withdrawal-done', withdrawalId, outcome }, effects: [forget] };
}
