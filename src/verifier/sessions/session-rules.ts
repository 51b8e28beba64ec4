import { mayBeAskedAgain, SESSION_LIMITS } from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { problem } from '../problems.ts';
import type { Session, SessionState } from './session.ts';

/** What can be done to a session, by its state. */
export type SessionStep = 'upload' | 'submit' | 'retry' | 'settle';

/**
 * From which states a step may be taken. Nothing leaves `erased`: what was destroyed by somebody's will isn't asked
 * about. `expired` is left by opening again, and an error that may pass by submitting again.
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

/** Whether the question may be asked once more: its newest decision is this revision, and an error that may pass. */
export function isAskable({ state, decision }: Pick<Session, 'state' | 'decision'>, revision: number): boolean {
  return (
    state === 'decided' && decision !== null && decision.body.revision === revision && mayBeAskedAgain(decision.body)
  );
}

/**
 * Until when it can be submitted: `SESSION_LIMITS.lifetimeMs` after it was opened, milliseconds since the Unix epoch.
 */
export function expiryOf(openedAtMs: number): number {
  return openedAtMs + SESSION_LIMITS.lifetimeMs;
}

/** What has arrived of a session that isn't submitted goes then. */
export function uploadEndOf(openedAtMs: number): number {
  return openedAtMs + SESSION_LIMITS.uploadLifetimeMs;
}
