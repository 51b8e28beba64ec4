import { SESSION_LIMITS } from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { problem } from '../problems.ts';
import type { Session, SessionState } from './session.ts';

/** What can be done to a session, by its state. */
export type SessionStep = 'upload' | 'submit' | 'retry' | 'settle';

/**
 * From which states a step may be taken. A decided session is never submitted again, and nothing leaves `expired` or
 * `erased`: what was destroyed can't be asked about.
 */
const ALLOWED: Record<SessionStep, readonly SessionState[]> = {
  upload: ['open'],
  submit: ['open'],
  retry: ['unknown-outcome'],
  settle: ['submitted'],
};

/** The state as it is now: an open session whose time is over has expired, whether or not it was swept yet. */
export function stateAt(session: Pick<Session, 'state' | 'expiresAtMs'>, nowMs: number): SessionState {
  return session.state === 'open' && nowMs > session.expiresAtMs ? 'expired' : session.state;
}

/** Why a step can't be taken now, or null. */
export function stepProblem(
  session: Pick<Session, 'state' | 'expiresAtMs'>,
  step: SessionStep,
  nowMs: number,
): Problem | null {
  const state = stateAt(session, nowMs);
  if (ALLOWED[step].includes(state)) return null;
  return state === 'expired' ? problem('session_expired') : problem('session_state', { detail: `it is ${state}` });
}

export function expiryOf(openedAtMs: number): number {
  return openedAtMs + SESSION_LIMITS.lifetimeMs;
}
