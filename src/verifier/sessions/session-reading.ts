import type { Clock } from '../../shared/clock.ts';
import { SESSION_LIMITS, type SessionAnswer } from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Device } from '../device-registry.ts';
import { problem } from '../problems.ts';
import type { ArtifactStore } from './artifact-store.ts';
import type { CheckDirectory } from './check-directory.ts';
import type { DecisionBell } from './decision-bell.ts';
import type { RandomBytes } from './envelope.ts';
import type { IdentityOpener } from './sealing-key.ts';
import { answerOf } from './session-answers.ts';
import type { SessionKeys } from './session-keys.ts';
import type { RenewSession } from './session-renewal.ts';
import type { SessionStore } from './session-store.ts';
import type { SessionTerms } from './session-worker.ts';
import type { Session } from './session.ts';

export interface SessionDeskParts {
  readonly store: SessionStore;
  /** Lets one that has expired begin anew. */
  readonly renew: RenewSession;
  readonly artifacts: ArtifactStore;
  readonly checks: CheckDirectory;
  readonly keys: SessionKeys;
  readonly opener: IdentityOpener;
  readonly bell: DecisionBell;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly terms: () => Promise<SessionTerms>;
  /** Has what was submitted looked at, at once. */
  readonly kick: () => void;
}

/** Where another process decides, its decision is seen this long after it at the latest. */
const LOOK_MS = 500;

/** The session as it is, or as soon as it is decided. */
export async function readSession(
  parts: SessionDeskParts,
  device: Pick<Device, 'deviceId'>,
  sessionId: string,
  wait?: Waiting,
): Promise<Result<SessionAnswer, Problem>> {
  const untilMs = parts.clock.monotonicMs() + Math.min(wait?.waitMs ?? 0, SESSION_LIMITS.waitSeconds * 1_000);
  for (;;) {
    // Listening begins before looking, so that a decision in between isn't missed.
    const leftMs = untilMs - parts.clock.monotonicMs();
    const stop = new AbortController();
    const signal = wait?.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, wait.signal]);
    const heard = parts.bell.heard(sessionId, Math.max(0, Math.min(leftMs, LOOK_MS)), signal);
    const found = await findSession(parts, device, sessionId);
    const over = !found.ok || found.value.state !== 'submitted' || leftMs <= 0 || wait?.signal?.aborted === true;
    if (over) stop.abort();
    await heard;
    if (over) return found.ok ? ok(await answerOf(parts, found.value)) : found;
  }
}

export interface Waiting {
  readonly waitMs: number;
  readonly signal?: AbortSignal;
}

/** A session of this device. */
export async function findSession(
  parts: SessionDeskParts,
  device: Pick<Device, 'deviceId'>,
  sessionId: string,
): Promise<Result<Session, Problem>> {
  const session = await parts.store.find(sessionId);
  return session?.deviceId === device.deviceId ? ok(session) : err(problem('not_found'));
}
