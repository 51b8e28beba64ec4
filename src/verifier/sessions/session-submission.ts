import { SESSION_LIMITS, type SessionAnswer, type SubmitRequest } from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Device } from '../device-registry.ts';
import { problem } from '../problems.ts';
import { keepIdentity } from './identity-vault.ts';
import { identityProblem, needsIdentity } from './materials.ts';
import { answerOf } from './session-answers.ts';
import { unwrapKeys } from './session-keys.ts';
import { findSession, readSession, type SessionDeskParts } from './session-reading.ts';
import { isAskable, stepProblem } from './session-rules.ts';
import type { Session } from './session.ts';

/** Submits an open session, or one whose decision is an error that may pass once more. */
export async function submitSession(
  parts: SessionDeskParts,
  device: Pick<Device, 'deviceId'>,
  sessionId: string,
  submitted: SubmitRequest,
  trace: string | null,
): Promise<Result<SessionAnswer, Problem>> {
  const found = await findSession(parts, device, sessionId);
  if (!found.ok) return found;
  const session = found.value;
  const again = submitted.askAgainAfter ?? null;
  const isAskedAgain = again !== null && isAskable(session, again);
  // It is submitted once; whoever submits it again gets what became of it.
  if (session.submittedAtMs !== null && !isAskedAgain) return ok(await answerOf(parts, session));
  const nowMs = parts.clock.wallMs();
  const refused = isAskedAgain ? null : stepProblem(session, 'submit', nowMs);
  if (refused !== null) return err(refused);
  const uploads = await parts.artifacts.uploads(session.request);
  const waiting = uploads.find(({ objectKey }) => objectKey === null);
  if (waiting !== undefined) return err(problem('artifacts_missing', { detail: waiting.artifact.name }));
  const identity = await identityOf(parts, session, submitted);
  if (!identity.ok) return identity;
  const taken = await parts.store.submit(sessionId, {
    identity: identity.value,
    local: submitted.local,
    trace,
    again: isAskedAgain ? again : null,
    atMs: nowMs,
    eraseAfterMs: nowMs + SESSION_LIMITS.uploadLifetimeMs,
  });
  parts.kick();
  // Not taken: another request has submitted it in between, or it was erased.
  if (!taken) return readSession(parts, device, sessionId);
  return ok(await answerOf(parts, { ...session, state: 'submitted', submittedAtMs: nowMs }, uploads));
}

/** The identity as it is kept, once it has everything that the check needs. */
async function identityOf(
  parts: SessionDeskParts,
  { request, secrets }: Session,
  submitted: SubmitRequest,
): Promise<Result<Buffer | null, Problem>> {
  const keys = unwrapKeys(parts.keys, request, secrets);
  if (keys === null) return err(problem('session_state', { detail: 'it is erased' }));
  if (submitted.identity === null) {
    const missing = identityProblem(request.check, null);
    return missing === null ? ok(null) : err(missing);
  }
  const identity = await parts.opener.open(submitted.identity, request.sessionId);
  if (identity === null) return err(problem('identity_unreadable'));
  const missing = identityProblem(request.check, identity);
  if (missing !== null) return err(missing);
  // What the check doesn't need isn't kept.
  const kept = needsIdentity(request.check) ? identity : null;
  return ok(keepIdentity(request, keys.identity, kept, parts.randomBytes));
}
